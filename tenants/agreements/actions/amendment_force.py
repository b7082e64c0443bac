"""An aneks comes into force by itself once all who must have signed it, or fails (POR)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.ui.polish import counted, pl_date
from kooperacja.workflow import move
from kooperacja.writes import found_or_new
from tenants.agreements.actions import amendment_telling as telling
from tenants.agreements.actions import duties
from tenants.agreements.models import Agreement, Amendment, AmendmentSide, Departure, Signature
from tenants.agreements.models.amendments import AmendmentForce
from tenants.agreements.standing import Standing
from tenants.agreements.workflow import AgreementState, AmendmentState
from tenants.people.actions.invitations import publish_figures

_ENDED = "Porozumienie już nie obowiązuje, więc nie można go zmienić."


@dataclass(frozen=True, slots=True)
class Signed:
    """The parties that still must sign or have, and the days on which they did."""

    asked: list[AmendmentSide]
    days: dict[UUID, date]  # by party
    left: list[date]  # when those who had not signed ceased to be parties

    @property
    def missing(self) -> list[AmendmentSide]:
        return [side for side in self.asked if side.party_id not in self.days]

    @property
    def last(self) -> date | None:
        """The day of the last signature, once all are there.

        Where a signature was missing until its party left, it is not earlier than that.
        """
        if self.missing or not self.days:
            return None
        return max(*self.days.values(), *self.left, date.min)


def signed_of(amendment: Amendment, today: date) -> Signed:
    """A party that has left meanwhile is waited for no more.

    Its successor is bound by the signature that it gave while it was a party; without one, the
    successor is asked instead (`pass_on`).
    """
    bound = {party.pk for party in Standing(amendment.agreement).bound(today)}
    sides = list(amendment.sides.select_related("party"))
    rows = Signature.objects.valid_for(amendment).values_list("party", "signed_on")
    days = dict(rows)
    gone = [one.party for one in sides if one.party_id not in bound and one.party_id not in days]
    left = [party.ended_on for party in gone if party.ended_on]
    return Signed([side for side in sides if side.party_id in bound], days, left)


def close_all(by: Actor, agreement: Agreement) -> None:
    """Aneksy that still lie before their parties fail, once a locked agreement has ended."""
    rows = agreement.amendments.filter(state=AmendmentState.SIGNING).select_for_update()
    for amendment in rows.order_by("pk"):
        amendment.agreement = agreement
        _fail(by, amendment, _ENDED)


def look_after_leave(by: Actor, agreement: Agreement) -> None:
    """Aneksy for which only the party that has just left a locked agreement was waited for."""
    rows = agreement.amendments.filter(state=AmendmentState.SIGNING).select_for_update()
    for amendment in rows.order_by("pk"):
        amendment.agreement = agreement
        look(by=by, amendment=amendment)


def pass_on(by: Actor, departure: Departure) -> None:
    """Whoever stepped into the part of a party signs the aneks that this one had not signed."""
    party, successor = departure.party, departure.successor
    assert successor is not None  # a merger has one
    rows = AmendmentSide.objects.filter(party=party, amendment__state=AmendmentState.SIGNING)
    for side in rows.select_related("amendment").order_by("pk"):
        amendment = Amendment.objects.select_for_update().get(pk=side.amendment_id)
        given = Signature.objects.valid_for(amendment).filter(party=party)
        if given.filter(signed_on__lt=departure.from_on).exists():
            continue
        asked, is_new = found_or_new(AmendmentSide, amendment=amendment, party=successor)
        telling.tell_passed_on(by, side, asked if is_new else None)
        look(by=by, amendment=amendment)


def look(*, by: Actor, amendment: Amendment) -> None:
    """Bring a locked aneks into force if its day has come, or note that it failed."""
    if not amendment.is_signing:
        return
    signed, of = signed_of(amendment, by.today), amendment.agreement
    if of.state != AgreementState.IN_FORCE or of.is_over_on(by.today):
        _fail(by, amendment, _ENDED)
    elif day := _force_day(amendment, signed):
        if day <= by.today:
            _bring_into_force(by, amendment, day)
    elif amendment.sign_by is not None and by.today > amendment.sign_by:
        _fail(by, amendment, _why(amendment, signed))


def _force_day(amendment: Amendment, signed: Signed) -> date | None:
    """The day from which it is in force, once nobody's signature is missing."""
    if signed.last is None or amendment.force != AmendmentForce.DAY:
        return signed.last
    assert amendment.force_on is not None  # asked before it was sent
    return max(amendment.force_on, signed.last)


def _bring_into_force(by: Actor, amendment: Amendment, day: date) -> None:
    entry = move(amendment, AmendmentState.IN_FORCE, by=by, on=by.today, in_force_from=day)
    telling.tell_in_force(by=by, amendment=amendment)
    # The gminas that it names, and the rhythm and the place of its team, follow the text.
    publish_figures(Agreement, Amendment, cause=entry.pk)
    duties.arrange(by, amendment.agreement)


def _fail(by: Actor, amendment: Amendment, why: str) -> None:
    move(amendment, AmendmentState.FAILED, by=by, on=by.today, why=why, reason=why[:500])
    telling.tell_failed(by=by, amendment=amendment, why=why)


def _why(amendment: Amendment, signed: Signed) -> str:
    count = len(signed.missing)
    missing = f"podpis{'u' if count == 1 else 'ów'} {counted(count, 'Strony', 'Stron', 'Stron')}"
    return f"Do {pl_date(amendment.sign_by)} nie podpisały wszystkie: brakuje {missing}."


def to_look() -> list[UUID]:
    """Aneksy that lie before their parties."""
    rows = Amendment.objects.filter(state=AmendmentState.SIGNING)
    return list(rows.order_by("created_at", "pk").values_list("pk", flat=True))


@transaction.atomic
def look_at(*, by: Actor, amendment_id: UUID) -> None:
    """Look at one of them; done twice in a day, it finds nothing more."""
    look(by=by, amendment=Amendment.objects.select_for_update().get(pk=amendment_id))


def look_for(*, by: Actor, side_id: UUID) -> None:
    """Look at the aneks that a side must sign."""
    amendment_id = AmendmentSide.objects.values_list("amendment", flat=True).get(pk=side_id)
    look_at(by=by, amendment_id=amendment_id)
