"""Agreements of a county in force, and delegates for whom gminas ask its parties."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.tenancy.context import current_tenant
from kooperacja.tenancy.ref import TenantRef
from powiat.pzk.actions import answering, receiving
from powiat.pzk.models import AskedDelegation
from tenants.agreements.models import Agreement, Party
from tenants.exchange import delegations
from tenants.people.models import Organisation, Person
from tests.factories import agreement_force as make_force
from tests.factories import agreements as make
from tests.factories import exchange
from tests.factories import people as make_people

START = make_people.ESTABLISHED


def in_force(*institutions: Organisation, units: Any = (), day: date = START) -> Agreement:
    """C in force between these institutions and one more, for the gminas with these codes."""
    codes = [{"code": code, "name": f"gmina wiejska {code}"} for code in units or ["160501"]]
    agreement = make.draft("C", units=codes)
    parties = [make.party(agreement, of) for of in institutions]
    days = dict.fromkeys(parties, day)
    days[make.party(agreement, make_people.organisation())] = day - timedelta(days=1)
    return make_force.in_force(agreement, days, day)


def bound_earlier(agreement: Agreement) -> None:
    """Only the last party signed in time, as it turns out: the others are bound no more."""
    last = START - timedelta(days=1)
    Agreement.objects.filter(pk=agreement.pk).update(force="DEADLINE", sign_by=last)


def said(party: Party, **fields: Any) -> dict[str, Any]:
    """What stands in the letter of a gmina."""
    today = timezone.localdate()
    plain = {
        "request_id": str(uuid7()),
        "agreement_id": str(party.agreement_id),
        "party_id": str(party.pk),
        "function": "pedagog",
        "from_on": (today + timedelta(days=20)).isoformat(),
        "answer_by": (today + timedelta(days=14)).isoformat(),
        "asked_by": "Ośrodek Przykładowy, który prosi",
    }
    return plain | fields


@transaction.atomic
def read(source: TenantRef, kind: str, payload: dict[str, Any], pk: UUID | None = None) -> None:
    """The tenant one is in reads this letter."""
    reader = {
        delegations.ASKED: receiving.read_asked,
        delegations.WITHDRAWN: receiving.read_withdrawn,
        delegations.STATE: receiving.read_state,
    }[kind]
    reader(exchange.letter(source, current_tenant(), kind, pk or uuid7(), **payload))


def asked(party: Party, source: TenantRef, **fields: Any) -> AskedDelegation:
    """A gmina has asked this party."""
    payload = said(party, **fields)
    read(source, delegations.ASKED, payload)
    return AskedDelegation.objects.get(source_id=source.id, request_id=payload["request_id"])


def became(asked: AskedDelegation, source: TenantRef, state: str, **fields: Any) -> None:
    """The gmina says what became of it."""
    on = timezone.localdate().isoformat()
    payload = {"request_id": str(asked.request_id), "state": state, "on": on, **fields}
    read(source, delegations.STATE, payload)


def withdrawn(asked: AskedDelegation, source: TenantRef) -> None:
    on = timezone.localdate().isoformat()
    read(source, delegations.WITHDRAWN, {"request_id": str(asked.request_id), "on": on})


def delegate(**fields: Any) -> dict[str, Any]:
    plain = {
        "full_name": "Anna Przykładowa",
        "named_function": "pedagog szkolny",
        "email": "anna@szkola.example",
        "named_from": timezone.localdate(),
        "named_until": None,
    }
    return plain | fields


def by_of(person: Person) -> Actor:
    return make_people.by(person)


def named(asked: AskedDelegation, who: Actor, file: Any = None, **fields: Any) -> AskedDelegation:
    """The institution, or the office with its letter, names somebody."""
    version = AskedDelegation.objects.get(pk=asked.pk).version
    return answering.name_delegate(
        by=who, asked_id=asked.pk, version=version, values=delegate(**fields), file=file
    )


def refused(
    asked: AskedDelegation, who: Actor, reason: str = "Nie mamy kogo wysłać", **more: Any
) -> AskedDelegation:
    return answering.refuse(by=who, asked_id=asked.pk, version=asked.version, reason=reason, **more)
