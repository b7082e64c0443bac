"""Kooperanci are reminded of the card of services that they owe (REG §3.2)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.audit.models import Entry
from kooperacja.audit.record import record
from kooperacja.notifications import reminders
from kooperacja.notifications.reminders import Due, settle_reminders
from kooperacja.ui.problems import NOTHING_DONE, Problem
from kooperacja.writes import AlreadySaved
from tenants.baskets import perms
from tenants.baskets.missing import owing
from tenants.baskets.models.cards import Card
from tenants.baskets.notifications import CardMissing
from tenants.baskets.told import office, voices_of
from tenants.baskets.workflow import SUBMITTING
from tenants.partnership.models import Membership, Partnership
from tenants.people.models import Person, RoleAssignment
from tenants.people.perms import VOICES

_EVERY = timedelta(days=14)


def with_turns(day: date) -> "QuerySet[Membership]":
    """Members who owe a card, each with whether it may be reminded of it (`may_be_reminded`).

    Somebody speaks for it (`has_voice`), it was not reminded for two weeks, and not four times yet.
    """
    voices = RoleAssignment.objects.on(day).filter(
        role__in=VOICES, organisation=OuterRef("organisation")
    )
    asked = ~reminders.over(OuterRef("pk")) & ~reminders.lately(OuterRef("pk"), day - _EVERY)
    may = ExpressionWrapper(Q(has_voice=True) & asked, BooleanField())
    return owing(day).annotate(has_voice=Exists(voices)).annotate(may_be_reminded=may)


def to_remind(day: date) -> "QuerySet[Membership]":
    """Those of them whose turn it is."""
    rows: Any = with_turns(day)
    due: QuerySet[Membership] = rows.filter(may_be_reminded=True).order_by("pk")
    return due


def late(day: date) -> list[UUID]:
    """Those of them who joined at least two weeks ago."""
    rows = to_remind(day).filter(from_on__lte=day - _EVERY)
    return list(rows.values_list("pk", flat=True))


def remind(*, membership_id: UUID, day: date) -> bool:
    """Remind one kooperant; within two weeks once, whoever asks for it."""
    return reminders.remind(membership_id, lambda: _reminder(membership_id, day))


def _reminder(membership_id: UUID, day: date) -> Due | None:
    Membership.objects.select_for_update().get(pk=membership_id)
    row = to_remind(day).filter(pk=membership_id).first()
    to = voices_of(SYSTEM, row.organisation_id) if row else []
    if row is None or not to:
        return None
    return Due(
        CardMissing(institution=row.organisation.name),
        occasion=f"card-missing:{day.isoformat()}",
        to=to,
        runs=office(SYSTEM),
    )


@transaction.atomic
def remind_all(*, by: Actor) -> int:
    """The office reminds at once all who owe a card, and hears how many; nobody is reminded twice."""
    partnership: Partnership = Partnership.objects.select_for_update().get()
    perms.review.require(Person.objects.acting(by))
    keys = list(to_remind(by.today).values_list("pk", flat=True))
    reminded = [key for key in keys if remind(membership_id=key, day=by.today)]
    if not reminded:
        if Entry.objects.filter(verb="CARDS_REMINDED", at__date=by.today).exists():
            raise AlreadySaved(partnership)
        raise _nobody_to_remind()
    record(by=by, verb="CARDS_REMINDED", obj=partnership, why=str(len(reminded)))
    return len(reminded)


def _nobody_to_remind() -> Problem:
    return Problem(
        "Nie ma komu przypomnieć",
        "Każda instytucja przekazała kartę usług, dostała przypomnienie w ostatnich dwóch tygodniach "
        "albo już cztery razy, albo nikt tu nie mówi w jej imieniu. Najlepiej zadzwonić.",
        clause=SUBMITTING,
        kept=NOTHING_DONE,
        at=Card,
    )


def settle_given(by: Actor, card: Card) -> None:
    """A card was handed in: its owner is reminded no more."""
    if card.organisation_id is not None:
        _settle(Membership.objects.on(by.today).filter(organisation=card.organisation_id))


def settle_all_given(by: Actor) -> None:
    """The same of all cards, once many services came at once."""
    owed = owing(by.today).values("pk")
    _settle(Membership.objects.on(by.today).exclude(pk__in=owed))


def _settle(rows: "QuerySet[Membership]") -> None:
    reminded = rows.annotate(times=reminders.times(OuterRef("pk"))).filter(times__isnull=False)
    for key in reminded.order_by("pk").values_list("pk", flat=True):
        settle_reminders(key)
