"""A web process told to stop finishes what it has begun."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest
from django.db import transaction

from kooperacja.tenancy.context import inside
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.partnership.models import Membership
from tenants.registry.roles import Role
from tests.faults.browser import Browser
from tests.faults.conftest import Office, accept
from tests.faults.site import Site, waiting
from tests.waiting import until


@pytest.fixture
def second(office: Office) -> Iterator[Site]:
    """Another web process of the same site, which a test may end."""
    environment = office.site.environment
    folder = office.site.var / "second"
    folder.mkdir(exist_ok=True)
    site = Site(
        folder, database_url=environment["DATABASE_URL"], broker_url=environment["BROKER_URL"]
    )
    yield site
    site.stop()


def _listens(pid: int) -> bool:
    return any(one.status == psutil.CONN_LISTEN for one in psutil.Process(pid).net_connections())


def test_a_request_under_way_is_finished_and_nothing_new_is_begun(
    office: Office, second: Site
) -> None:
    web = second.web()
    lead = Browser(second.port, **office.person(Role.LEAD)[0].cookies)
    declaration = office.filed()
    with inside(office.tenant), ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            AccessionDeclaration.objects.select_for_update().get(pk=declaration.pk)
            sent = pool.submit(accept, lead, declaration)
            until(lambda: waiting("gunicorn"))
            web.terminate()
            until(lambda: not _listens(web.pid), what="it still takes requests")
            assert not sent.done()
        assert sent.result(120).status == 302
        assert web.wait(120) == 0
        assert Membership.objects.filter(declaration=declaration).count() == 1
