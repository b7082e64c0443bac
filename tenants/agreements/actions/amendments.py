"""The draft of an aneks begins, says what it changes, is shown to the parties, discarded (POR)."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move
from kooperacja.writes import AlreadySaved, StaleForm, Taken, insert_once, save_edited
from tenants.agreements import perms
from tenants.agreements.actions import amendment_telling as telling
from tenants.agreements.models import Agreement, Amendment, AmendmentSide
from tenants.agreements.models.agreements import Signers
from tenants.agreements.models.amendments import AmendmentForce
from tenants.agreements.standing import Standing
from tenants.agreements.workflow import AMENDMENT_OPEN, AgreementState, AmendmentState
from tenants.people.models import Person


@transaction.atomic
def begin(
    *, by: Actor, agreement_id: UUID, key: UUID, values: dict[str, Any], named: Collection[str] = ()
) -> Amendment:
    """Begin an aneks of an agreement in force that has none open."""
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    perms.write_agreements.require(Person.objects.acting(by))
    if saved := Amendment.objects.filter(pk=key).first():
        raise AlreadySaved(saved)
    require_none_open(agreement)
    _require_days(agreement, values)
    amendment = Amendment(id=key, agreement=agreement, **_as_agreed(agreement, values))
    try:
        insert_once(amendment)
    except Taken:
        require_none_open(agreement)
        raise
    _name(amendment, by.today, named)
    record(by=by, verb="AMENDMENT_BEGUN", obj=amendment)
    return amendment


@transaction.atomic
def edit(
    *,
    by: Actor,
    amendment_id: UUID,
    version: int,
    values: dict[str, Any],
    named: Collection[str] = (),
) -> Amendment:
    """Change its day, its reasons, whom it concerns and when it comes into force."""
    amendment = lock_draft(by, amendment_id)
    _require_days(amendment.agreement, values)
    values = _as_agreed(amendment.agreement, values)
    named = named if values.get("signers", amendment.signers) == Signers.NAMED else ()
    before = sorted(map(str, amendment.sides.values_list("party", flat=True)))
    is_same = before == sorted(named)
    try:
        changed = save_edited(amendment, version, values)
    except AlreadySaved:
        if is_same:
            raise
        if amendment.version != version:
            raise StaleForm(amendment) from None
        amendment.version += 1
        amendment.save(update_fields=["version"])
        changed = {}
    if not is_same:
        _name(amendment, by.today, named)
    data = {name: [str(text)[:500] for text in texts] for name, texts in changed.items()}
    record(by=by, verb="AMENDMENT_EDITED", obj=amendment, data=data)
    return amendment


def _as_agreed(agreement: Agreement, values: dict[str, Any]) -> dict[str, Any]:
    """The agreement says who signs; of one that does not, as earlier ones, whoever writes the aneks."""
    return values | {"signers": agreement.amended_by} if agreement.amended_by else values


@transaction.atomic
def share(*, by: Actor, amendment_id: UUID, version: int) -> Amendment:
    """Show the draft to the parties between which the agreement is in force."""
    amendment = lock_draft(by, amendment_id)
    if amendment.shared_on is not None:
        raise AlreadySaved(amendment)
    if amendment.version != version:
        raise StaleForm(amendment)
    amendment.shared_on = by.today
    amendment.version += 1
    amendment.save(update_fields=["shared_on", "version"])
    record(by=by, verb="AMENDMENT_SHARED", obj=amendment)
    telling.tell_shared(by=by, amendment=amendment)
    return amendment


@transaction.atomic
def discard(*, by: Actor, amendment_id: UUID, version: int, reason: str) -> Amendment:
    """Give a draft up; it stays to be read by those who wrote it."""
    amendment = Amendment.objects.select_for_update().get(pk=amendment_id)
    perms.write_agreements.require(Person.objects.acting(by))
    if amendment.state == AmendmentState.DISCARDED and amendment.reason == reason:
        raise AlreadySaved(amendment)
    require_draft(amendment)
    if amendment.version != version:
        raise StaleForm(amendment)
    move(amendment, AmendmentState.DISCARDED, by=by, on=by.today, why=reason, reason=reason)
    return amendment


def lock_draft(by: Actor, amendment_id: UUID) -> Amendment:
    """The draft, locked for whoever may write it; everything below it waits for this lock."""
    rows = Amendment.objects.select_related("agreement").select_for_update(of=("self",))
    amendment = rows.get(pk=amendment_id)
    perms.write_agreements.require(Person.objects.acting(by))
    require_draft(amendment)
    return amendment


def require_draft(amendment: Amendment) -> None:
    if not amendment.is_draft:
        raise Problem(
            "Tego aneksu nie można teraz zmienić",
            f"Jego stan: {amendment.get_state_display()}.",
            kept=NOTHING_SAVED,
            at=amendment,
            action="Przejdź do aneksu",
        )


def require_none_open(agreement: Agreement) -> None:
    """Raise why no aneks may begin: the agreement is not in force, or has one open."""
    if agreement.state != AgreementState.IN_FORCE:
        raise Problem(
            "Aneks zmienia tylko porozumienie, które obowiązuje",
            f"Stan tego porozumienia: {agreement.get_state_display()}.",
            kept=NOTHING_SAVED,
            at=agreement,
            action="Przejdź do porozumienia",
        )
    if opened := agreement.amendments.filter(state__in=AMENDMENT_OPEN).first():
        raise Problem(
            "To porozumienie ma już otwarty aneks",
            f"{opened}: {opened.get_state_display()}. Następny można zacząć, gdy ten wejdzie w "
            "życie, nie wejdzie w życie albo jego projekt zostanie odrzucony.",
            kept=NOTHING_SAVED,
            at=opened,
            action="Przejdź do aneksu",
        )


def _require_days(agreement: Agreement, values: dict[str, Any]) -> None:
    if wrong := wrong_days(agreement, values):
        raise ValidationError(wrong)


def wrong_days(agreement: Agreement, values: dict[str, Any]) -> dict[str, str]:
    """The words for days that can't be, by the field; each may still be missing in a draft."""
    found = {}
    dated, sign_by, force_on = (values[name] for name in ("dated_on", "sign_by", "force_on"))
    since = agreement.in_force_from
    if dated and since and dated < since:
        found["dated_on"] = (
            f"Porozumienie obowiązuje od {pl_date(since)} Aneks nie może mieć wcześniejszej daty."
        )
    if dated and sign_by and sign_by < dated:
        found["sign_by"] = f"Aneks ma datę {pl_date(dated)} Podpisy nie mogą być wcześniejsze."
    if values["force"] == AmendmentForce.DAY and force_on and sign_by and force_on < sign_by:
        found["force_on"] = (
            "Aneks nie może wejść w życie, zanim minie ostatni dzień na podpisy: "
            f"{pl_date(sign_by)}"
        )
    return found


def _name(amendment: Amendment, today: date, named: Collection[str]) -> None:
    """Name the parties that must sign, if it is not all; one that left is none of them."""
    amendment.sides.all().delete()
    if amendment.signers != Signers.NAMED:
        return
    bound = {str(party.pk): party for party in Standing(amendment.agreement).bound(today)}
    if any(key not in bound for key in named):
        raise ValidationError({"named": "Wybierz Strony, które porozumienie dziś wiąże."})
    parties = [party for key, party in bound.items() if key in named]
    AmendmentSide.objects.bulk_create(
        [AmendmentSide(amendment=amendment, party=party) for party in parties]
    )
