"""The pages of the group: founded, asked for, accepted, and its meetings (POR-C §3)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from uuid6 import uuid7

from gmina.ggk.models import DelegationRequest, Group
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.polish import pl_date
from kooperacja.workdays import is_workday
from tenants.data_protection.models import ConfidentialityStatement
from tenants.exchange.models import PublishedAgreement
from tenants.meetings.models.meetings import Meeting
from tenants.registry.roles import Role
from tenants.teams.models import Team
from tests.factories import ggk as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.factories import regulation as make_regulation

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


def test_in_a_city_the_words_wait_for_no_other_unit(city: TenantRef) -> None:
    with inside(city):
        make_partnership.found(city)
        browser, _ = make_people.signed_in(city, Role.LEAD)
        group, asked = reverse("ggk:groups"), reverse("pzk:delegations")
    assert "gdy zacznie obowiązywać porozumienie, które obejmuje tę gminę" in shown(browser, group)
    page = shown(browser, asked)
    assert "Ośrodki proszą Strony porozumienia o delegatów" in page
    assert "Nikt nie prosił jeszcze o delegata" in page


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


def test_with_its_agreement_over_nobody_can_be_asked_and_the_page_says_since_when(
    come: Come, group: Group, gmina: TenantRef
) -> None:
    office, at, day = come(Role.LEAD), f"{AT}{group.pk}/", make.tomorrow(-3)
    assert "Poproś o delegowanie osoby" in shown(office, at)
    PublishedAgreement.objects.update(ended_on=day)
    page = shown(office, at)
    assert "Poproś o delegowanie osoby" not in page
    assert f"nie obowiązuje od {pl_date(day)}".replace("\xa0", " ") in page
    assert "Nie ma kogo poprosić o delegowanie" in shown(office, f"{at}prosba/")
    with inside(gmina):
        assert not DelegationRequest.objects.exists()


def test_the_coordinator_is_asked_for_secrecy_first(
    come: Come, group: Group, gmina: TenantRef
) -> None:
    with inside(gmina):
        browser, worker = make_people.signed_in(gmina, Role.SOCIAL_WORKER)
        make.coordinator(group, worker, has_promised=False)
        team = Team.objects.get(rests_on=group.pk)
        meeting = reverse("meetings:meeting_new", args=[team.pk])
    at, words = f"{AT}{group.pk}/poufnosc/", "Złóż oświadczenie o poufności"
    assert browser.get(meeting).status_code == 404
    assert words in shown(browser, "/gmina/gogolin/")
    assert words in shown(browser, f"{AT}{group.pk}/")
    assert browser.post(at, {}).status_code == 422
    with inside(gmina):
        assert not ConfidentialityStatement.objects.exists()
    assert browser.post(at, {"promise": "on"}).status_code == 302
    assert browser.get(meeting).status_code == 200
    assert words not in shown(browser, f"{AT}{group.pk}/")
    assert words not in shown(browser, "/gmina/gogolin/")


def test_the_coordinator_convenes_its_meetings_and_the_lead_does_not_even_see_them(
    come: Come, group: Group, gmina: TenantRef
) -> None:
    with inside(gmina):
        browser, worker = make_people.signed_in(gmina, Role.SOCIAL_WORKER)
        make.coordinator(group, worker)
        team = Team.objects.get(rests_on=group.pk)
        at = reverse("meetings:meeting_new", args=[team.pk])
    assert browser.get(at).status_code == 200
    assert at in shown(browser, f"{AT}{group.pk}/")
    lead = come(Role.LEAD)
    assert lead.get(at).status_code == 404
    assert at not in shown(lead, f"{AT}{group.pk}/")


def next_day(*, is_working: bool) -> date:
    days = (timezone.localdate() + timedelta(days=number) for number in range(1, 15))
    return next(day for day in days if is_workday(day) == is_working)


@pytest.mark.parametrize(
    ("is_working", "starts", "ends", "is_warned"),
    [
        (True, "07:00", "17:00", False),
        (True, "06:30", "08:00", True),
        (True, "16:00", "17:30", True),
        (False, "10:00", "11:00", True),
    ],
)
def test_a_meeting_outside_working_hours_is_warned_of_and_saved(
    come: Come,
    group: Group,
    gmina: TenantRef,
    is_working: bool,
    starts: str,
    ends: str,
    is_warned: bool,
) -> None:
    with inside(gmina):
        browser, worker = make_people.signed_in(gmina, Role.SOCIAL_WORKER)
        make.coordinator(group, worker)
        at = reverse("meetings:meeting_new", args=[Team.objects.get(rests_on=group.pk).pk])
    assert "od poniedziałku do piątku, 7:00–17:00" in shown(browser, at)
    day = next_day(is_working=is_working).isoformat()
    when = {"day": day, "starts": starts, "ends": ends}
    sent = {"key": str(uuid7()), "mode": "DIRECT", "place": "Ośrodek, sala 2", **when}
    answer: Any = browser.post(at, sent)
    assert answer.status_code == 302
    assert ("poza godzinami pracy" in shown(browser, answer["Location"])) == is_warned
    with inside(gmina):
        assert Meeting.objects.filter(team__rests_on=group.pk).count() == 1


def test_a_second_request_for_one_function_is_said_beside_its_field(
    come: Come, group: Group, gmina: TenantRef
) -> None:
    with inside(gmina):
        row = make.asked(group)
    sent = {
        "key": str(uuid7()),
        "party": str(row.party_id),
        "function": row.function,
        "from_on": str(make.tomorrow()),
        "answer_by": str(make.tomorrow(10)),
    }
    answer: Any = come(Role.LEAD).post(f"{AT}{group.pk}/prosba/", sent)
    assert answer.status_code == 422
    page = answer.content.decode().replace("\xa0", " ")
    assert "Ta instytucja ma już prośbę o osobę w tej funkcji" in page
    assert f'value="{make.tomorrow(10)}"' in page
    with inside(gmina):
        assert DelegationRequest.objects.get() == row


def test_a_delegate_is_asked_and_shown_nothing_of_the_partnership(
    come: Come, group: Group, gmina: TenantRef
) -> None:
    with inside(gmina):
        make_regulation.in_force()
        row = make.seated(group)
        browser, person = make_people.signed_in(gmina, Role.DELEGATE, organisation=row.organisation)
        DelegationRequest.objects.filter(pk=row.pk).update(person=person)
    member, delegate = (
        shown(one, "/gmina/gogolin/") + shown(one, "/gmina/gogolin/spotkania/")
        for one in (come(Role.LEAD), browser)
    )
    words = ("Zapoznaj się z regulaminem", "załącznik nr 3", "Zespoły", "Plan działania")
    assert [word for word in words if word not in member] == []
    assert [word for word in words if word in delegate] == []
    assert "Gminna Grupa Kooperacji" in delegate
