"""Nothing is open without the right key, and every refusal is a problem in Polish."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from api.v1 import keys
from kooperacja.accounts.models import ApiToken
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.people.models import Organisation, Person, RoleAssignment
from tenants.registry.models import Access, Tenant
from tenants.registry.roles import Role
from tests.api.conftest import Of, Program
from tests.factories import accounts as make_account
from tests.factories import people as make
from tests.factories.accounts import access

REGION = ["units/", "units/1605/", "indicators/", "figures/"]
ROW = "01900000-0000-7000-8000-000000000000"
TENANT = [
    *("organisations/", f"organisations/{ROW}/", "members/"),
    *("declarations/", f"declarations/{ROW}/", "regulations/", f"regulations/{ROW}/"),
]


def _problem(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert (body["status"], body["type"]) == (status, "about:blank")
    assert body["title"]
    assert body["detail"]
    return body


@pytest.mark.parametrize("path", [*REGION, "tenants/1605/members/", "tenants/9999/members/"])
def test_without_a_key_nobody_is_answered(db: None, path: str) -> None:
    response = Client().get(f"/api/v1/{path}")
    _problem(response, 401)
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="kooperacja"'


@pytest.mark.parametrize("header", ["Bearer koop_x", "Bearer", "Basic YTpi", "Bearer zażółć", "x"])
def test_a_wrong_key_is_refused(db: None, header: str) -> None:
    response = Client().get("/api/v1/units/", headers={"Authorization": header})
    _problem(response, 401)


def test_a_session_opens_nothing(coordinator_session: Client) -> None:
    _problem(coordinator_session.get("/api/v1/units/"), 401)


@pytest.mark.parametrize("path", REGION)
def test_a_tenants_key_does_not_open_the_region_even_for_its_coordinator(
    gmina: TenantRef, program_of: Of, path: str
) -> None:
    program = program_of(gmina)
    access(program.account, None, Role.ROPS_COORDINATOR)
    _problem(program.get(path), 403)


@pytest.mark.parametrize("path", TENANT)
def test_the_regions_key_opens_no_tenant(gmina: TenantRef, region: Program, path: str) -> None:
    _problem(region.get(f"tenants/{gmina.code}/{path}"), 403)


@pytest.mark.parametrize("path", ["organisations/", "members/", "declarations/", "regulations/"])
def test_a_key_opens_its_own_tenant_alone_though_its_owner_works_in_two(
    gmina: TenantRef, powiat: TenantRef, program_of: Of, path: str
) -> None:
    program = program_of(gmina)
    access(program.account, powiat, Role.LEAD)
    with inside(powiat):
        make.person(Role.LEAD, account=program.account)
    assert program.get(f"tenants/{gmina.code}/{path}").status_code == 200
    _problem(program.get(f"tenants/{powiat.code}/{path}"), 403)


def test_a_tenant_that_does_not_exist_is_not_found(gmina: TenantRef, program_of: Of) -> None:
    for code in ("160599", "9999", "abc", "1605021"):
        _problem(program_of(gmina).get(f"tenants/{code}/members/"), 404)


def test_a_coordinator_who_left_loses_the_region(region: Program) -> None:
    Access.objects.filter(account=region.account).update(ended_at=timezone.now())
    _problem(region.get("units/"), 403)


def test_a_member_who_left_loses_the_tenant(gmina: TenantRef, program_of: Of) -> None:
    program = program_of(gmina)
    assert program.get(f"tenants/{gmina.code}/members/").status_code == 200
    Access.objects.filter(account=program.account).update(ended_at=timezone.now())
    _problem(program.get(f"tenants/{gmina.code}/members/"), 403)


def _without_factor(program: Program) -> None:
    Authenticator.objects.filter(user=program.account).delete()


def test_a_key_of_an_office_is_closed_while_its_owner_has_no_second_factor(
    partnership: TenantRef, program_of: Of
) -> None:
    program, path = program_of(partnership), f"tenants/{partnership.code}/organisations/"
    assert program.get(path).status_code == 200
    _without_factor(program)
    assert "drugiego składnika" in _problem(program.get(path), 403)["detail"]
    _problem(program.post(path, {}), 403)
    make_account.with_totp(program.account)
    assert program.get(path).status_code == 200


def test_so_is_a_key_of_the_region(region: Program) -> None:
    _without_factor(region)
    assert "drugiego składnika" in _problem(region.get("units/"), 403)["detail"]


def test_so_is_one_whose_owner_got_an_office_role_that_no_door_knows_of_yet(
    partnership: TenantRef, program_of: Of
) -> None:
    with inside(partnership):
        institution = make.organisation()
    program = program_of(partnership, Role.PARTNER_HEAD, organisation=institution)
    path = f"tenants/{partnership.code}/members/"
    _without_factor(program)
    assert program.get(path).status_code == 200
    with inside(partnership):
        person = Person.objects.get(account_id=program.account.pk)
        RoleAssignment.objects.create(
            person=person, role=Role.LEAD, from_on=make.ESTABLISHED, granted_by="test"
        )
    _problem(program.get(path), 403)


@pytest.mark.parametrize("status", ["SUSPENDED", "CLOSED", "OPENING"])
def test_a_tenant_that_is_not_open_answers_nobody(
    gmina: TenantRef, program_of: Of, status: str
) -> None:
    Tenant.objects.filter(pk=gmina.id).update(status=status)
    _problem(program_of(gmina).get(f"tenants/{gmina.code}/members/"), 403)


def test_expired_and_revoked_keys_are_refused(region: Program) -> None:
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    _problem(region.get("units/"), 401)
    ApiToken.objects.update(
        expires_at=timezone.now() + timedelta(days=1), revoked_at=timezone.now()
    )
    _problem(region.get("units/"), 401)


def test_a_key_for_reading_writes_nothing(gmina: TenantRef, program_of: Of) -> None:
    reader = program_of(gmina, scope="TENANT_READ")
    body = {"name": "Szkoła", "sector": "EDUCATION", "city": "Gogolin"}
    _problem(reader.post(f"tenants/{gmina.code}/organisations/", body), 403)
    with inside(gmina):
        assert not Organisation.objects.exists()


def test_an_account_without_a_person_in_the_tenant_reads_nothing(
    gmina: TenantRef, program_of: Of
) -> None:
    program = program_of(gmina)
    with inside(gmina):
        from tenants.people.models import Person

        Person.objects.update(account_id=None)
    _problem(program.get(f"tenants/{gmina.code}/members/"), 403)
    _problem(program.get(f"tenants/{gmina.code}/organisations/"), 403)


def test_too_many_requests_are_told_when_to_return(
    region: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "REQUESTS_A_MINUTE", 2)
    monkeypatch.setattr(keys.time, "time", lambda: 1_800_000_030.0)
    assert [region.get("indicators/").status_code for _ in range(3)] == [200, 200, 429]
    response = region.get("indicators/")
    _problem(response, 429)
    assert response.headers["Retry-After"] == "31"


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "post"])
def test_other_methods_are_refused(region: Program, method: str) -> None:
    call = getattr(Client(), method)
    _problem(call("/api/v1/units/", headers=region.headers), 405)


def test_any_other_address_is_not_found(db: None) -> None:
    _problem(Client(enforce_csrf_checks=True).post("/api/v1/nic/"), 404)
    _problem(Client().get("/api/v1/units"), 404)
