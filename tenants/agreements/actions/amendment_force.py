"""An aneks comes into force by itself once all who must have signed it, or fails (POR)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.ui.polish import counted, pl_date
from kooperacja.workflow import move
from tenants.agreements.actions import amendment_telling as telling
from tenants.agreements.models import Agreement, Amendment, AmendmentSide, Signature
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

    @property
    def missing(self) -> list[AmendmentSide]:
        return [side for side in self.asked if side.party_id not in self.days]

    @property
    def last(self) -> date | None:
        """The day of the last signature, once all are there."""
        return None if self.missing else max(self.days.values(), default=None)


def signed_of(amendment: Amendment, today: date) -> Signed:
    """A party that has left meanwhile is waited for no more."""
    bound = {party.pk for party in Standing(amendment.agreement).bound(today)}
    sides = amendment.sides.select_related("party")
    rows = Signature.objects.valid_for(amendment).values_list("party", "signed_on")
    return Signed([side for side in sides if side.party_id in bound], dict(rows))


def look(*, by: Actor, amendment: Amendment) -> None:
    """Bring a locked aneks into force if its day has come, or note that it failed."""
    if not amendment.is_signing:
        return
    signed = signed_of(amendment, by.today)
    if amendment.agreement.state != AgreementState.IN_FORCE:
        _fail(by, amendment, _ENDED)
    elif day := _force_day(amendment, signed):
        if day <= by.today:
            _bring_into_force(by, amendment, day)
    elif amendment.sign_by is not None and by.today > amendment.sign_by:
        _fail(by, amendment, _why(amendment, signed))


def _force_day(amendment: Amendment, signed: Signed) -> date | None:
    """The day from which it is in force, once nobody's signature is missing."""
    if signed.last is None:
        return None
    return amendment.force_on if amendment.force == AmendmentForce.DAY else signed.last


def _bring_into_force(by: Actor, amendment: Amendment, day: date) -> None:
    entry = move(amendment, AmendmentState.IN_FORCE, by=by, on=by.today, in_force_from=day)
    telling.tell_in_force(by=by, amendment=amendment)
    # The rhythm and the place of its team follow the text.
    publish_figures(Agreement, Amendment, cause=entry.pk)


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
