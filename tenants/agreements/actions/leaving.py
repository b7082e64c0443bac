"""A party leaves an agreement in force, and may take that back before its day (POR)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.documents.actions import store_upload
from kooperacja.documents.models import StoredFile
from kooperacja.documents.work_first import work_first
from kooperacja.guard.passing import keep_reason
from kooperacja.ui.files import file_name
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.writes import AlreadySaved, StaleForm, insert_once
from tenants.agreements import perms
from tenants.agreements.actions import amendment_force, annex, announcing, force
from tenants.agreements.actions.day_first import day_first
from tenants.agreements.actions.ending import settle
from tenants.agreements.models import Agreement, Departure, Party
from tenants.agreements.models.annexes import Why
from tenants.agreements.models.departures import DepartureKind
from tenants.agreements.models.parties import EndKind
from tenants.agreements.papers import PARTY_DEPARTURE
from tenants.agreements.standing import Part, Standing, no_party_said
from tenants.agreements.workflow import AgreementState, PartyState
from tenants.people.actions.invitations import publish_figures
from tenants.people.models import Person


@day_first(force.look_for, "party_id")
@work_first
def leave(
    *,
    by: Actor,
    party_id: UUID,
    key: UUID,
    from_on: date,
    reason: str,
    file: "UploadedFile[Any]",
    guard_reason: str = "",
) -> Departure:
    """Enter that a party leaves on a day: its letter says so, and nobody accepts it."""
    by.require_proof()
    party = locked(by, party_id)
    perms.leave_for.require(Person.objects.acting(by), party)
    if saved := Departure.objects.filter(pk=key).first():
        raise AlreadySaved(saved)
    require_to_leave(party, by.today)
    require_day(party, from_on)
    departure = Departure(
        id=key,
        party=party,
        kind=DepartureKind.LEFT,
        from_on=from_on,
        reason=reason,
        file=kept(by, party, file, "Pismo Strony, która odchodzi"),
        actor_name=by.name[:200],
    )
    insert_once(departure)
    keep_reason(by, party.agreement, guard_reason)
    let_end(by, departure, "AGREEMENT_PARTY_LEAVES", why=reason)
    if from_on <= by.today:
        amendment_force.look_after_leave(by, party.agreement)
    return departure


def let_end(by: Actor, departure: Departure, verb: str, why: str) -> None:
    """End a party's part on the day of its departure, tell everybody, end what rests on it."""
    party, agreement = departure.party, departure.party.agreement
    told = announcing.everybody(by, agreement)  # as long as its people still act for it
    party.ended_on, party.end_kind = departure.from_on, EndKind(departure.kind)
    party.version += 1
    party.save(update_fields=["ended_on", "end_kind", "version"])
    data = {"party": [None, party.name], "ended_on": [None, departure.from_on.isoformat()]}
    entry = record(by=by, verb=verb, obj=agreement, why=why, data=data)
    settle(by=by, agreement=agreement)
    if departure.from_on <= by.today:
        annex.refresh(by=by, agreement=agreement, why=Why(departure.kind))
    announcing.tell_departed(by, agreement, departure, told)
    publish_figures(Agreement, Party, cause=entry.pk)


@transaction.atomic
def withdraw(*, by: Actor, departure_id: UUID, version: int) -> Departure:
    """Take a leave back before its day; the party stays."""
    by.require_proof()
    party_id = Departure.objects.values_list("party", flat=True).get(pk=departure_id)
    party = locked(by, party_id)
    perms.leave_for.require(Person.objects.acting(by), party)
    departure = Departure.objects.get(pk=departure_id)
    departure.party = party
    if departure.withdrawn_on:
        raise AlreadySaved(departure)
    require_to_come(departure, by.today)
    if departure.version != version:
        raise StaleForm(departure)
    departure.withdrawn_on, departure.version = by.today, version + 1
    departure.save(update_fields=["withdrawn_on", "version"])
    party.ended_on, party.end_kind, party.version = None, "", party.version + 1
    party.save(update_fields=["ended_on", "end_kind", "version"])
    data = {"party": [None, party.name]}
    entry = record(by=by, verb="AGREEMENT_LEAVE_WITHDRAWN", obj=party.agreement, data=data)
    settle(by=by, agreement=party.agreement)
    announcing.tell_stays(by, departure)
    publish_figures(Agreement, Party, cause=entry.pk)
    return departure


