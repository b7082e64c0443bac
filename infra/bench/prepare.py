"""Makes the region of a run, in its own processes: `found N`, `open SHARE OF`, `fill`.

Every tenant gets the same two years of history and, for its own partner, a session; the region
gets two years of figures and a coordinator.
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import django
from psycopg import sql

VOIVODESHIP = "14"
TERC = Path(__file__).parent / "data" / "terc_mazowieckie.csv"
MONTHS = 24
# What a page of a tenant shows; its journal and its outbox are its own.
COPIED_APPS = ("people", "partnership", "regulation", "accession", "data_protection", "documents")

_FIGURES = """
INSERT INTO monitoring_figure (id, tenant_id, indicator, period_on, dimension, value, computed_at)
SELECT gen_random_uuid(), tenant.id, %(indicator)s,
    (date_trunc('month', now()) - month * interval '1 month')::date, dimension,
    (hashtext(tenant.schema_name || dimension) & 1) + (%(months)s - month) / 12, now()
FROM registry_tenant tenant, generate_series(0, %(months)s - 1) month,
    unnest(%(dimensions)s::text[]) dimension
"""
_TOTALS = """
INSERT INTO monitoring_figure (id, tenant_id, indicator, period_on, dimension, value, computed_at)
SELECT gen_random_uuid(), tenant_id, indicator, period_on, %(total)s, sum(value), now()
FROM monitoring_figure GROUP BY tenant_id, indicator, period_on
"""
_PUBLICATIONS = """
INSERT INTO monitoring_publication
    (id, tenant_id, revision, period_on, changed_at, computed_at, catalogue)
SELECT gen_random_uuid(), id, row_number() OVER (ORDER BY schema_name),
    date_trunc('month', now())::date, now(), now(), %(catalogue)s
