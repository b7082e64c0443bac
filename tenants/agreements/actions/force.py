"""An agreement comes into force by itself, in the way that its draft chose."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from kooperacja.audit.actor import Actor
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.agreements import perms, rules
from tenants.agreements.actions import annex, duties, numbers, telling
from tenants.agreements.actions.day_first import day_first
from tenants.agreements.actions.last_day import set_last_day
from tenants.agreements.models import Agreement, Party, Signature
from tenants.agreements.models.annexes import Why
from tenants.agreements.standing import Standing, takes_signatures, waits_for_publication
from tenants.agreements.workflow import AgreementState, PartyState
from tenants.people.actions.invitations import publish_figures
from tenants.people.models import Person


def look(*, by: Actor, agreement: Agreement) -> None:
    """Bring a locked agreement into force if its day has come, or note that it failed."""
    if not agreement.is_signing:
        is_in_force = agreement.state == AgreementState.IN_FORCE
        if is_in_force and not takes_signatures(agreement, by.today):
            telling.nothing_waits(agreement)
        return
    standing = Standing(agreement)
    if day := standing.force_day(by.today):
        _bring_into_force(by, agreement, day)
    elif why := standing.failure(by.today):
        entry = move(agreement, AgreementState.FAILED, by=by, on=by.today, why=why)
        numbers.cancel(by, agreement, why)
        telling.tell_failed(by=by, agreement=agreement)
        publish_figures(Agreement, Party, cause=entry.pk)


def look_after(*, by: Actor, signature: Signature) -> None:
    """A signature may bring it into force, or bind one party more by what is in force already."""
    party = signature.party
    if party.agreement.is_signing:
        look(by=by, agreement=party.agreement)
        return
    agreement = party.agreement
    set_last_day(agreement)
    annex.refresh(by=by, agreement=agreement, why=Why.PEOPLE)
    telling.tell_joined(by=by, party=party, since=signature.signed_on)
    publish_figures(Agreement, Party, cause=signature.pk)
    duties.arrange(by, agreement)


def _bring_into_force(by: Actor, agreement: Agreement, day: date, why: str = "") -> None:
    values: dict[str, Any] = {"in_force_from": day, "published_on": agreement.published_on}
    entry = move(agreement, AgreementState.IN_FORCE, by=by, on=by.today, why=why, **values)
    annex.refresh(by=by, agreement=agreement, why=Why.FORCE)
    telling.tell_in_force(by=by, agreement=agreement)
    publish_figures(Agreement, Party, cause=entry.pk)
    duties.arrange(by, agreement)


def to_look() -> list[UUID]:
    """Agreements that lie before their parties, or came into force with some of them."""
    waiting = Party.objects.filter(
        agreement=OuterRef("pk"), state=PartyState.WAITING, stepped_in_on=None
    )
    is_open = Q(Exists(waiting), state=AgreementState.IN_FORCE, force=rules.ENOUGH)
    rows = Agreement.objects.filter(Q(state=AgreementState.SIGNING) | is_open)
    return list(rows.order_by("created_at", "pk").values_list("pk", flat=True))


@transaction.atomic
def look_at(*, by: Actor, agreement_id: UUID) -> None:
    """Look at one of them; done twice in a day, it finds nothing more."""
    look(by=by, agreement=Agreement.objects.select_for_update().get(pk=agreement_id))


def look_for(*, by: Actor, party_id: UUID) -> None:
    """Look at the agreement of a party."""
    agreement_id = Party.objects.values_list("agreement", flat=True).get(pk=party_id)
    look_at(by=by, agreement_id=agreement_id)


@day_first(look_at, "agreement_id")
@transaction.atomic
def publish(
    *, by: Actor, agreement_id: UUID, version: int, published_on: date, where: str
) -> Agreement:
    """Enter the day of its publication, from which it is in force; the journal keeps where it was."""
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    perms.write_agreements.require(Person.objects.acting(by))
    if agreement.published_on == published_on:
        raise AlreadySaved(agreement)
    require_unpublished(agreement)
    if agreement.version != version:
        raise StaleForm(agreement)
    _require_day(by, agreement, published_on)
    agreement.published_on = published_on
    _bring_into_force(by, agreement, published_on, why=where)
    return agreement


def require_unpublished(agreement: Agreement) -> None:
    if not waits_for_publication(agreement):
        raise Problem(
            "To porozumienie nie czeka na ogłoszenie",
            "Dzień ogłoszenia wpisuje się tylko wtedy, gdy porozumienie jest do podpisu i ma wejść "
            f"w życie w tym dniu. Jego stan: {agreement.get_state_display()}.",
            kept=NOTHING_SAVED,
            at=agreement,
            action="Przejdź do porozumienia",
        )


def _require_day(by: Actor, agreement: Agreement, day: date) -> None:
    """Two had signed by the day of publication, which lies between sending and today."""
    assert agreement.sent_on is not None  # it lies before its parties
    wrong = ""
    if day > by.today:
        wrong = "Wpisz dzień, w którym porozumienie już ogłoszono."
    elif day < agreement.sent_on:
        sent = pl_date(agreement.sent_on)
        wrong = f"Wpisz dzień nie wcześniejszy niż ten, w którym przekazano je do podpisu: {sent}"
    else:
        standing = Standing(agreement)
        count = sum(one <= day for one in standing.signed.values())
        if count < rules.LEAST_PARTIES:
            wrong = (
                f"Do tego dnia {rules.signed_said(count)}, a porozumienie potrzebuje co najmniej "
                "dwóch podpisów."
            )
    if wrong:
        raise ValidationError({"published_on": wrong})
