"""The pages of the group: founded, asked for, accepted, and its meetings (POR-C §3)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from uuid6 import uuid7

from gmina.ggk.models import DelegationRequest, Group
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.data_protection.models import ConfidentialityStatement
from tenants.exchange.models import PublishedAgreement
from tenants.registry.roles import Role
from tenants.teams.models import Team
from tests.factories import ggk as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people

AT = "/gmina/gogolin/grupa-kooperacji/"
Heard = list[tuple[str, dict[str, Any]]]
Come = Callable[..., Client]


@pytest.fixture
def come(gmina: TenantRef) -> Come:
    """A browser of somebody of the gmina in these roles."""
    with inside(gmina):
        make_partnership.found(gmina)

    def of(*roles: str, **fields: Any) -> Client:
        with inside(gmina):
            return make_people.signed_in(gmina, *roles, **fields)[0]

    return of


def shown(browser: Client, at: str) -> str:
    """A page, whose spaces are all alike."""
    return browser.get(at).content.decode().replace("\xa0", " ")


def test_the_office_founds_the_group_and_asks_an_institution(
    come: Come, agreement: PublishedAgreement, gmina: TenantRef, heard: Heard
) -> None:
    office = come(Role.NETWORK_OFFICER)
    sent = {"key": str(uuid7()), "agreement": str(agreement.agreement_id)}
    answer: Any = office.post(f"{AT}nowa/", sent)
    assert answer.status_code == 302
    page = shown(office, answer["Location"])
    assert "Poproś o delegowanie osoby" in page
    assert "nikogo nie wskazano" in page
    party = agreement.parties.get()
    asked = {
        "key": str(uuid7()),
        "party": str(party.party_id),
        "function": "pedagog szkolny",
        "from_on": str(make.tomorrow()),
        "answer_by": str(make.tomorrow(10)),
    }
    answer = office.post(f"{answer['Location']}prosba/", asked)
    page = shown(office, answer["Location"])
    assert "czekamy na odpowiedź" in page
    assert "prośba jest w drodze" in page
    with inside(gmina):
        assert DelegationRequest.objects.get().function == "pedagog szkolny"


def test_without_an_agreement_that_names_the_gmina_there_is_nothing_to_found(
    come: Come, gmina: TenantRef
) -> None:
    answer: Any = come(Role.LEAD).get(f"{AT}nowa/")
    assert answer.status_code == 404
    said = answer.content.decode().replace("\xa0", " ")
    assert "Nie ma porozumienia, które obejmuje tę gminę" in said


def test_the_delegate_must_undertake_secrecy_to_accept(
    come: Come, group: Group, gmina: TenantRef, heard: Heard
) -> None:
    with inside(gmina):
        row = make.named(group)
        browser, person = make_people.signed_in(gmina, Role.DELEGATE, organisation=row.organisation)
        DelegationRequest.objects.filter(pk=row.pk).update(person=person)
    at = f"{AT}delegacje/{row.pk}/"
    assert "§ 3 ust. 6 porozumienia" in shown(browser, at)
    assert "Przyjmij delegację" in shown(browser, "/gmina/gogolin/")
    assert browser.post(at, {}).status_code == 422
    with inside(gmina):
        assert DelegationRequest.objects.get(pk=row.pk).state == "NAMED"
        assert not ConfidentialityStatement.objects.exists()
    assert browser.post(at, {"promise": "on"}).status_code == 302
    with inside(gmina):
        assert DelegationRequest.objects.get(pk=row.pk).state == "SEATED"
        assert ConfidentialityStatement.objects.get().person == person
    assert browser.get(f"{AT}{group.pk}/").status_code == 200
    # It is no page of the partnership's members that opens with it.
    assert browser.get("/gmina/gogolin/partnerstwo/czlonkowie/").status_code == 403


def test_a_stale_confirmation_is_said_on_the_page_of_the_group(
    come: Come, group: Group, gmina: TenantRef
) -> None:
    make.aged(group.agreement_id, 30)
    page = shown(come(Role.LEAD), f"{AT}{group.pk}/")
    assert "30 godzin temu" in page
    assert "od ponad doby nie potwierdziła" in page


def test_the_coordinator_convenes_its_meetings_and_the_lead_does_not_even_see_them(
    come: Come, group: Group, gmina: TenantRef
) -> None:
    with inside(gmina):
        browser, worker = make_people.signed_in(gmina, Role.SOCIAL_WORKER)
        make.coordinator(group, worker)
        team = Team.objects.get(rests_on=group.pk)
        at = reverse("meetings:meeting_new", args=[team.pk])
    assert browser.get(at).status_code == 200
    assert come(Role.LEAD).get(at).status_code == 404