FROM registry_tenant
"""
# Every unit is late with something, so that the first page has as much to say as it can.
_KEY_DAYS = """
INSERT INTO monitoring_publishedday (id, tenant_id, code, day)
SELECT gen_random_uuid(), id, code, current_date - 400
FROM registry_tenant, unnest(%(codes)s::text[]) code
"""


def main() -> None:
    django.setup()
    task, *numbers = sys.argv[1:]
    {"found": found, "open": open_share, "fill": fill}[task](*map(int, numbers))


def found(size: int) -> None:
    """The region, its register and as many wishes for tenants as were asked for."""
    from django.core.management import call_command

    from kooperacja.audit.actor import named
    from tenants.registry import founding, teryt
    from tenants.schemas import actions as opening
    from tenants.schemas import provisioning

    call_command("collectstatic", interactive=False, verbosity=0)
    provisioning.migrate_shared()
    founding.found_region(
        by=named("bench"),
        code=VOIVODESHIP,
        rops_name="ROPS",
        coordinator_name="Bench",
        coordinator_email="bench@example.pl",
    )
    teryt.import_terc(TERC, voivodeship=VOIVODESHIP)
    codes = teryt.candidates(VOIVODESHIP).order_by("-level", "code").values_list("code", flat=True)
    opening.open_many(by=named("bench"), codes=list(codes[:size]))


def open_share(number: int, of: int) -> None:
    from tenants.registry.models import Tenant
    from tenants.schemas import actions

    for tenant in Tenant.objects.order_by("unit__code")[number::of]:
        assert actions.finish_opening(tenant), tenant


def fill() -> None:
    from django.utils import timezone

    from kooperacja.tenancy.context import inside
    from tenants.demo import history
    from tenants.demo.places import Place
    from tenants.registry.models import Tenant
    from tenants.schemas import provisioning

    tenants = list(Tenant.objects.select_related("unit"))
    first, *others = (tenant.ref for tenant in tenants)
    place = Place(first.code, months=26, members=14, resigned=1, waiting=2, drafts=1)
    with inside(first):
        history.fill(place, name=first.name, today=timezone.localdate(), paper=history.scan())
    _sign_in_partner(tenants[0])
    (Path(os.environ["VAR_DIR"]) / "first-schema").write_text(first.schema)
    with provisioning.owner() as owner:
        owner.execute("SET session_replication_role = replica")  # keys were checked in the first
        for other in others:
            _copy(owner, first.schema, other.schema)
            owner.commit()
        _publish(owner)
    _let_partners_in(first, others)
    _sign_in_coordinator()
    with provisioning.owner() as owner:
        owner.autocommit = True
        owner.execute("VACUUM (ANALYZE)")


def _copy(owner: Any, source: str, target: str) -> None:
    from django.apps import apps

    for label in COPIED_APPS:
        for model in apps.get_app_config(label).get_models():
            table = sql.Identifier(model._meta.db_table)
            here, there = sql.Identifier(source), sql.Identifier(target)
            owner.execute(sql.SQL("DELETE FROM {}.{}").format(there, table))
            insert = sql.SQL("INSERT INTO {}.{} SELECT * FROM {}.{}")
            owner.execute(insert.format(there, table, here, table))


def _publish(owner: Any) -> None:
    from kooperacja.indicators import TOTAL
    from region.monitoring import catalogue

    for indicator in catalogue.indicators():
        dimensions = list(indicator.labels)
        values = {"indicator": indicator.code, "months": MONTHS, "dimensions": dimensions}
        owner.execute(_FIGURES, values)
    owner.execute(_TOTALS, {"total": TOTAL})
    owner.execute(_PUBLICATIONS, {"catalogue": catalogue.digest()})
    codes = [key_day.code for key_day in catalogue.key_days() if key_day.code != "DISSOLVED"]
    owner.execute(_KEY_DAYS, {"codes": codes})


def _sign_in_partner(tenant: Any) -> None:
    """The person whom the other tenants get as a copy, each with an account of its own."""
    from kooperacja.accounts.models import Account
    from tenants.demo import build
    from tenants.registry.models import Access
    from tenants.registry.roles import Role

    account = Account.objects.create_user(email=_email(tenant), full_name="Partner")
    known = build.in_tenant(tenant, account, Role.PARTNER_COORDINATOR)
    role = Role.PARTNER_COORDINATOR
    Access.objects.create(account=account, tenant=tenant, role=role, granted_by="bench", **known)


def _let_partners_in(first: Any, others: list[Any]) -> None:
    """An account, an access and a session for each tenant: cookies by the path of the tenant."""
    from kooperacja.accounts.models import Account
    from kooperacja.tenancy.context import inside
    from tenants.people.models import Person
    from tenants.registry.models import Access

    model = Account.objects.get(email=_email(first))
    access = Access.objects.get(account=model)
    cookies = {first.prefix: session_of(model)}
    for tenant in others:
        account = Account.objects.create_user(email=_email(tenant), full_name="Partner")
        with inside(tenant):
            Person.objects.filter(account_id=model.pk).update(account_id=account.pk)
        access.pk, access.account, access.tenant_id = None, account, tenant.id
        access._state.adding = True
        access.id = Access._meta.pk.get_default()
        access.save(force_insert=True)
        cookies[tenant.prefix] = session_of(account)
    _write("cookies", cookies)


def _sign_in_coordinator() -> None:
    from allauth.mfa.models import Authenticator

    from kooperacja.accounts.models import Account
    from tenants.registry.models import Access
    from tenants.registry.roles import Role

    account = Account.objects.create_user(email="rops@pokaz.example", full_name="Koordynatorka")
    Access.objects.create(account=account, role=Role.ROPS_COORDINATOR, granted_by="bench")
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
    _write("region-cookie", session_of(account))


def session_of(account: Any, *, has_proof: bool = False) -> str:
    """Sign the account in, with a second factor just shown or without."""
    from django.test import Client

    client = Client()
    client.force_login(account)
    if has_proof:
        session, at = client.session, time.time()
        session["account_authentication_methods_user"] = str(account.pk)
        session["account_authentication_methods"] = [
            {"method": "password", "at": at},
            {"method": "mfa", "type": "totp", "at": at},
        ]
        session.save()
    return client.cookies["sessionid"].value


def _email(tenant: Any) -> str:
    return f"partner-{str(tenant.id)[-12:]}@pokaz.example"


def _write(name: str, value: object) -> None:
    path = Path(os.environ["VAR_DIR"]) / f"{name}.json"
    path.write_text(json.dumps(value))


def read(name: str) -> Any:
    """Read a note that a process of this run wrote for the others."""
    return json.loads((Path(os.environ["VAR_DIR"]) / f"{name}.json").read_text())


if __name__ == "__main__":
    main()
