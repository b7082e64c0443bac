"""PostgreSQL is stopped, crashes or freezes under a serving process, and comes back."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import Any

import psutil
import psycopg
import pytest
from django.conf import settings
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.tenancy.context import inside
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.partnership.models import Membership
from tenants.people.models import Organisation
from tenants.registry.roles import Role
from tests.faults.browser import Answer, Browser
from tests.faults.conftest import HOME, PARTNERSHIP, Office, accept
from tests.faults.site import Faulty, Site
from tests.waiting import until

GONE = "Chwilowo nie mamy połączenia z bazą danych"
NEW = PARTNERSHIP + "instytucje/nowa/"


@pytest.fixture
def lead(exposed: Office) -> Browser:
    browser, _ = exposed.person(Role.LEAD)
    assert browser.get(HOME).status == 200
    return browser


def says_so(answer: Answer) -> bool:
    assert (answer.status, answer.headers["Retry-After"]) == (503, "15"), answer.text
    assert f"<h1>{GONE}</h1>" in answer.text
    return "Nic nie zostało zapisane" in answer.text


def parts(browser: Browser) -> tuple[int, dict[str, str]]:
    answer = browser.get("/health/ready")
    passwords = [database["PASSWORD"] for database in settings.DATABASES.values()]
    assert not any(password in answer.text for password in passwords)
    return answer.status, json.loads(answer.text)["parts"]


@pytest.mark.parametrize("how", [Faulty.stop, Faulty.crash])
def test_a_page_says_so_and_the_same_process_serves_again(
    exposed: Office, postgres: Faulty, lead: Browser, how: Callable[[Faulty], None]
) -> None:
    (process,) = psutil.Process(exposed.site.children[0].pid).children()
    with postgres.gone(how):
        for path in (HOME, PARTNERSHIP + "czlonkowie/", "/konto/"):
            assert says_so(lead.get(path))
        told = exposed.site.stranger.get("/api/v1/units/", Authorization="Bearer koop_x")
        assert (told.status, json.loads(told.text)["title"]) == (503, GONE)
        assert exposed.site.stranger.get("/health/live").status == 200
        status, states = parts(exposed.site.stranger)
        assert (status, states["shared_plane"], states["tenant_plane"]) == (503, "down", "down")
        assert states["broker"] == "ok"
    until(lambda: parts(exposed.site.stranger)[0] == 200)
    assert lead.get(HOME).status == 200
    assert process.is_running()


def test_a_form_sent_into_the_outage_is_not_half_saved(
    exposed: Office, postgres: Faulty, lead: Browser
) -> None:
    declaration = exposed.filed()
    files = exposed.files()
    with postgres.gone(Faulty.crash):
        assert says_so(accept(lead, declaration))
        headers = {"HX-Request": "true"}
        assert GONE in lead.post(NEW, {"name": "Szkoła"}, **headers).text
    with inside(exposed.tenant):
        assert AccessionDeclaration.objects.get(pk=declaration.pk).state == "FILED"
        assert not Membership.objects.filter(declaration=declaration).exists()
    assert exposed.files() == files
    assert accept(lead, declaration).status == 302


def _is_at_its_commit(watcher: psycopg.Connection[Any]) -> bool:
    found = watcher.execute(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
        " AND query = 'COMMIT' AND wait_event_type = 'Lock'"
    )
    return found.fetchone() is not None


def test_a_form_lost_at_its_commit_is_not_said_to_be_unsaved(
    exposed: Office, postgres: Faulty, lead: Browser
) -> None:
    key = uuid7()
    data = {"key": key, "name": "Szkoła", "sector": "EDUCATION", "city": "Gogolin"}
    # Entries of one tenant are sealed one after another, at the end of their transactions.
    seal = f"SELECT FROM {exposed.tenant.schema}.audit_chain FOR UPDATE"
    with (
        ThreadPoolExecutor(1) as pool,
        closing(
            psycopg.connect(exposed.site.environment["DATABASE_URL"], autocommit=True)
        ) as another,
        closing(psycopg.connect(exposed.site.environment["DATABASE_URL"])) as holder,
    ):
        holder.execute(seal)
        sent = pool.submit(lead.post, NEW, data)
        until(lambda: _is_at_its_commit(another))
        with postgres.gone(Faulty.crash):
            answer = sent.result()
    assert (answer.status, GONE in answer.text) == (503, True)
    assert "mogła się zapisać" in answer.text
    assert "Nic nie zostało zapisane" not in answer.text
    assert lead.post(NEW, data).status == 302
    with inside(exposed.tenant):
        assert Organisation.objects.filter(pk=key).count() == 1


def test_no_write_that_was_acknowledged_is_lost_and_none_is_half(
    exposed: Office, postgres: Faulty, lead: Browser
) -> None:
    told: dict[Any, int] = {}
    enough = Event()

    def write() -> None:
        while not enough.is_set():
            key = uuid7()  # in the name too, so that no institution is like another
            data = {"key": key, "name": f"Szkoła {key}", "sector": "EDUCATION", "city": "Gogolin"}
            told[key] = lead.post(NEW, data).status

    def saved() -> int:
        return list(told.values()).count(302)

    with ThreadPoolExecutor(2) as pool:
        writers = [pool.submit(write) for _ in range(2)]
        try:
            until(lambda: saved() >= 5)
            with postgres.gone(Faulty.crash):
                until(lambda: 503 in told.values())
            before = saved()
            until(lambda: saved() >= before + 5)
        finally:
            enough.set()
        assert [writer.result() for writer in writers] == [None, None]
    assert set(told.values()) == {302, 503}
    with inside(exposed.tenant):
        there = set(Organisation.objects.filter(pk__in=told).values_list("pk", flat=True))
        noted = Entry.objects.filter(verb="ORGANISATION_ADDED", object_id__in=told)
        assert Counter(noted.values_list("object_id", flat=True)) == Counter(there)
    assert {key for key, status in told.items() if status == 302} <= there


@pytest.fixture
def second(exposed: Office, postgres: Faulty, tmp_path: Path) -> Iterator[Site]:
    """Another web process over the same database, not started yet."""
    environment = exposed.site.environment
    site = Site(
        tmp_path, database_url=environment["DATABASE_URL"], broker_url=environment["BROKER_URL"]
    )
    yield site
    site.stop()


def test_started_without_postgres_it_lives_and_is_ready_later(
    second: Site, postgres: Faulty
) -> None:
    with postgres.gone(Faulty.stop):
        second.web()
        assert second.stranger.get("/health/live").status == 200
        status, states = parts(second.stranger)
        assert (status, states["migrations"]) == (503, "down")
        assert says_so(second.stranger.get(HOME))
    until(lambda: parts(second.stranger)[0] == 200)
    assert second.stranger.get(HOME).status == 302


def test_a_server_that_takes_connections_and_is_silent_is_given_up(
    exposed: Office, lead: Browser, postgres: Faulty
) -> None:
    web = psutil.Process(exposed.site.children[0].pid)
    (former,) = web.children()
    former.terminate()
    until(lambda: [one.pid for one in web.children() if one != former])
    with postgres.frozen():
        assert says_so(lead.get(HOME))
        assert exposed.site.stranger.get("/health/live").status == 200
    assert lead.get(HOME).status == 200
