"""Lists services of units and looks for them: `SERVICES ROWS`, then a task on each line.

`rebuild` writes the directory of all units anew, `fill` adds invented rows up to so many, `search`
asks each question once, `plans` gives those that read the whole table, `publish` waits until a break
that a unit tells of is seen, `hide` until a service that a unit hides is gone, `basket` asks the questions in the basket of a unit.
"""

import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import django
from psycopg import sql

MOST = 500  # as the page does
NOW = datetime(2026, 11, 30, 10, 0)  # noqa: DTZ001 - a Monday, when most are open
QUESTIONS: tuple[dict[str, Any], ...] = (
    {},
    {"szukaj": "psycholog"},
    {"szukaj": "obiady dla starszych"},
    {"szukaj": "nie mam gdzie spać"},
    {"szukaj": "poradnia zmyslona 17"},
    {"szukaj": "klub", "dla": "SENIORS"},
    {"szukaj": "opiekunka", "koszt": "FREE", "gdzie": "OUTREACH"},
    {"teren": "1465"},
    {"dla": "HOMELESS", "jezyk": "uk"},
    {"dziedzina": "pomoc-spoleczna", "miejsca": True},
    {"teraz": True},
    {"szukaj": "zajęcia", "dzien": "2", "godzina": "17"},
    {"szukaj": "hipopotam"},  # nothing is found
    {"szukaj": "parafia przykladwice"},  # mistyped, and no word of a type
    {"szukaj": "pszchiatra"},  # mistyped
    {"szukaj": "fundacja"},  # of every eighth
)


def main() -> None:
    django.setup()
    from kooperacja.ops.settle import settle
    from tenants.services.finding import get_ready

    settle([get_ready])  # as a web server does before its first reader
    services, rows = map(int, sys.argv[1:])
    tasks: dict[str, Callable[[], Any]] = {
        "rebuild": lambda: _rebuilt(services),
        "fill": lambda: _filled(rows),
        "search": _searched,
        "plans": _scans,
        "publish": _published,
        "hide": _hidden,
        "basket": _asked_in_basket,
    }
    for line in sys.stdin:
        print(json.dumps(tasks[line.strip()]()), flush=True)


def _rebuilt(services: int) -> tuple[float, int, int]:
    """Seconds, units, and services that are listed."""
    from kooperacja.tenancy.context import inside
    from region.directory.models import ListedService
    from region.directory.rebuilding import rebuild
    from tenants.registry import directory
    from tenants.schemas import provisioning

    with provisioning.owner() as owner:
        owner.autocommit = True
        for tenant in directory.open_tenants():
            with inside(tenant):
                _basket(services)
            # As the server does by itself soon after somebody wrote so much.
            for table in ("service", "serviceentry", "card"):
                name = sql.Identifier(tenant.schema, f"baskets_{table}")
                owner.execute(sql.SQL("ANALYZE {}").format(name))
    began = time.perf_counter()
    units = rebuild(lambda done, of: None, only_left=False)
    return time.perf_counter() - began, units, ListedService.objects.count()


def _basket(count: int) -> None:
    """The Lider's services, accepted and open to all."""
    from django.utils import timezone

    from tenants.baskets.models import Card, Service, ServiceEntry

    today, invented = timezone.localdate(), _invented(count)
    card, _ = Card.objects.get_or_create(organisation=None, defaults={"begun_on": today})
    said = [{name: value for name, value in one.items() if name in _OF_ENTRY} for one in invented]
    services = [Service(card=card, name=one["name"], changed_on=today) for one in said]
    Service.objects.bulk_create(services)
    open_to_all = dict.fromkeys(("sees_service", "sees_contact", "sees_place"), "PUBLIC")
    ServiceEntry.objects.bulk_create(
        ServiceEntry(
            **one, **open_to_all, service=service, number=1, state="ACCEPTED", decided_on=today
        )
        for service, one in zip(services, said, strict=True)
    )


_OF_ENTRY = (
    *("name", "type_code", "about", "groups", "ways", "languages", "cost", "hours", "features"),
    *("places", "counted_on", "city", "phone", "access"),
)


