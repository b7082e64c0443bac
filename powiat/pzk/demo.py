"""Requests for delegates in a powiat of the demo: taken back, without an answer, and one fulfilled."""

from datetime import date, timedelta
from random import Random
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.audit.models import Via
from kooperacja.tenancy.context import current_tenant, inside
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.ref import TenantRef
from powiat.pzk import standing
from powiat.pzk.actions import answering, ending, receiving
from powiat.pzk.models import AskedDelegation
from powiat.pzk.workflow import AskedState
from tenants.agreements.models import Agreement, Party
from tenants.agreements.sides import voices_of
from tenants.demo import words
from tenants.exchange import delegations
from tenants.exchange.demo import carry
from tenants.exchange.letters import LetterRef
from tenants.people.models import Person

# What was withdrawn, and what ran out; those that wait are asked by the gminas of the demo.
_WITHDRAWN, _EXPIRED = 0, 1
_DELEGATE = 700  # the number of the address, which no other has
_FUNCTIONS = ("pedagog (pokaz)", "dzielnicowy (pokaz)")


def write(unit: str, today: date) -> None:
    """Two that are over, in a powiat whose agreement is in force; nothing goes back to gminas."""
    if not standing.is_county() or AskedDelegation.objects.exists():
        return
    agreement = standing.in_force().first()
    gmina = _gmina(agreement, today) if agreement else None
    if agreement is None or gmina is None:
        return
    parties = [one for one in standing.bound(agreement, today) if one.organisation_id]
    for number, party in enumerate(parties[:2]):
        _ask(gmina, party, number, today)
    for key in ending.to_expire(today):
        ending.expire(by=SYSTEM, asked_id=key)


def name(tenant: TenantRef, today: date) -> None:
    """One of the institutions that gminas asked names somebody, whom its gmina then lets in."""
    if not standing.is_county(tenant):
        return
    with inside(tenant):
        _name(today)
    carry(tenant)


def _name(today: date) -> None:
    if AskedDelegation.objects.exclude(full_name="").exists():
        return
    rows = AskedDelegation.objects.filter(state=AskedState.ASKED).select_related("party")
    heads = ((one, _head(one.party, today)) for one in rows.order_by("answer_by", "pk"))
    asked, head = next(((one, head) for one, head in heads if head), (None, None))
    if asked is None or head is None:
        return
    by = Actor(None, head.full_name, via=Via.TASK, person_id=head.pk)
    delegate = words.person(Random(asked.source_name))  # noqa: S311 - the same at every start
    values = {
        "full_name": delegate,
        "named_function": asked.function,
        "email": words.email(delegate, _DELEGATE),
        "named_from": today,
        "named_until": None,
    }
    answering.name_delegate(by=by, asked_id=asked.pk, version=asked.version, values=values)


def _head(party: Party | None, today: date) -> Person | None:
    """Somebody who speaks for the institution."""
    if party is None or party.organisation_id is None:
        return None
    return next(iter(voices_of([party.organisation_id], today)), None)


def _gmina(agreement: Agreement, today: date) -> TenantRef | None:
    """A gmina that it names and that works on the platform."""
    codes = standing.codes(agreement, today)
    found = (directory().find_by_code(code) for code in codes)
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
