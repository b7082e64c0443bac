"""The interface keeps its own description: schemathesis asks whatever that allows and forbids."""

import copy
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from schemathesis.config import SchemathesisConfig

from api.reference import schema
from api.v1 import keys
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.wsgi import application
from tests.api.conftest import Of, Program
from tests.budget import cases
from tests.factories import accession as make_accession
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.factories import regulation as make_regulation

SCHOOL = "01900000-0000-7000-8000-000000000001"
# What is really there, so that most requests get beyond "not found".
DECLARATION = "01900000-0000-7000-8000-000000000002"
REGULATION = "01900000-0000-7000-8000-000000000003"
KNOWN = {
    "code": ["1605", "160501", "166101"],
    "organisation_id": [SCHOOL],
    "declaration_id": [DECLARATION],
    "regulation_id": [REGULATION],
    "as_of": ["2024-02-29", "2026-01-02"],  # no schema can say that a day is past
}
CONFIG = {
    "seed": 1,
    "generation": {
        "max-examples": cases(8),
        "deterministic": True,
        "allow-x00": False,
        "no-shrink": True,
        "database": "none",
    },
    # 422: well-formed, yet a check digit or a postal code is wrong, which no schema can say.
    "checks": {
        "positive_data_acceptance": {
            "expected-statuses": ["2xx", "401", "403", "404", "409", "422"]
        }
    },
}


def _document() -> dict[str, Any]:
    document = copy.deepcopy(schema())
    for item in document["paths"].values():
        for operation in item.values():
            for parameter in operation.get("parameters", ()):
                if parameter["name"] in KNOWN:
                    parameter["schema"] = {"type": "string", "enum": KNOWN[parameter["name"]]}
    return document


API = schemathesis.openapi.from_dict(_document(), config=SchemathesisConfig.from_dict(CONFIG))
API.app = application


@API.hook  # type: ignore[untyped-decorator]
def filter_query(context: Any, query: dict[str, Any] | None) -> bool:
    """Leave out a query with an empty list: it counts as a fault, and nothing of it is sent."""
    return query is None or [] not in query.values()


@pytest.fixture(autouse=True)
def _no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "REQUESTS_A_MINUTE", 1_000_000)


@pytest.fixture(autouse=True)
def _open_connections() -> Iterator[None]:
    """As Django's own test client does: a request must not end the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def lead(partnership: TenantRef, program_of: Of) -> Program:
    with inside(partnership):
        make_partnership.member(make.organisation(id=SCHOOL))
        make_accession.draft(make.lead(), key=UUID(DECLARATION))
        make_regulation.amendment(id=REGULATION)
    return program_of(partnership)


def test_a_query_of_which_a_fault_is_not_sent_is_no_case() -> None:
    assert not filter_query(None, {"limit": 323, "": []})
    assert filter_query(None, {"limit": 323})
    assert filter_query(None, None)


@API.exclude(path_regex="/tenants/").parametrize()  # type: ignore[untyped-decorator]
def test_the_regions_part(case: Any, region: Program) -> None:
    case.call_and_validate(headers=region.headers)


@API.include(path_regex="/tenants/").parametrize()  # type: ignore[untyped-decorator]
def test_a_tenants_part(case: Any, lead: Program) -> None:
    case.call_and_validate(headers=lead.headers)
