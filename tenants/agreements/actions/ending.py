"""An agreement ends: its parties say so, or fewer than two are left; what rests on it ends with it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.documents.actions import store_upload
from kooperacja.documents.work_first import work_first
from kooperacja.guard.passing import keep_reason
from kooperacja.ui.files import file_name
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move
from kooperacja.writes import AlreadySaved, StaleForm, insert_once
from tenants.agreements import perms
from tenants.agreements.actions import accession, amendment_force, announcing
from tenants.agreements.actions.last_day import set_last_day
from tenants.agreements.actions.people import release_all
from tenants.agreements.models import Agreement, ContactPerson, Ending, Party
from tenants.agreements.models.parties import EndKind
from tenants.agreements.papers import AGREEMENT_ENDING
from tenants.agreements.standing import Standing
from tenants.agreements.workflow import AgreementState
from tenants.people.actions.invitations import publish_figures
from tenants.people.models import Person

FEWER = "Zostało mniej niż dwie Strony."
_NO_ACCESSION = "Porozumienie przestało obowiązywać."


@work_first
def end(
    *,
    by: Actor,
    agreement_id: UUID,
    key: UUID,
    from_on: date,
    reason: str,
    file: "UploadedFile[Any]",
    guard_reason: str = "",
) -> Ending:
    """Enter the parties' joint statement that their agreement ends on a day, to come or past."""
    by.require_proof()
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    perms.write_agreements.require(Person.objects.acting(by))
    if saved := Ending.objects.filter(pk=key).first():
        raise AlreadySaved(saved)
    require_to_end(agreement)
    _require_day(agreement, from_on)
    stored = store_upload(by=by, upload=file, kind=AGREEMENT_ENDING, name=_name())
    ending = Ending(
        id=key,
        agreement=agreement,
        from_on=from_on,
        reason=reason,
        file=stored,
        actor_name=by.name[:200],
    )
    insert_once(ending)
    days = {"ended_on": [None, from_on.isoformat()]}
    entry = record(by=by, verb="AGREEMENT_END_ENTERED", obj=agreement, why=reason, data=days)
    keep_reason(by, agreement, guard_reason)
    if from_on > by.today:
        announcing.tell_ends(by, agreement, ending)
    settle(by=by, agreement=agreement)
    publish_figures(Agreement, Party, cause=entry.pk)
    return ending


@transaction.atomic
def withdraw(*, by: Actor, ending_id: UUID, version: int) -> Ending:
    """Take a statement back before its day; the agreement goes on."""
    by.require_proof()
    agreement_id = Ending.objects.values_list("agreement", flat=True).get(pk=ending_id)
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    perms.write_agreements.require(Person.objects.acting(by))
    ending = Ending.objects.get(pk=ending_id)
    ending.agreement = agreement
    if ending.withdrawn_on:
        raise AlreadySaved(ending)
    require_end_to_come(ending, by.today)
    if ending.version != version:
        raise StaleForm(ending)
    ending.withdrawn_on, ending.version = by.today, version + 1
    ending.save(update_fields=["withdrawn_on", "version"])
    entry = record(by=by, verb="AGREEMENT_END_WITHDRAWN", obj=agreement)
    settle(by=by, agreement=agreement)
    announcing.tell_end_withdrawn(by, agreement, ending)
    publish_figures(Agreement, Party, cause=entry.pk)
    return ending


def to_settle(day: date) -> list[UUID]:
    """Agreements in force in which something ends by a day."""
    past = Q(ended_on__lte=day) | Q(parties__ended_on__lte=day)
    rows = Agreement.objects.filter(past, state=AgreementState.IN_FORCE).order_by("pk")
    return list(rows.values_list("pk", flat=True).distinct())


@transaction.atomic
def settle_at(*, by: Actor, agreement_id: UUID) -> None:
    """The nightly look at one of them; done twice in a day, it finds nothing more."""
    settle(by=by, agreement=Agreement.objects.select_for_update().get(pk=agreement_id))


def settle(*, by: Actor, agreement: Agreement) -> None:
    """Give a locked agreement in force its last day, and end what has ended by today."""
    if agreement.state != AgreementState.IN_FORCE:
        return
    set_last_day(agreement)
    if agreement.ended_on and agreement.ended_on <= by.today:
        _end_now(by, agreement, agreement.ended_on)
        return
    for party in agreement.parties.filter(ended_on__lte=by.today):
        _let_go(by, party)


def _end_now(by: Actor, agreement: Agreement, day: date) -> None:
    said = agreement.endings.valid().filter(from_on=day).values_list("reason", flat=True).first()
    why = said or FEWER
    stayed = [
        party
        for party in Standing(agreement).parts
        if party.ended_on is None or party.ended_on > day
    ]
    told = announcing.people_and_office(by, stayed)  # as long as they still act for them
    for party in stayed:
        party.ended_on, party.end_kind = day, EndKind.AGREEMENT
        party.save(update_fields=["ended_on", "end_kind"])
    entry = move(agreement, AgreementState.ENDED, by=by, on=by.today, why=why)
    accession.close_all(by, agreement, _NO_ACCESSION)
    amendment_force.close_all(by, agreement)
    for party in agreement.parties.all():
        _let_go(by, party)
    announcing.tell_ended(agreement, why, told)
    publish_figures(Agreement, Party, cause=entry.pk)


def _let_go(by: Actor, party: Party) -> None:
    """Nobody is named by a party that has no part any more, nor acts for it."""
    day = party.ended_on or by.today
    rows = ContactPerson.objects.filter(Q(ended_on=None) | Q(ended_on__gt=day), party=party)
    for contact in rows.order_by("pk"):
        contact.end(day, version=contact.version + 1)
    release_all(by=by, organisation_id=party.organisation_id)


def require_to_end(agreement: Agreement) -> None:
    """Raise why its end can't be entered now."""
    if agreement.state != AgreementState.IN_FORCE:
        why = f"Jego stan: {agreement.get_state_display()}."
        raise _not_now(agreement, "To porozumienie nie obowiązuje", why)
    if ending := agreement.endings.valid().first():
        why = f"Porozumienie przestaje obowiązywać od {pl_date(ending.from_on)}"
        raise _not_now(agreement, "Koniec tego porozumienia już wpisano", why)


def require_end_to_come(ending: Ending, today: date) -> None:
    """Raise why the statement can't be taken back any more."""
    if ending.withdrawn_on is None and not (
        ending.is_to_come(today) and ending.agreement.state == AgreementState.IN_FORCE
    ):
        why = "Koniec można wycofać tylko przed dniem, od którego porozumienie nie obowiązuje."
        raise _not_now(ending.agreement, "Porozumienie już się skończyło", why)


def _require_day(agreement: Agreement, day: date) -> None:
    assert agreement.in_force_from is not None  # it is in force
    if day < agreement.in_force_from:
        since = pl_date(agreement.in_force_from)
        raise ValidationError({"from_on": f"Porozumienie obowiązuje dopiero od {since}"})
    if agreement.ended_on and day >= agreement.ended_on:
        ends = pl_date(agreement.ended_on)
        raise ValidationError({"from_on": f"Porozumienie i tak przestaje obowiązywać od {ends}"})


def _not_now(agreement: Agreement, title: str, why: str) -> Problem:
    return Problem(title, why, kept=NOTHING_SAVED, at=agreement, action="Przejdź do porozumienia")


def _name() -> str:
    return file_name("Oświadczenie o zakończeniu porozumienia", ".pdf")