_OWNERS = (
    *("Poradnia Zmyślona", "Fundacja Pozorna", "Stowarzyszenie Wymyślone", "Szkoła Przykładowa"),
    *("Ośrodek Niby-Wola", "Klub Na Niby", "Przychodnia Zmyślonka", "Parafia Przykładowice"),
)
_ABOUT = (
    *("Prowadzimy zajęcia i rozmowy.", "Pomagamy mieszkańcom.", "Spotykamy się co tydzień."),
    *("Odwiedzamy w domu.", "Doradzamy przez telefon.", "Działamy od lat."),
)


def _invented(count: int) -> Iterator[dict[str, Any]]:
    """Invented descriptions of services, the same in each run."""
    from django.utils import timezone

    from tenants.services.hours import Hours, Interval, kept
    from tenants.services.terms import Cost, Feature, Group, Language, Way
    from tenants.services.types import types

    draw = random.Random(count)  # noqa: S311
    today = timezone.localdate()
    week = [
        kept(Hours(((Interval.of(f"{h}:00", f"{h + 8}:00"),),) * 5 + ((), ()))) for h in (7, 10)
    ]
    groups = [one.value for one in Group if one != Group.ALL]
    for number in range(count):
        kind = draw.choice(types())
        yield {
            "name": f"{kind.name.capitalize()} {draw.randrange(100)}",
            "owner_name": f"{draw.choice(_OWNERS)} {number % 90}",
            "type_code": kind.code,
            "about": f"{kind.about} {draw.choice(_ABOUT)}",
            "access": "Zadzwoń i umów się.",
            "groups": draw.sample(groups, 3) if draw.random() < 0.8 else [Group.ALL.value],
            "ways": draw.sample(Way.values, 2),
            "languages": ["pl", *draw.sample(Language.values, 1)],
            "cost": draw.choice(Cost.values),
            "hours": draw.choice(week),
            "features": dict.fromkeys(draw.sample(Feature.values, 2), "YES"),
            "places": draw.randrange(4),
            "counted_on": today,
            "city": f"Wymyślonowo {number % 300}",
            "phone": "77 400 00 01",
        }


def _filled(rows: int) -> int:
    """Rows of other units' services, until there are so many; copied in, indexed afterwards."""
    from region.directory.models import ListedService
    from tenants.schemas import provisioning

    table = sql.Identifier(ListedService._meta.db_table)
    with provisioning.owner() as owner:
        owner.autocommit = True
        with _without_indexes(owner):
            _copied(owner, table, rows - ListedService.objects.count())
        owner.execute(sql.SQL("VACUUM (ANALYZE) {}").format(table))
    return ListedService.objects.count()


@contextmanager
def _without_indexes(owner: Any) -> Iterator[None]:
    """The indexes by which is looked are made again over all rows, which takes a tenth of the time."""
    from region.directory.models import ListedService

    names = [one.name for one in ListedService._meta.indexes]
    query = "SELECT indexdef FROM pg_indexes WHERE indexname = ANY(%s)"
    definitions = owner.execute(query, [names]).fetchall()
    for name in names:
        owner.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    yield
    for (definition,) in definitions:
        owner.execute(definition)


def _copied(owner: Any, table: sql.Identifier, count: int) -> None:
    from django.db import connections

    from region.directory.models import ListedService

    fields = ListedService._meta.concrete_fields
    names = sql.SQL(", ").join(sql.Identifier(one.column) for one in fields)
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(table, names)
    with owner.cursor() as cursor, cursor.copy(statement) as copy:
        for row in _rows(count):
            copy.write_row(
                [
                    one.get_db_prep_save(getattr(row, one.attname), connections["shared"])
                    for one in fields
                ]
            )


def _rows(count: int) -> Iterator[Any]:
    from django.utils import timezone
    from uuid6 import uuid7

    from region.directory.columns import columns_of
    from region.directory.models import ListedService
    from tenants.registry.models import Tenant, Unit
    from tenants.services.listed import ListedFacts

    tenants, now = list(Tenant.objects.values_list("pk", flat=True)), timezone.now()
    units = Unit.objects.filter(level="MUNICIPALITY").order_by("code")
    codes = list(units.values_list("code", flat=True))
    several = ("groups", "ways", "languages")
    for number, one in enumerate(_invented(count)):
        facts = ListedFacts(**{**one, **{name: tuple(one[name]) for name in several}})
        yield ListedService(
            id=uuid7(),
            tenant_id=tenants[number % len(tenants)],
            revision=1,
            content_changed_at=now,
            **columns_of(facts, codes[number % len(codes)]),
        )


