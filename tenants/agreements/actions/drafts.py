"""A draft of an agreement begins, is filled in, kept as a version of its text, discarded (POR)."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move
from kooperacja.writes import AlreadySaved, StaleForm, insert_once, next_in, save_edited
from tenants.agreements import perms
from tenants.agreements.actions.people import release_all
from tenants.agreements.amended import is_of_county
from tenants.agreements.changes import kept
from tenants.agreements.clauses import Variant
from tenants.agreements.models import Agreement, TextVersion
from tenants.agreements.text import Text
from tenants.agreements.workflow import AgreementState
from tenants.people.actions.invitations import publish_figures
from tenants.people.models import Person
from tenants.regulation.parameters import PlacePolicy


@transaction.atomic
def begin(*, by: Actor, key: UUID, variant: str, known: dict[str, Any]) -> Agreement:
    """Begin a draft of a variant; `known` is what the register fills in (`units.of_today`)."""
    perms.write_agreements.require(Person.objects.acting(by))
    agreement = Agreement(id=key, variant=variant, **known)
    insert_once(agreement)
    record(by=by, verb="AGREEMENT_BEGUN", obj=agreement)
    return agreement


@transaction.atomic
def edit(*, by: Actor, agreement_id: UUID, version: int, values: dict[str, Any]) -> Agreement:
    """Fill in the blanks."""
    agreement = lock_draft(by, agreement_id)
    _require_rhythm_of_text(agreement, values)
    require_place_of_text(agreement, values.get("place_policy", agreement.place_policy))
    changed = save_edited(agreement, version, values)
    data = {name: [str(text)[:500] for text in texts] for name, texts in changed.items()}
    record(by=by, verb="AGREEMENT_EDITED", obj=agreement, data=data)
    return agreement


def _require_rhythm_of_text(agreement: Agreement, values: dict[str, Any]) -> None:
    """C has no blank for the rhythm: its clause says how often one meets (POR-C §2.2)."""
    rhythm = (
        values.get("meetings_count", agreement.meetings_count),
        values.get("meetings_period", agreement.meetings_period),
    )
    if agreement.variant == Variant.C and not is_of_county(*rhythm):
        raise ValidationError(
            "W wariancie C spotkania są nie rzadziej niż raz na kwartał (§ 2 ust. 2 porozumienia). "
            "Inny rytm wprowadza dopiero aneks."
        )


def require_place_of_text(agreement: Agreement, policy: str) -> None:
    """Only B has a text for meetings at each partner in turn (POR-B §2.2)."""
    if policy == PlacePolicy.ROTATING and agreement.variant != Variant.B:
        words = (
            f"Tekst wariantu {agreement.variant} podaje jedno miejsce spotkań. Kolejno u każdego z "
            "Partnerów spotyka się tylko Partnerstwo z wariantu B."
        )
        raise ValidationError({"place_policy": words})


@transaction.atomic
def keep_text(*, by: Actor, agreement_id: UUID, key: UUID) -> TextVersion:
    """Keep the text as it is read now, to compare a later one with it."""
    agreement = lock_draft(by, agreement_id)
    if saved := TextVersion.objects.filter(pk=key).first():
        raise AlreadySaved(saved)
    lines = kept(Text(agreement).everything())
    last = same_text(agreement, lines)
    if last:
        raise Problem(
            "Ten tekst jest już zachowany",
            f"Od wersji {last.number} nic się w nim nie zmieniło.",
            kept=NOTHING_SAVED,
            at=agreement,
        )
    return new_text(by, agreement, key, lines)


def same_text(agreement: Agreement, lines: list[dict[str, str]]) -> TextVersion | None:
    """The last kept version, if nothing changed since."""
    last = agreement.texts.order_by("-number").first()
    return last if last and last.lines == lines else None


def new_text(
    by: Actor, agreement: Agreement, key: UUID, lines: list[dict[str, str]]
) -> TextVersion:
    """Keep the text of a locked draft as its next version."""
    text = TextVersion(
        id=key,
        agreement=agreement,
        number=next_in(agreement.texts.order_by()),
        lines=lines,
        actor_name=by.name[:200],
    )
    insert_once(text)
    record(by=by, verb="AGREEMENT_TEXT_KEPT", obj=agreement, data={"number": [None, text.number]})
    return text


@transaction.atomic
def discard(*, by: Actor, agreement_id: UUID, version: int, reason: str) -> Agreement:
    """Give a draft up; it stays to be read."""
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    perms.write_agreements.require(Person.objects.acting(by))
    if agreement.state == AgreementState.DISCARDED and agreement.reason == reason:
        raise AlreadySaved(agreement)
    require_draft(agreement)
    if agreement.version != version:
        raise StaleForm(agreement)
    entry = move(
        agreement,
        AgreementState.DISCARDED,
        by=by,
        on=by.today,
        why=reason,
        discarded_on=by.today,
        reason=reason,
    )
    for party in agreement.parties.all():
        release_all(by=by, organisation_id=party.organisation_id)
    publish_figures(Agreement, cause=entry.pk)
    return agreement


def lock_draft(by: Actor, agreement_id: UUID) -> Agreement:
    """The draft, locked for whoever may write it; everything below it waits for this lock."""
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    perms.write_agreements.require(Person.objects.acting(by))
    require_draft(agreement)
    return agreement


def require_draft(agreement: Agreement) -> None:
    if not agreement.is_draft:
        raise Problem(
            "Tego porozumienia nie można teraz zmienić",
            f"Jego stan: {agreement.get_state_display()}.",
            kept=NOTHING_SAVED,
            at=agreement,
            action="Przejdź do porozumienia",
        )
