"""What becomes of agreements in force: parties leave, are renamed, have successors; they end."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from tenants.agreements.actions import ending, leaving, succession
from tenants.agreements.models import Agreement, Departure, Ending, Party, Renaming
from tenants.people.models import Organisation
from tests.factories import agreement_force as make_force
from tests.factories import agreements as make
from tests.factories import people as make_people

TODAY = timezone.localdate


def day(number: int) -> date:
    """So many days from today."""
    return TODAY() + timedelta(days=number)


def bound(
    count: int = 3, variant: str = "C", since: int = -9, who: Actor | None = None
) -> Agreement:
    """In force since some days, between so many institutions of the register."""
    agreement = make.draft(variant, who, **make.BLANKS)
    parties = [make.party(agreement, make_people.organisation(), who=who) for _ in range(count)]
    return make_force.between(agreement, parties, day(since))


def leave(party: Party, on: int = 0, who: Actor | None = None, **fields: Any) -> Departure:
    plain: dict[str, Any] = {
        "from_on": day(on),
        "reason": "Zakończono zadanie.",
        "file": make_people.pdf(),
    }
    return leaving.leave(
        by=who or make.by(), party_id=party.pk, key=fields.pop("key", uuid7()), **plain | fields
    )


def stay(departure: Departure, who: Actor | None = None) -> Departure:
    version = Departure.objects.get(pk=departure.pk).version
    return leaving.withdraw(by=who or make.by(), departure_id=departure.pk, version=version)


def rename(party: Party, name: str, on: int = 0, who: Actor | None = None) -> Renaming:
    return succession.rename(
        by=who or make.by(),
        party_id=party.pk,
        key=uuid7(),
        name=name,
        from_on=day(on),
        basis="uchwała nr 12/2026",
        file=make_people.pdf(),
    )


def merge(
    party: Party,
    into: Organisation | None = None,
    on: int = 0,
    who: Actor | None = None,
    **said: Any,
) -> Departure:
    return succession.merge(
        by=who or make.by(),
        party_id=party.pk,
        key=uuid7(),
        from_on=day(on),
        basis="uchwała nr 13/2026",
        file=make_people.pdf(),
        values=make.said(into, **said),
    )


def end(agreement: Agreement, on: int = 0, who: Actor | None = None) -> Ending:
    return ending.end(
        by=who or make.by(),
        agreement_id=agreement.pk,
        key=uuid7(),
        from_on=day(on),
        reason="Strony tak postanowiły.",
        file=make_people.pdf(),
    )


def go_on(one: Ending, who: Actor | None = None) -> Ending:
    version = Ending.objects.get(pk=one.pk).version
    return ending.withdraw(by=who or make.by(), ending_id=one.pk, version=version)
