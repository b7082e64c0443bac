"""Whoever asks in everyday Polish finds the service that they mean among the first of the region's (REG §3.4)."""

from datetime import datetime

from django.utils import timezone
from uuid6 import uuid7

from kooperacja.tenancy.ref import TenantRef
from region.directory.columns import columns_of
from region.directory.finding import Found, Wanted
from region.directory.models import ListedService
from tenants.services.listed import ListedFacts
from tenants.services.types import types
from tests.tenants.services.asked import ASKED, HELD_OUT

FIRST, LEAST = 5, 0.95
NOW = datetime(2026, 11, 30, 10, 0)


def _list_some_of_each_type(unit: TenantRef) -> None:
    """Some are called as their institution calls them, the others as their type is."""
    now = timezone.now()
    rows = []
    for number, one in enumerate(several for several in types() for _ in range(4)):
        facts = ListedFacts(
            name=f"Program „Dobry Dzień {number}”" if number % 2 else one.name.capitalize(),
            type_code=one.code,
            about=one.about if number % 3 else "Pomagamy mieszkańcom.",
            owner_name=f"Instytucja Zmyślona {number}",
            access="Zadzwoń i umów się.",
        )
        columns = columns_of(facts, unit.code)
        common = {"tenant_id": unit.id, "revision": 1, "content_changed_at": now}
        rows.append(ListedService(id=uuid7(), **common, **columns))
    ListedService.objects.bulk_create(rows)


def test_what_people_ask_for_is_among_the_first_services(gmina: TenantRef) -> None:
    """Though there are several of each type: the first ones are not all of the likeliest alone."""
    _list_some_of_each_type(gmina)
    asked = {**ASKED, **HELD_OUT}
    rows = ListedService.objects.all()
    answers = {
        phrase: [one.type_code for one in Found(rows, Wanted(szukaj=phrase), NOW, FIRST)]
        for phrase in asked
    }
    missed = {
        phrase: answers[phrase]
        for phrase, meant in asked.items()
        if not set(meant.split()) & set(answers[phrase])
    }
    recall = 1 - len(missed) / len(asked)
    print(f"\n{len(asked)} phrases, recall in the first {FIRST}: {recall:.3f}; missed: {missed}")  # noqa: T201 - to be compared
    assert [phrase for phrase, answer in answers.items() if not answer] == []
    assert recall >= LEAST, missed
