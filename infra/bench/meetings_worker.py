"""Holds meetings in its own process: `convene FEW MANY`, `page SEATS`, `paper ITEMS`.

"few" or "many" convenes a meeting of so many seats and answers with the seconds of the request, those of this process's work on it and those
until all its mails were sent; "page N" with N times the seconds of the page, of its SQL alone and
of this process's work; "paper N" with N times the seconds of long minutes as PDF, of the work on
them, and of short ones.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from itertools import count
from typing import Any

import django
import psycopg
from psycopg import sql

PATIENCE_SECONDS = 120.0
Answers = dict[str, Callable[..., Any]]
_days = count(1)


def main() -> None:
    django.setup()
    how, *numbers = sys.argv[1:]
    answers = {"convene": _convene, "page": _page, "paper": _paper}[how](*map(int, numbers))
    for line in sys.stdin:
        what, *times = line.split()
        print(json.dumps(answers[what](*map(int, times))), flush=True)


def _filled(place: int, seats: int) -> tuple[Any, Any, Any]:
    """A tenant whose team has so many more seats, each of somebody with an account; the browser
    and the row of its Lider. Each has one of its own; the last is that of the register."""
    from kooperacja.accounts.models import Account
    from kooperacja.tenancy.context import inside
    from tenants.people.followers import follow
    from tenants.people.models import Person
    from tenants.registry import directory
    from tests.factories.partnership import many_members

    tenant = directory.open_tenants()[-2 - place]
    with inside(tenant):
        many_members(seats)
        sent = list(Person.objects.filter(coordinates__isnull=False, account_id=None).distinct())
        accounts = [
            Account(email=f"{tenant.slug}-{n}@pokaz.example", full_name=one.full_name)
            for n, one in enumerate(sent)
        ]
        Account.objects.bulk_create(accounts)
        for one, account in zip(sent, accounts, strict=True):
            one.account_id, one.email = account.pk, account.email
        Person.objects.bulk_update(sent, ["account_id", "email"])
        follow()
        client, person = _lead(tenant)
    _analyse()
    return tenant, client, person


def _lead(tenant: Any) -> tuple[Any, Any]:
    from tenants.registry.models import Access
    from tenants.registry.roles import Role
    from tests.factories import accounts
    from tests.factories import people as make

    account = accounts.with_totp(accounts.account(f"lider-{tenant.slug}@pokaz.example"))
    person = make.person(Role.LEAD, account=account, email=account.email)
    access = accounts.access(account, tenant, Role.LEAD)
    Access.objects.filter(pk=access.pk).update(person_id=person.pk)
    client = accounts.with_fresh_factor(accounts.client_of(account))
    client.defaults["SERVER_NAME"] = "localhost"
    return client, person


def _analyse() -> None:
    from tenants.schemas import provisioning

    with provisioning.owner() as owner:
        owner.autocommit = True
        owner.execute("VACUUM (ANALYZE)")


def _convene(few: int, many: int) -> Answers:
    teams = {"few": _filled(0, few)[:2], "many": _filled(1, many)[:2]}
    return {name: partial(_convened, *of) for name, of in teams.items()}


def _convened(tenant: Any, client: Any) -> tuple[float, float, float]:
    """A meeting on a day of its own."""
    from django.utils import timezone

    from kooperacja.notifications.models import Delivery
    from kooperacja.tenancy.context import inside
    from tenants.meetings.models.invitations import SeatInvitation
    from tests.factories import meetings as make

    with inside(tenant):
        meeting = make.planned(timezone.localdate() + timedelta(days=10 + next(_days)))
        before = Delivery.objects.count()
    url = f"{tenant.prefix}/spotkania/{meeting.pk}/zwolaj/"
    client.get(url)
    began, work_before = time.perf_counter(), time.process_time()
    answer = client.post(url, {"version": str(meeting.version)})
    request, work = time.perf_counter() - began, time.process_time() - work_before
    assert answer.status_code == 302, answer.status_code
    with inside(tenant):
        invited = SeatInvitation.objects.filter(meeting=meeting).count()
        while Delivery.objects.count() - before < invited:
            assert time.perf_counter() - began < PATIENCE_SECONDS, "the invitations wait forever"
            time.sleep(0.05)
    return request, work, time.perf_counter() - began


def _page(seats: int) -> Answers:
    from kooperacja.tenancy.context import inside
    from tests.factories import meetings as make

    tenant, client, _ = _filled(2, seats)
    with inside(tenant):
        url = f"{tenant.prefix}/spotkania/{make.convened().pk}/"
    _analyse()
    queries = _queries(client, url)
    # Kept to the end of the process.
    bare = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    bare.execute(sql.SQL("SET search_path TO {}").format(sql.Identifier(tenant.schema)))

    def page(times: int) -> list[tuple[float, float, float]]:
        return [_both(client, url, bare, queries) for _ in range(times)]

    return {"page": page}


def _paper(items: int) -> Answers:
    """Draw minutes of the team that the history of the region left there."""
    from kooperacja.tenancy.context import inside

    tenant, _, person = _filled(3, 0)
    with inside(tenant):
        long, short = _minutes(items), _minutes(1)

    def paper(times: int) -> list[tuple[float, float, float]]:
        with inside(tenant):
            return [(*_drawn(long, person), _drawn(short, person)[0]) for _ in range(times)]

    def voices() -> int:
        with inside(tenant):
            return int(long.meeting.items.first().decision.voices.count())

    return {"paper": paper, "voices": voices}


def _minutes(items: int) -> Any:
    """Begin minutes of a meeting with so many items, on each of which it decided."""
    from tests.factories import meetings as make

    meeting = make.begun()
    for number in range(1, items):
        make.item(meeting, f"Punkt {number + 1}: potrzeby osób starszych")
    meeting = make.confirm(meeting, make.all_present(meeting))
    for item in meeting.items.all():
        make.decided(item)
    return make.minutes(meeting)


def _drawn(minutes: Any, person: Any) -> tuple[float, float]:
    from kooperacja.documents.drawing import FORMATS
    from tenants.meetings.papers import printed_minutes
    from tests.factories import people as make

    began, work_before = time.perf_counter(), time.process_time()
    printed_minutes(minutes, FORMATS["pdf"], by=make.by(person))
    return time.perf_counter() - began, time.process_time() - work_before


def _both(client: Any, url: str, bare: Any, queries: list[str]) -> tuple[float, float, float]:
    """Seconds of the page, of its SQL alone, and of this process's work on the page."""
    began, work_before = time.perf_counter(), time.process_time()
    answer = client.get(url)
    drawn, work = time.perf_counter(), time.process_time() - work_before
    for query in queries:
        bare.execute(query).fetchall()
    assert answer.status_code == 200
    assert b"Instytucja 0059" in answer.content
    return drawn - began, time.perf_counter() - drawn, work


def _queries(client: Any, url: str) -> list[str]:
    """The questions of the page to its tenant, with all values in place."""
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    client.get(url)
    with CaptureQueriesContext(connections["default"]) as captured:
        client.get(url)
    tables = ("meetings_", "teams_", "people_", "partnership_", "notifications_")
    return [one["sql"] for one in captured if any(table in one["sql"] for table in tables)]


if __name__ == "__main__":
    main()
