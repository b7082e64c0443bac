"""Versions of the regulation, as programs of members and of who only applies read them."""

from datetime import date

import pytest

from kooperacja.accounts.models import Account
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.registry.roles import Role
from tenants.regulation.models import RegulationVersion
from tests.api.conftest import Of, program_with
from tests.factories import accession as make_accession
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.factories import regulation as make_regulation


@pytest.fixture
def path(partnership: TenantRef) -> str:
    return f"tenants/{partnership.code}/regulations/"


@pytest.fixture
def first(partnership: TenantRef) -> RegulationVersion:
    """In force since the first day."""
    with inside(partnership):
        return RegulationVersion.objects.get()


@pytest.fixture
def voting(partnership: TenantRef, first: RegulationVersion) -> RegulationVersion:
    """A change that is being voted on."""
    with inside(partnership):
        return make_regulation.amendment("VOTING")


def test_a_member_reads_adopted_versions_and_what_is_being_changed(
    partnership: TenantRef, program_of: Of, path: str, voting: RegulationVersion
) -> None:
    worker = program_of(partnership, Role.SOCIAL_WORKER)
    results = worker.get(path).json()["results"]
    assert [(one["number"], one["state"]) for one in results] == [(None, "VOTING"), (1, "ADOPTED")]
    assert worker.get(f"{path}{voting.pk}/").json()["voting_from"] is not None


def test_who_only_applies_reads_adopted_versions(
    partnership: TenantRef, path: str, first: RegulationVersion, voting: RegulationVersion
) -> None:
    with inside(partnership):
        _, person, _ = make_accession.invited(partnership, make.lead())
    applicant = program_with(Account.objects.get(pk=person.account_id), partnership)
    assert [one["id"] for one in applicant.get(path).json()["results"]] == [str(first.pk)]
    assert applicant.get(f"{path}{first.pk}/").status_code == 200
    refused = applicant.get(f"{path}{voting.pk}/")
    assert refused.status_code == 403
    assert "clauses" not in refused.json()


def test_a_version_is_read_with_its_clauses_and_parameters(
    partnership: TenantRef, program_of: Of, path: str, first: RegulationVersion
) -> None:
    body = program_of(partnership).get(f"{path}{first.pk}/").json()
    assert body["parameters"]["decision_days"] == first.decision_days
    assert body["common_goal"] == first.common_goal
    clauses = {one["ref"]: one for one in body["clauses"]}
    assert len(clauses) == len(first.clauses)
    assert clauses["1.3.a"]["name"] == "§ 1 ust. 3 lit. a"
    assert not any("[[" in one["text"] for one in body["clauses"])


def test_one_version_is_in_force_on_a_day(
    partnership: TenantRef, program_of: Of, path: str, first: RegulationVersion
) -> None:
    second = {"state": "ADOPTED", "number": 2, "adopted_on": date(2025, 5, 1)}
    with inside(partnership):
        later = make_regulation.amendment(in_force_from=date(2025, 6, 1), **second)
    program = program_of(partnership)
    found = [
        [one["id"] for one in program.get(path, in_force_on=day).json()["results"]]
        for day in ("2023-12-31", "2024-01-01", "2025-05-31", "2025-06-01")
    ]
    assert found == [[], [str(first.pk)], [str(first.pk)], [str(later.pk)]]
    assert program.get(path, in_force_on="wczoraj").status_code == 400


def test_a_version_of_another_tenant_is_not_found(
    partnership: TenantRef, powiat: TenantRef, program_of: Of, path: str
) -> None:
    with inside(powiat):
        make_partnership.found(powiat)
        foreign = RegulationVersion.objects.get()
    assert program_of(partnership).get(f"{path}{foreign.pk}/").status_code == 404
