"""What parties read of an agreement passes the guard of personal data: clauses and reasons."""

from typing import Any

import pytest
from django.test import Client
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.guard.kinds import PASSED
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.agreements.models import Addition, Agreement, Party
from tenants.registry.roles import Role
from tests.factories import agreements as make
from tests.factories import people as make_people
from tests.tenants.agreements.test_agreement_pages import AT

NAMED = "Prosi o to pani Anna Kowalska."


@pytest.fixture
def office(partnership: TenantRef) -> Client:
    with inside(partnership):
        client, _ = make_people.signed_in(partnership, Role.NETWORK_OFFICER)
    return client


def steps(kind: str) -> tuple[str, dict[str, Any]]:
    """The page of a step and what is sent to it, with a name in its text."""
    agreement = make.whole("A", 3)
    if kind == "addition":
        new = {"key": str(uuid7()), "place": "end", "text": NAMED}
        return f"{AT}/{agreement.pk}/dodatek/", new
    if kind == "edit":
        own = make.addition(agreement)
        return f"{AT}/dodatki/{own.pk}/", {"version": 0, "place": "end", "text": NAMED}
    agreement = make.before_parties(agreement)
    if kind == "refusal":
        party = agreement.parties.first()
        assert party is not None
        return f"{AT}/strony/{party.pk}/odmowa/", {"version": party.version, "reason": NAMED}
    at = f"{AT}/{agreement.pk}/cofniecie/"
    return at, {"version": agreement.version, "reason": NAMED}


def state() -> list[Any]:
    return [
        list(model.objects.order_by("pk").values()) for model in (Addition, Agreement, Party, Entry)
    ]


@pytest.mark.parametrize("kind", ["addition", "edit", "refusal", "taken back"])
def test_a_name_stops_it_until_its_writer_says_why(
    partnership: TenantRef, office: Client, kind: str
) -> None:
    with inside(partnership):
        at, said = steps(kind)
        office.get(at)
        before = state()
        stopped = office.post(at, said)
        assert stopped.status_code == 422
        assert "Anna Kowalska" in stopped.content.decode()
        assert state() == before
        assert office.post(at, {**said, "guard_reason": "Osoba publiczna"}).status_code == 302
        assert Entry.objects.get(verb=PASSED).why == "Osoba publiczna"
        assert state() != before
