"""Doors to the dissolution of a partnership (REG §1.7)."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from kooperacja.audit.models import Entry
from kooperacja.documents.models import Document
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.actions import decisions
from tenants.partnership.models import Membership, Partnership
from tenants.people.models import Person
from tenants.registry.models import Access
from tenants.registry.roles import Role
from tests.declared import names_of
from tests.factories import accession as make_accession
from tests.factories import accounts, voting
from tests.factories import people as make
from tests.tenants.accession.test_leaving import resign
from tests.tenants.reading import text_of

HOME = "/gmina/gogolin/"
PAGE = HOME + "partnerstwo/rozwiazanie/"
UNIT = "/region/gminy/160501/"


@pytest.fixture
def most_resigned(in_partnership: TenantRef, lead: Person) -> TenantRef:
    """Two of three kooperanci have resigned, so the Lider may dissolve it."""
    for one in voting.members(3)[:2]:
        resign(one, lead, timezone.localdate())
    return in_partnership


def standing(tenant: TenantRef) -> list[Any]:
    with inside(tenant):
        partnership = Partnership.objects.values().get()
        seen = {"ENTERED", "PARTNERSHIP_READ"}
        written = Entry.objects.exclude(verb__in=seen).count()
        return [partnership, list(Membership.objects.order_by("pk").values()), written]


def region_s_coordinator() -> Client:
    account = accounts.member(None, Role.ROPS_COORDINATOR)
    return accounts.with_fresh_factor(accounts.client_of(account))


def test_the_region_has_no_door_to_dissolving(most_resigned: TenantRef) -> None:
    rops, before = region_s_coordinator(), standing(most_resigned)

    for answer in (rops.get(PAGE), rops.post(PAGE)):
        assert answer.status_code == 403
        assert "Rozwiąż Partnerstwo" not in text_of(answer)

    assert standing(most_resigned) == before


def test_nor_has_who_works_for_the_region_and_here_too(most_resigned: TenantRef) -> None:
    rops, person = make.signed_in(most_resigned, Role.DPO)
    Access.objects.create(
        account_id=person.account_id, role=Role.ROPS_COORDINATOR, granted_by="test"
    )
    before = standing(most_resigned)

    assert "Rozwiąż Partnerstwo" not in text_of(rops.get(PAGE))
    assert rops.post(PAGE).status_code == 403
    assert standing(most_resigned) == before


def test_the_region_is_given_neither_role_nor_access_within_a_tenant(
    most_resigned: TenantRef,
) -> None:
    account = accounts.account()
    with pytest.raises(IntegrityError), transaction.atomic(), inside(most_resigned):
        make.person(Role.ROPS_COORDINATOR)
    with pytest.raises(IntegrityError), transaction.atomic(using="shared"):
        Access.objects.create(
            account=account,
            tenant_id=most_resigned.id,
            role=Role.ROPS_COORDINATOR,
            granted_by="test",
        )


def test_the_panel_closes_the_unit_s_door_and_dissolves_nothing(most_resigned: TenantRef) -> None:
    rops, before = region_s_coordinator(), standing(most_resigned)
    names = names_of(get_resolver("region.panel.urls").url_patterns)
    assert not [name for name in names if "dissol" in name]
    assert "ozwiąż" not in text_of(rops.get(UNIT))

    for step in ("rozwiazanie/", "partnerstwo/rozwiazanie/"):
        assert rops.post(UNIT + step).status_code == 404
    for step in ("zawies/", "wznow/", "zamknij/"):
        rops.post(UNIT + step, {"reason": "próba", "code": "160501"})

    assert standing(most_resigned)[0]["state"] == "ACTIVE"
    assert standing(most_resigned) == before


def test_what_was_signed_is_read_after_dissolving(most_resigned: TenantRef, lead: Person) -> None:
    keeper, _ = make.signed_in(most_resigned, Role.LEAD)
    declaration = make_accession.filed(lead)
    decisions.accept_declaration(by=make.by(lead), declaration_id=declaration.pk)
    resign(declaration.organisation, lead, timezone.localdate())
    issued = list(Document.objects.filter(subject=declaration.pk))
    files = [declaration.file_id, *(one.pdf_id for one in issued), *(one.docx_id for one in issued)]

    assert keeper.post(PAGE, follow=True).status_code == 200

    with inside(most_resigned):
        assert Partnership.objects.get().state == "DISSOLVED"
        assert len(files) == 3
    for file in files:
        assert keeper.get(f"{HOME}dokumenty/pliki/{file}/").status_code == 200
    for path in (f"deklaracje/{declaration.pk}/", "regulamin/", "czlonkowie/", "rozwiazanie/"):
        assert keeper.get(f"{HOME}partnerstwo/{path}").status_code == 200


def test_nothing_that_is_over_is_offered_after_it(most_resigned: TenantRef, lead: Person) -> None:
    client, _ = make.signed_in(most_resigned, Role.LEAD)
    with inside(most_resigned):
        Partnership.objects.update(
            state="DISSOLVED", dissolved_on=timezone.localdate(), version=F("version") + 1
        )
    regulation = text_of(client.get(HOME + "partnerstwo/regulamin/"))
    assert "Partnerstwo rozwiązane" in regulation
    assert "Zmień regulamin" not in regulation
    assert "Znam tę wersję regulaminu" not in regulation
    assert "Wpisz zaproszenie" not in text_of(client.get(HOME + "partnerstwo/nabor/"))
    today = text_of(client.get(HOME))
    assert "Zapoznaj się z regulaminem" not in today
    assert "Wpisz deklarację" not in today
