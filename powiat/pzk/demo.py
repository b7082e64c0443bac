"""Requests for delegates in a powiat of the demo that gminas took back, or nobody answered."""

from datetime import date, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from kooperacja.audit.actor import SYSTEM
from kooperacja.tenancy.context import current_tenant
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.ref import TenantRef
from powiat.pzk import standing
from powiat.pzk.actions import ending, receiving
from powiat.pzk.models import AskedDelegation
from tenants.agreements.models import Agreement, Party
from tenants.exchange import delegations
from tenants.exchange.letters import LetterRef

# What was withdrawn, and what ran out; those that wait are asked by the gminas of the demo.
_WITHDRAWN, _EXPIRED = 0, 1
_FUNCTIONS = ("pedagog (pokaz)", "dzielnicowy (pokaz)")


def write(unit: str, today: date) -> None:
    """Two that are over, in a powiat whose agreement is in force; nothing goes back to gminas."""
    if not standing.is_county() or AskedDelegation.objects.exists():
        return
    agreement = standing.in_force().first()
    gmina = _gmina(agreement) if agreement else None
    if agreement is None or gmina is None:
        return
    parties = [one for one in standing.bound(agreement, today) if one.organisation_id]
    for number, party in enumerate(parties[:2]):
        _ask(gmina, party, number, today)
    for key in ending.to_expire(today):
        ending.expire(by=SYSTEM, asked_id=key)


def _gmina(agreement: Agreement) -> TenantRef | None:
    """A gmina that it names and that works on the platform."""
    found = (directory().find_by_code(code) for code in standing.codes(agreement))
    return next((one for one in found if one is not None), None)


@transaction.atomic
def _ask(gmina: TenantRef, party: Party, number: int, today: date) -> None:
    last = today + timedelta(days=10) if number == _WITHDRAWN else today - timedelta(days=1)
    request_id = uuid5(party.pk, str(number))
    said = {
        "request_id": str(request_id),
        "agreement_id": str(party.agreement_id),
        "party_id": str(party.pk),
        "function": _FUNCTIONS[number],
        "from_on": (today + timedelta(days=20)).isoformat(),
        "answer_by": last.isoformat(),
        "asked_by": "Ośrodek Pomocy Społecznej (pokaz)",
    }
    receiving.read_asked(_letter(gmina, delegations.ASKED, said))
    if number == _WITHDRAWN:
        back = {"request_id": str(request_id), "on": today.isoformat()}
        receiving.read_withdrawn(_letter(gmina, delegations.WITHDRAWN, back))


def _letter(gmina: TenantRef, kind: str, said: dict[str, str]) -> LetterRef:
    number = UUID(said["request_id"])
    return LetterRef(number, kind, gmina, current_tenant(), said, timezone.now())