def _searched() -> dict[str, float]:
    """Seconds of each question: the words, the ids of all that are found, the first page, the counts."""
    from region.directory.counting import counts
    from region.directory.finding import Found, Wanted
    from region.directory.models import ListedService

    times: dict[str, float] = {}
    for question in QUESTIONS:
        began = time.perf_counter()
        wanted = Wanted(**question)
        found = Found(ListedService.objects.all(), wanted, NOW, MOST)
        assert len(found[:25]) == min(len(found), 25)
        if 0 < len(found) < MOST:
            counts(found, wanted)
        times[json.dumps(question, ensure_ascii=False)] = time.perf_counter() - began
    return times


def _scans() -> list[str]:
    """Questions of which some part reads the whole table."""
    from region.directory.finding import Ranks, Wanted, keys_of
    from region.directory.models import ListedService

    scans = []
    for question in QUESTIONS:
        rows, ranks = ListedService.objects.all(), Ranks.of(Wanted(**question), NOW)
        parts = [keys_of(rows, part)[:MOST] for part in ranks.all]
        plans = [part.explain() for part in parts if not part.query.is_empty()]
        if any("Seq Scan on directory_" in plan for plan in plans):
            scans.append(json.dumps(question, ensure_ascii=False))
    return scans


def _published() -> float:
    """Seconds from a break that a unit tells of until the region reads it."""
    from django.db import transaction
    from django.utils import timezone

    from kooperacja.tenancy.context import inside
    from region.directory.models import ListedService
    from tenants.baskets.models import Service
    from tenants.people.followers import follow
    from tenants.registry import directory

    day = timezone.localdate()
    with inside(next(iter(directory.open_tenants()))):
        one = Service.objects.filter(stopped_from=None).order_by("pk")[0]
        with transaction.atomic():
            Service.objects.filter(pk=one.pk).update(stopped_from=day, stopped_why="Pomiar")
            follow(Service)
    return _seconds_until(ListedService.objects.filter(pk=one.pk, stopped_from=day).exists)


def _hidden() -> float:
    """Seconds from a stricter level that a unit tells of until the region shows the service no more."""
    from django.db import transaction

    from kooperacja.tenancy.context import inside
    from region.directory.models import ListedService
    from tenants.baskets.actions.entries import hide_at_once
    from tenants.baskets.models import ServiceEntry
    from tenants.people.followers import follow
    from tenants.registry import directory
    from tenants.services.visibility import Visibility

    with inside(next(iter(directory.open_tenants()))):
        shown = ServiceEntry.objects.filter(sees_service=Visibility.PUBLIC)
        one = shown.select_related("service").order_by("-pk")[0]
        filed = ServiceEntry(service=one.service, sees_service=Visibility.OFFICE)
        with transaction.atomic():
            hide_at_once(one.service, filed)
            follow(ServiceEntry)
    gone = ListedService.objects.filter(pk=one.service_id, withdrawn_at__isnull=False)
    return _seconds_until(gone.exists)


def _seconds_until(is_so: Callable[[], bool]) -> float:
    began = time.perf_counter()
    while not is_so():
        assert time.perf_counter() - began < 60
        time.sleep(0.01)
    return time.perf_counter() - began


def _asked_in_basket() -> dict[str, float]:
    """Seconds of each question in the basket of one unit."""
    from kooperacja.tenancy.context import inside
    from tenants.baskets.basket import Wanted, chosen, seen_by
    from tenants.registry import directory
    from tenants.services.visibility import Visibility

    times: dict[str, float] = {}
    with inside(next(iter(directory.open_tenants()))):
        for question in QUESTIONS:
            if "teren" in question:
                continue  # it has no other
            began = time.perf_counter()
            seen = list(seen_by(lambda card: Visibility.OFFICE, NOW.date()))
            chosen(seen, Wanted(**question), NOW)
            times[json.dumps(question, ensure_ascii=False)] = time.perf_counter() - began
    return times


if __name__ == "__main__":
    main()
