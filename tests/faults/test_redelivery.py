"""A task is given out again when its child or its worker died, or took too long: one effect."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import psycopg
import pytest
from django.utils import timezone

from region.monitoring.actions import publish_figures
from region.monitoring.models import Figure, Publication
from tests.faults.conftest import Office
from tests.faults.crew import Crew
from tests.faults.site import Site, own_broker, waiting
from tests.waiting import until

REFRESH = "region.monitoring.tasks.refresh"


@pytest.fixture(scope="module")
def crew(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crew]:
    """Two children, and a broker that gives a task away after a second."""
    folder = tmp_path_factory.mktemp("crew")
    server = own_broker(folder / "broker")
    database = site.environment["DATABASE_URL"]
    own = Site(folder, database_url=database, broker_url=server.url, VISIBILITY_SECONDS="1")
    try:
        yield Crew(own, children=2)
    finally:
        own.stop()
        server.stop()


@contextmanager
def nobody_may_publish(office: Office) -> Iterator[None]:
    """A lock for which whoever publishes the tenant's figures waits."""
    with psycopg.connect(office.site.environment["DATABASE_URL"]) as connection:
        connection.execute(
            "SELECT 1 FROM monitoring_publication WHERE tenant_id = %s FOR UPDATE",
            [office.tenant.id],
        )
        yield


@pytest.fixture
def revision(office: Office) -> int:
    """What was published last; the figures themselves are gone."""
    publish_figures(office.tenant, as_of=timezone.localdate())
    Figure.objects.using("owner").filter(tenant_id=office.tenant.id).delete()
    return Publication.objects.get(tenant=office.tenant.id).revision


def published_once(office: Office, revision: int) -> bool:
    now = Publication.objects.get(tenant=office.tenant.id).revision
    assert now <= revision + 1
    return now == revision + 1


@pytest.mark.parametrize("victim", ["child", "worker"])
def test_whoever_dies_over_a_task_it_runs_again(
    office: Office, crew: Crew, revision: int, victim: str
) -> None:
    with nobody_may_publish(office):
        crew.tell(REFRESH, str(office.tenant.id))
        until(lambda: waiting("celery") >= 1)
        if victim == "worker":
            crew.kill()
        else:
            for child in psutil.Process(crew.process.pid).children():
                os.kill(child.pid, signal.SIGKILL)
    until(lambda: published_once(office, revision))


def test_a_task_given_out_again_while_it_runs_has_one_effect(
    office: Office, crew: Crew, revision: int
) -> None:
    with nobody_may_publish(office):
        crew.tell(REFRESH, str(office.tenant.id))
        until(lambda: waiting("celery") >= 2, "nobody else was given the task")
    until(lambda: published_once(office, revision))
    crew.wait()
    assert published_once(office, revision)
