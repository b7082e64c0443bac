"""Gaps of the basket: what was looked for in vain, what is sought and planned (REG §5.1.h)."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.tenancy.context import writing
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move
from kooperacja.writes import AlreadySaved, StaleForm, Taken, found_or_new, insert_once
from tenants.baskets import perms
from tenants.baskets.models.gaps import Gap, GapFilling, GapRecruitment, UnfoundSearch
from tenants.baskets.models.services import ServiceEntry
from tenants.baskets.standing import entries_on
from tenants.baskets.unfound import kept_words
from tenants.baskets.workflow import GAP, LACKING, GapState
from tenants.people.actions.invitations import publish_figures
from tenants.people.models import Person
from tenants.services.terms import is_for
from tenants.services.vocabulary import vocabulary


def note_unfound(phrase: str, day: date) -> None:
    """Count a search that found nothing: its words of the month, nothing of who looked."""
    words = kept_words(phrase)
    if not words:
        return
    with writing(), transaction.atomic():
        row, _ = found_or_new(UnfoundSearch, month=day.replace(day=1), words=words)
        UnfoundSearch.objects.filter(pk=row.pk).update(count=F("count") + 1)


@transaction.atomic
def mark(*, by: Actor, key: UUID, type_code: str, group: str, planned_on: date | None) -> Gap:
    """Say that somebody is sought who gives it, or from when it shall be given."""
    # Whoever closes gaps of this type is waited for.
    list(Gap.objects.select_for_update().filter(type_code=type_code).order_by("pk"))
    perms.review.require(Person.objects.acting(by))
    gap = Gap(
        id=key,
        type_code=type_code,
        group=group,
        state=GapState.PLANNED if planned_on else GapState.SOUGHT,
        opened_on=by.today,
        planned_on=planned_on,
    )
    if _is_given(gap, by.today):
        raise ValidationError({"group": "W koszyku jest już taka pomoc dla tych osób."})
    try:
        insert_once(gap)
    except Taken:
        raise ValidationError({"group": "Ten brak jest już oznaczony."}) from None
    told = record(by=by, verb="GAP_MARKED", obj=gap)
    publish_figures(Gap, cause=told.pk)
    return gap


@transaction.atomic
def plan(*, by: Actor, gap_id: UUID, version: int, planned_on: date) -> Gap:
    """Somebody will give it from a day on."""
    gap = _locked(by, gap_id, version)
    move(gap, GapState.PLANNED, by=by, on=by.today, planned_on=planned_on)
    return gap


@transaction.atomic
def drop(*, by: Actor, gap_id: UUID) -> Gap:
    """It is sought no longer, though nobody gives it."""
    gap = _locked(by, gap_id)
    if gap.state == GapState.DROPPED:
        raise AlreadySaved(gap)
    told = move(gap, GapState.DROPPED, by=by, on=by.today, closed_on=by.today)
    publish_figures(Gap, cause=told.pk)
    return gap


def fill(by: Actor, entry: ServiceEntry) -> None:
    """A service that came into the basket closes the gaps of its type for its groups."""
    open_gaps = Gap.objects.filter(
        type_code__in=vocabulary().line(entry.type_code), state__in=GAP.open
    )
    for gap in open_gaps.select_for_update().order_by("pk"):
        if _answers(entry, gap):
            _fill(by, gap, entry)


def fill_all(by: Actor) -> None:
    """The same of the whole basket, once many services came at once."""
    open_gaps = Gap.objects.filter(state__in=GAP.open).select_for_update().order_by("pk")
    if gaps := list(open_gaps):
        entries = list(entries_on(by.today))
        for gap in gaps:
            if entry := next((one for one in entries if _answers(one, gap)), None):
                _fill(by, gap, entry)


def _fill(by: Actor, gap: Gap, entry: ServiceEntry) -> None:
    GapFilling.objects.create(gap=gap, service=entry.service)
    told = move(gap, GapState.FILLED, by=by, on=by.today, closed_on=by.today)
    publish_figures(Gap, cause=told.pk)


def recruit(by: Actor, gap_id: UUID, recruitment_id: UUID) -> bool:
    """Keep that an institution is recruited for a gap; False if there is no such gap."""
    gap = Gap.objects.select_for_update().filter(pk=gap_id).first()
    perms.review.require(Person.objects.acting(by))
    if gap is None:
        return False
    if not gap.is_open:
        raise Problem(
            "Tego już nie brakuje",
            f"{gap}: {gap.state_said}.",
            clause=LACKING,
            kept=NOTHING_SAVED,
            at=gap,
        )
    insert_once(GapRecruitment(gap=gap, recruitment_id=recruitment_id))
    record(by=by, verb="GAP_RECRUITED", obj=gap, data={"recruitment": [None, str(recruitment_id)]})
    return True


def _is_given(gap: Gap, day: date) -> bool:
    return any(_answers(entry, gap) for entry in entries_on(day))


def _answers(entry: ServiceEntry, gap: Gap) -> bool:
    of_type = gap.type_code in vocabulary().line(entry.type_code)
    return of_type and is_for(entry.groups, gap.group)


def _locked(by: Actor, gap_id: UUID, version: int | None = None) -> Gap:
    gap: Gap = Gap.objects.select_for_update().get(pk=gap_id)
    perms.review.require(Person.objects.acting(by))
    if version is not None and gap.version != version:
        raise StaleForm(gap)
    return gap
