"""Lists services of units and looks for them: `SERVICES ROWS`, then a task on each line.

`rebuild` writes the directory of all units anew, `fill` adds invented rows up to so many, `search`
asks each question once, `plans` gives those that read the whole table.
"""

import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import django

MOST = 500  # as the page does
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
    {"szukaj": "hipopotam"},
)


def main() -> None:
    django.setup()
    services, rows = map(int, sys.argv[1:])
    tasks: dict[str, Callable[[], Any]] = {
        "rebuild": lambda: _rebuilt(services),
        "fill": lambda: _filled(rows),
        "search": _searched,
        "plans": _scans,
    }
    for line in sys.stdin:
        print(json.dumps(tasks[line.strip()]()), flush=True)


def _rebuilt(services: int) -> tuple[float, int, int]:
    """Seconds, units, and services that are listed."""
    from kooperacja.tenancy.context import inside
    from region.directory.models import ListedService
    from region.directory.rebuilding import rebuild
    from tenants.registry import directory

    for tenant in directory.open_tenants():
        with inside(tenant):
            _basket(services)
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
    """What may be said of services, the same in each run."""
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
    """Rows of other units' services, until there are so many."""
    from django.utils import timezone
    from uuid6 import uuid7

    from region.directory.columns import columns_of
    from region.directory.models import ListedService
    from region.revisions import PUBLISH
    from tenants.registry.models import Tenant, Unit
    from tenants.schemas import provisioning
    from tenants.services.listed import ListedFacts

    tenants, now = list(Tenant.objects.values_list("pk", flat=True)), timezone.now()
    codes = list(
        Unit.objects.filter(level="MUNICIPALITY").order_by("code").values_list("code", flat=True)
    )
    missing = rows - ListedService.objects.count()
    listed = ListedService.objects.using(PUBLISH)
    several = ("groups", "ways", "languages")
    batch: list[ListedService] = []
    for number, one in enumerate(_invented(missing)):
        facts = ListedFacts(**{**one, **{name: tuple(one[name]) for name in several}})
        columns = columns_of(facts, codes[number % len(codes)])
        tenant = tenants[number % len(tenants)]
        row = ListedService(tenant_id=tenant, revision=1, content_changed_at=now, **columns)
        row.id = uuid7()
        batch.append(row)
    listed.bulk_create(batch, batch_size=1000)
    with provisioning.owner() as owner:
        owner.autocommit = True
        owner.execute("VACUUM (ANALYZE) directory_listedservice")
    return ListedService.objects.count()


def _asked() -> Iterator[tuple[str, Any]]:
    from django.utils import timezone

    from kooperacja.ui.polish import localtime
    from region.directory.finding import Wanted, services_for
    from region.directory.models import ListedService

    for question in QUESTIONS:
        rows = services_for(
            ListedService.objects.all(), Wanted(**question), localtime(timezone.now())
        )
        yield json.dumps(question, ensure_ascii=False), rows


def _searched() -> dict[str, float]:
    """Seconds of each question: the words, the count and the first page."""
    times: dict[str, float] = {}
    began = time.perf_counter()
    for question, rows in _asked():
        shown = rows.select_related("tenant__unit")[:MOST]
        shown.count()
        list(shown[:25])
        times[question] = time.perf_counter() - began
        began = time.perf_counter()
    return times


def _scans() -> list[str]:
    """Questions with words or a place whose first page reads the whole table."""
    narrow = {"szukaj", "teren", "dla"}
    plans = {
        question: rows[:25].explain()
        for question, rows in _asked()
        if narrow & set(json.loads(question))
    }
    return [question for question, plan in plans.items() if "Seq Scan on directory_" in plan]


if __name__ == "__main__":
    main()
