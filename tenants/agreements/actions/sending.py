"""An agreement is sent to its parties to be signed, as one frozen text, and taken back (POR-C signatures)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.documents.models import Document
from kooperacja.documents.work_first import work_first
from kooperacja.guard.passing import keep_reason
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.agreements import copies, perms
from tenants.agreements.actions import force, numbers, telling
from tenants.agreements.actions.comments import require_none_open
from tenants.agreements.actions.day_first import day_first
from tenants.agreements.actions.drafts import new_text, require_draft, same_text
from tenants.agreements.changes import kept
from tenants.agreements.models import Agreement, Signature
from tenants.agreements.papers import AGREEMENT, issue_agreement
from tenants.agreements.text import Text, checklist
from tenants.agreements.workflow import AgreementState, PartyState
from tenants.people.actions.invitations import publish_figures
from tenants.people.models import Person


@work_first
def send_to_sign(
    *, by: Actor, agreement_id: UUID, version: int, values: dict[str, Any]
) -> Agreement:
    """Send a draft in which nothing is missing; from now on its text is the one of this moment."""
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    perms.write_agreements.require(Person.objects.acting(by))
    if agreement.is_signing and agreement.version == version + 1:
        raise AlreadySaved(agreement)
    require_draft(agreement)
    if agreement.version != version:
        raise StaleForm(agreement)
    text = Text(agreement)
    _require_complete(text, by.today)
    said = _copies(values, len(text.parties))
    lines = kept(text.everything())
    signed_text = same_text(agreement, lines) or new_text(by, agreement, uuid7(), lines)
    agreement.copies, agreement.copies_count = said["copies"], said["copies_count"]
    agreement.sent_on, agreement.number = (
        by.today,
        numbers.give(by, agreement, values.get("number", "")),
    )
    document = issue_agreement(by=by, agreement=agreement, version=signed_text)
    lies = {
        "sent_on": by.today,
        "signed_text": signed_text,
        "document": document,
        "number": agreement.number,
        **said,
    }
    data = {"text": [None, signed_text.number], "number": [None, agreement.number]}
    entry = move(agreement, AgreementState.SIGNING, by=by, on=by.today, data=data, **lies)
    telling.tell_sent(by=by, agreement=agreement)
    publish_figures(Agreement, cause=entry.pk)
    return agreement


@day_first(force.look_at, "agreement_id")
@transaction.atomic
def take_back(
    *, by: Actor, agreement_id: UUID, version: int, reason: str, guard_reason: str = ""
) -> Agreement:
    """Make a draft of it again; whatever was signed is void, and the next text is a new document."""
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    perms.write_agreements.require(Person.objects.acting(by))
    if agreement.is_draft and agreement.version == version + 1 and _was_sent(agreement):
        raise AlreadySaved(agreement)
    require_sent(agreement)
    if agreement.version != version:
        raise StaleForm(agreement)
    numbers.cancel(by, agreement, reason)
    # Whoever has just been about to refuse or to come back read another text.
    agreement.parties.filter(state=PartyState.WAITING).update(version=F("version") + 1)
    for party in agreement.parties.exclude(state=PartyState.WAITING):
        move(party, PartyState.WAITING, by=by, on=by.today, why=reason)
    entry = move(
        agreement,
        AgreementState.DRAFT,
        by=by,
        on=by.today,
        why=reason,
        sent_on=None,
        signed_text=None,
        document=None,
        data={"number": [agreement.number, None]},
        number="",
    )
    keep_reason(by, agreement, guard_reason)
    telling.tell_taken_back(by=by, agreement=agreement, reason=reason)
    publish_figures(Agreement, cause=entry.pk)
    return agreement


def require_sendable(agreement: Agreement, today: date) -> None:
    """Raise why a draft can't be sent now."""
    require_draft(agreement)
    _require_complete(Text(agreement), today)


def require_sent(agreement: Agreement) -> None:
    """Raise why there is nothing to take back."""
    if agreement.state not in (AgreementState.SIGNING, AgreementState.FAILED):
        raise Problem(
            "Tego porozumienia nie można teraz cofnąć do projektu",
            f"Jego stan: {agreement.get_state_display()}.",
            kept=NOTHING_SAVED,
            at=agreement,
            action="Przejdź do porozumienia",
        )


def void_signatures(agreement: Agreement) -> int:
    """The number of signatures that a take-back makes void."""
    return Signature.objects.valid_for(agreement).count()


def _require_complete(text: Text, today: date) -> None:
    """Raise everything that is still to be done before it may be signed, by its name."""
    require_none_open(text.agreement)
    missing = [check.text for check in checklist(text) if not check.is_met]
    missing += _past_days(text.agreement, today)
    if missing:
        raise Problem(
            "Projektu nie można jeszcze przekazać do podpisu",
            f"Do uzupełnienia: {'; '.join(missing)}.",
            kept=NOTHING_SAVED,
            at=text.agreement,
            action="Przejdź do projektu",
        )


def _past_days(agreement: Agreement, today: date) -> list[str]:
    """The days of the draft that must be to come and are over."""
    days = {
        "ostatni dzień na podpisy, który jeszcze nie minął": agreement.sign_by,
        "dzień wejścia w życie, który jeszcze nie minął": agreement.force_on,
    }
    over = [said for said, day in days.items() if day and day < today]
    if agreement.additions.filter(due_on__lt=today).exists():
        over.append("termin dodatkowego obowiązku, który jeszcze nie minął")
    return over


def _copies(values: dict[str, Any], parties: int) -> dict[str, Any]:
    """How it is signed on paper, with the usual number of copies where none is said."""
    count = values["copies_count"] or copies.usual(parties)
    if words := copies.wrong(values["copies"], count, parties):
        raise ValidationError({"copies_count": words})
    return {"copies": values["copies"], "copies_count": count}


def _was_sent(agreement: Agreement) -> bool:
    return Document.objects.filter(kind=AGREEMENT.kind, subject=agreement.pk).exists()