def locked(by: Actor, party_id: UUID) -> Party:
    """A party of an agreement that exists for who acts; the agreement is locked first."""
    agreement_id = Party.objects.values_list("agreement", flat=True).get(pk=party_id)
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    perms.see_agreement.require(Person.objects.acting(by), agreement)
    party = Party.objects.select_for_update().get(pk=party_id)
    party.agreement = agreement
    return party


def kept(by: Actor, party: Party, file: "UploadedFile[Any]", what: str) -> StoredFile:
    name = file_name(f"{what}, {party.label}", ".pdf")
    return store_upload(by=by, upload=file, kind=PARTY_DEPARTURE, name=name)


def require_to_leave(party: Party, today: date) -> None:
    """Raise why the party's part can't end now."""
    require_part(party, today)
    if party.ended_on:
        raise _end_known(party, party.ended_on, today)


def require_part(party: Party, today: date) -> None:
    """Raise why the party has no part now, be its end known already."""
    agreement = party.agreement
    if agreement.is_signing:
        took = party.state == PartyState.SIGNED
        what = "wycofać podpis" if took else "odmówić podpisu"
        why = f"Zanim zacznie obowiązywać, Strona może {what} i podać powód."
        page = "" if party.state == PartyState.REFUSED else "refuse"
        raise Problem(
            "To porozumienie jeszcze nie obowiązuje",
            why,
            kept=NOTHING_SAVED,
            at=party if page else agreement,
            page=page,
            action=f"{what.capitalize()}" if page else "Przejdź do porozumienia",
        )
    if agreement.state != AgreementState.IN_FORCE:
        why = f"Jego stan: {agreement.get_state_display()}."
        raise _not_now(party, "To porozumienie nie obowiązuje", why)
    if party not in Standing(agreement).parts:
        raise _not_now(
            party,
            "Tej Strony porozumienie nie wiąże",
            "Jej podpisu nie ma, więc nie ma od czego odejść.",
        )
    if party.ended_on and party.ended_on <= today:
        raise _end_known(party, party.ended_on, today)


def _end_known(party: Party, day: date, today: date) -> Problem:
    why = f"Ta instytucja {no_party_said(day, today)}"
    return _not_now(party, "Koniec udziału tej Strony już wpisano", why)


def require_to_come(departure: Departure, today: date) -> None:
    """Raise why a leave can't be taken back any more."""
    is_in_force = departure.party.agreement.state == AgreementState.IN_FORCE
    if departure.withdrawn_on is None and not (is_in_force and departure.is_to_come(today)):
        raise _not_now(
            departure.party,
            "Tego odejścia nie można już wycofać",
            "Odejście można wycofać tylko przed jego dniem. Jeśli porozumienie przewiduje późniejsze "
            "przystąpienie (wariant C), instytucja może przystąpić od nowa; inaczej może zawrzeć nowe.",
        )


def require_day(party: Party, day: date) -> None:
    """A part ends on a day on which it lasts."""
    since, until = _days_of(party)
    if day < since:
        raise ValidationError({"from_on": f"Ta instytucja jest Stroną dopiero od {pl_date(since)}"})
    if until and day >= until:
        words = f"Porozumienie i tak przestaje obowiązywać od {pl_date(until)}"
        raise ValidationError({"from_on": words})


def _days_of(party: Party) -> Part:
    agreement = party.agreement
    assert agreement.in_force_from is not None  # it is in force
    since, until = Standing(agreement).parts[party]
    return max(since, agreement.in_force_from), until


def _not_now(party: Party, title: str, why: str) -> Problem:
    return Problem(
        title, why, kept=NOTHING_SAVED, at=party.agreement, action="Przejdź do porozumienia"
    )
