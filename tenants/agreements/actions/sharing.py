"""A draft is laid before its parties, and taken from them again (POR preamble)."""

from uuid import UUID

from django.db import transaction
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.audit.models import Entry
from kooperacja.audit.record import record
from kooperacja.notifications.base import send, settle
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.agreements.actions.drafts import keep_text, lock_draft, require_draft
from tenants.agreements.changes import kept
from tenants.agreements.models import Agreement, Party
from tenants.agreements.notifications.agreements import AgreementShared, AgreementUnshared
from tenants.agreements.sides import voices_of
from tenants.agreements.text import Text
from tenants.people.actions.invitations import recipients

_UNSHARED = "AGREEMENT_UNSHARED"


@transaction.atomic
def share(*, by: Actor, agreement_id: UUID, version: int) -> Agreement:
    """From today the parties read the draft; its text is kept, so that later changes can be seen."""
    agreement = lock_draft(by, agreement_id)
    if agreement.shared_on:
        raise AlreadySaved(agreement)
    require_shareable(agreement)
    if agreement.version != version:
        raise StaleForm(agreement)
    last = agreement.texts.order_by("-number").first()
    if last is None or last.lines != kept(Text(agreement).everything()):
        keep_text(by=by, agreement_id=agreement.pk, key=uuid7())
    agreement.shared_on = by.today
    agreement.version += 1
    agreement.save(update_fields=["shared_on", "version"])
    record(by=by, verb="AGREEMENT_SHARED", obj=agreement)
    _tell_shared(by, agreement, _institutions(agreement))
    return agreement


@transaction.atomic
def unshare(*, by: Actor, agreement_id: UUID, version: int, reason: str) -> Agreement:
    """From now on only its writers read the draft; comments stay, and the parties hear the reason."""
    agreement = lock_draft(by, agreement_id)
    if agreement.shared_on is None:
        raise AlreadySaved(agreement)
    if agreement.version != version:
        raise StaleForm(agreement)
    settle(dedupe=_shared(agreement))
    dedupe = f"agreement-unshared:{agreement.pk}:{_times_unshared(agreement)}"
    agreement.shared_on = None
    agreement.version += 1
    agreement.save(update_fields=["shared_on", "version"])
    record(by=by, verb=_UNSHARED, obj=agreement, why=reason)
    message = AgreementUnshared(agreement.pk, reason)
    send(message, to=recipients(voices_of(_institutions(agreement), by.today)), dedupe=dedupe)
    return agreement


def tell_new_party(by: Actor, party: Party) -> None:
    """An institution that becomes a party of a shared draft hears of it as the others did."""
    if party.agreement.shared_on and party.organisation_id:
        _tell_shared(by, party.agreement, {party.organisation_id})


def require_shareable(agreement: Agreement) -> None:
    """It is a draft that nobody but its writers reads, and some party is there to read it."""
    require_draft(agreement)
    if agreement.shared_on:
        raise Problem(
            "Strony już czytają ten projekt", "Projekt jest udostępniony Stronom.", at=agreement
        )
    if not _institutions(agreement):
        raise Problem(
            "Nie ma komu udostępnić projektu",
            "Dodaj najpierw Stronę z rejestru instytucji: projekt przeczytają osoby, które ją tu "
            "reprezentują.",
            kept=NOTHING_SAVED,
            at=agreement,
            action="Przejdź do porozumienia",
        )


def require_shared(agreement: Agreement) -> None:
    require_draft(agreement)
    if agreement.shared_on is None:
        raise Problem(
            "Tego projektu nie udostępniono", "Czytają go tylko osoby z ośrodka.", at=agreement
        )


def _tell_shared(by: Actor, agreement: Agreement, institutions: set[UUID]) -> None:
    to = recipients(voices_of(institutions, by.today))
    send(AgreementShared(agreement.pk), to=to, dedupe=_shared(agreement))


def _institutions(agreement: Agreement) -> set[UUID]:
    """Parties that are in the register, so that somebody may read the draft for them."""
    parties = agreement.parties.exclude(organisation=None)
    return set(parties.values_list("organisation", flat=True))


def _shared(agreement: Agreement) -> str:
    """Names the message that a draft may be read, another each time it is shared."""
    return f"agreement-shared:{agreement.pk}:{_times_unshared(agreement)}"


def _times_unshared(agreement: Agreement) -> int:
    return Entry.objects.filter(verb=_UNSHARED, object_id=agreement.pk).count()
