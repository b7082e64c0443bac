"""Declaring is offered where a declaration can be filed, and nowhere else (REG §1.5)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.models.recruitment import Recruitment
from tenants.partnership.models import Partnership
from tenants.people.models import Person
from tenants.regulation.models import RegulationVersion
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.tenants.reading import HOME, PARTNERSHIP, text_of

OFFERED = 'href="/gmina/gogolin/partnerstwo/deklaracje/nowa/'


def offered(client: Client, *paths: str) -> list[bool]:
    return [OFFERED in text_of(client.get(path)) for path in (HOME, *paths)]


def test_it_is_offered_while_a_regulation_is_in_force(
    keeper: Client, lead: Person, partnership: TenantRef
) -> None:
    new = make.organisation()
    paths = f"{PARTNERSHIP}deklaracje/", f"{PARTNERSHIP}instytucje/{new.pk}/"
    assert offered(keeper, *paths) == [True] * 3

    with inside(partnership):
        tomorrow = timezone.localdate() + timedelta(days=1)
        RegulationVersion.objects.update(in_force_from=tomorrow)

    assert offered(keeper, *paths) == [False] * 3


def test_inviting_is_offered_where_there_is_a_partnership(
    keeper: Client, lead: Person, partnership: TenantRef
) -> None:
    new, listed = f"{PARTNERSHIP}nabor/nowy/", f"{PARTNERSHIP}nabor/"
    assert new in text_of(keeper.get(listed))

    with inside(partnership):
        Partnership.objects.update(state="DRAFT", established_on=None)

    assert new not in text_of(keeper.get(listed))
    refused = keeper.get(new)
    assert refused.status_code == 409
    assert "Do tego Partnerstwa nie można teraz zapraszać" in text_of(refused)
    assert not Recruitment.objects.exists()


def test_a_member_is_offered_none(keeper: Client, lead: Person, partnership: TenantRef) -> None:
    member = make_partnership.member(make.organisation()).organisation
    assert offered(keeper, f"{PARTNERSHIP}instytucje/{member.pk}/") == [True, False]


@pytest.mark.parametrize("page", ["deklaracje/"])
def test_none_is_offered_once_dissolved(
    keeper: Client, lead: Person, partnership: TenantRef, page: str
) -> None:
    with inside(partnership):
        today = timezone.localdate()
        Partnership.objects.update(state="DISSOLVED", dissolved_on=today)
    assert offered(keeper, PARTNERSHIP + page) == [False] * 2
