"""A gmina and the county's unit, whose own app is not there: what it is told is kept."""

from collections.abc import Callable
from typing import Any

import pytest

from gmina.ggk.models import Group
from kooperacja import offers
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.exchange import delegations
from tenants.exchange.letters import LetterKind, LetterRef
from tenants.exchange.models import PublishedAgreement
from tests.factories import ggk as make
from tests.factories import people as make_people
from tests.factories.exchange import carried, post

COUNTY_READS = {delegations.ASKED, delegations.WITHDRAWN, delegations.STATE}
Answer = Callable[..., None]


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """Letters that the county's unit read, in their order."""
    said: list[tuple[str, dict[str, Any]]] = []

    def read(letter: LetterRef) -> None:
        said.append((letter.kind, dict(letter.payload)))

    mine = [LetterKind(kind, delegations.FIELDS[kind], read) for kind in sorted(COUNTY_READS)]
    others = [
        one
        for one in offers._all()
        if not (isinstance(one, LetterKind) and one.kind in COUNTY_READS)
    ]
    monkeypatch.setattr(offers, "_all", lambda: (*others, *mine))
    return said


@pytest.fixture
def agreement(gmina: TenantRef, powiat: TenantRef) -> PublishedAgreement:
    with inside(gmina):
        return make.published(powiat.id, make.party(number=make_people.regon(7)))


@pytest.fixture
def group(gmina: TenantRef, agreement: PublishedAgreement, heard: list[Any]) -> Group:
    with inside(gmina):
        return make.group(agreement)


@pytest.fixture
def answered(gmina: TenantRef, powiat: TenantRef) -> Answer:
    """The county's unit answers a request, and the workers carry the letter."""

    def answer(row: Any, answer: str = "NAMED", dedupe: str = "", **fields: Any) -> None:
        named = {"full_name": "Olga Pokazowa", "email": "olga@pokaz.example", "function": "pedagog"}
        payload = {"request_id": str(row.pk), "answer": answer}
        payload |= (named if answer == "NAMED" else {"reason": "Brak etatu"}) | fields
        post(powiat, gmina.id, delegations.ANSWERED, dedupe or f"answer:{row.pk}", **payload)
        carried(powiat, gmina)

    return answer
