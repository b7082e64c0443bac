import subprocess
import sys
from datetime import date
from wsgiref.simple_server import WSGIRequestHandler, make_server

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from kooperacja.wsgi import application
from region.monitoring.models import Figure
from tenants.registry import teryt
from tests.factories import registry as make


class Quiet(WSGIRequestHandler):
    def log_message(self, *a):
        pass


def test_look(coordinator, gmina, powiat, city, publish):
    settings.ALLOWED_HOSTS = ["*"]
    settings.DEBUG = True
    teryt.import_terc(make.OWN_FILE, voivodeship="16")
    publish(gmina, {"NGO": 3, "HEALTH": 2, "SOCIAL": 4}, months=20)
    publish(powiat, {"NGO": 14, "EDUCATION": 5, "SAFETY": 1})
    publish(city, {"NGO": 4, "HEALTH": 2}, as_of=date(2026, 8, 30))
    for i, f in enumerate(Figure.objects.filter(dimension="")):
        Figure.objects.filter(pk=f.pk).exclude(period_on=date(2026, 9, 1)).update(
            value=max(1, f.value - i % 4)
        )
    import time
    from django.db import connections
    from region.monitoring.models import Publication
    from region.monitoring import catalogue
    from region.monitoring.rules import months_up_to
    from tests.region.panel.test_panel_map import _many_units
    from tenants.registry.models import Tenant
    from django.db import transaction
    from django.utils import timezone
    def timed(path, n=12):
        coordinator.get(path); out=[]
        for _ in range(n):
            t=time.perf_counter(); r=coordinator.get(path); out.append((time.perf_counter()-t)*1000)
        print("TIME", path, round(sorted(out)[n//2]), round(max(out)), len(r.content))
    for path in ("/region/","/region/tabela/","/region/tabela.csv"): timed(path)
    sid=transaction.savepoint(using="shared"); _many_units()
    months=months_up_to(date(2026,9,1),24); rows=[]
    for i,t in enumerate(Tenant.objects.filter(slug__startswith="wies")):
        Publication.objects.create(tenant=t, revision=1000+i, period_on=months[-1])
        rows += [Figure(tenant=t, indicator="KOOPERANCI_BY_SECTOR", period_on=m, dimension=d, value=i%25, computed_at=timezone.now()) for m in months for d in [*catalogue.SECTORS, ""]]
    Figure.objects.bulk_create(rows, batch_size=5000)
    connections["shared"].cursor().execute("ANALYZE monitoring_figure") if False else None
    print("FIGURES", Figure.objects.count())
    from region.panel import board, figures
    for path in ("/region/","/region/tabela/","/region/zmiany/?od=1&stan=A"): timed(path,6)
    t=time.perf_counter(); b=board.load(catalogue.KOOPERANCI_BY_SECTOR); t2=time.perf_counter(); figures.of_region(catalogue.KOOPERANCI_BY_SECTOR,b.month); print("TIME load", round((t2-t)*1000), "figures", round((time.perf_counter()-t2)*1000))
    t2=time.perf_counter(); board.pulse(); print("TIME pulse", round((time.perf_counter()-t2)*1000,1))
    transaction.savepoint_rollback(sid, using="shared")
    settings.DEBUG=True
    for s in (request_started, request_finished):
        s.disconnect(close_old_connections)
    site = StaticFilesHandler(application)

    def app(env, start):
        if env["PATH_INFO"] == "/__publish":
            publish(gmina, {"NGO": int(env["QUERY_STRING"])})
            start("204 No Content", [])
            return []
        return site(env, start)

    server = make_server("127.0.0.1", 0, app, handler_class=Quiet)
    server.timeout = 0.2
    name = settings.SESSION_COOKIE_NAME
    p = subprocess.Popen(
        [
            sys.executable,
            "/tmp/region_helper/walk.py",
            f"http://127.0.0.1:{server.server_port}",
            name,
            coordinator.cookies[name].value,
            gmina.code,
        ]
    )
    while p.poll() is None:
        server.handle_request()
