"""Disputes on their pages: reported, agreed on, and closed to everybody else (REG §10)."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate
from uuid6 import uuid7

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.dialogue.models import Dispute, Proposal
from tenants.dialogue.workflow import DisputeState
from tenants.people.models import Organisation, RoleAssignment
from tenants.registry.roles import Role
from tests.factories import dialogue as make_dialogue
from tests.factories import meetings as make_meetings
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.tenants.reading import HOME, text_of

LIST = HOME + "miedzy-spotkaniami/spory/"
WORDS = "Spór o dyżury w świetlicy"

Reader = Callable[[Organisation], Client]


@pytest.fixture
def house(partnership: TenantRef) -> Organisation:
    with inside(partnership):
        return make_partnership.member(make.organisation(name="Dom Kultury")).organisation


@pytest.fixture
def club(partnership: TenantRef) -> Organisation:
    with inside(partnership):
        return make_partnership.member(make.organisation(name="Klub")).organisation


@pytest.fixture
def head_of(partnership: TenantRef) -> Reader:
    """Gives the browser of somebody who speaks for an institution."""

    def head(of: Organisation) -> Client:
        with inside(partnership):
            return make.signed_in(partnership, Role.PARTNER_HEAD, organisation=of)[0]

    return head


@pytest.fixture
def reported(
    partnership: TenantRef, house: Organisation, club: Organisation, head_of: Reader
) -> tuple[Client, Dispute]:
    client = head_of(house)
    with inside(partnership):
        team = make_meetings.pzk()
    form = {
        "key": str(uuid7()),
        "of": str(house.pk),
        "against": [str(club.pk)],
        "subject": WORDS,
        "text": "Obie instytucje mają dyżur w tym samym pokoju.",
    }
    answer = client.post(f"{LIST}nowy/{team.pk}/", form)
    again = client.post(f"{LIST}nowy/{team.pk}/", form)
    assert (answer.status_code, again.status_code) == (302, 302)
    with inside(partnership):
        return client, Dispute.objects.get()


def url_of(dispute: Dispute) -> str:
    return f"{LIST}{dispute.pk}/"


def search(client: Client) -> Any:
    return client.post(f"{HOME}szukaj/", {"slowa": "spór o dyżury"})


def main_of(answer: Any) -> str:
    return text_of(answer).partition("<main")[2]


def test_whom_it_does_not_concern_gets_the_answer_of_a_dispute_that_is_not_there(
    partnership: TenantRef, reported: tuple[Client, Dispute], head_of: Reader
) -> None:
    url = url_of(reported[1])
    with inside(partnership):
        third = make_partnership.member(make.organisation(name="Szkoła")).organisation
        officer = make.signed_in(partnership, Role.DPO)[0]
    for client in (head_of(third), officer):
        hidden = client.get(url)
        missing = client.get(url.replace(str(reported[1].pk), str(uuid7())))
        assert (hidden.status_code, missing.status_code) == (404, 404)
        assert main_of(hidden) == main_of(missing)
        for answer in (client.get(LIST), search(client), client.get(f"{HOME}dziennik/")):
            told = text_of(answer)
            assert WORDS not in told
            assert "Spór z " not in told
    assert WORDS in text_of(search(reported[0]))


def test_the_other_party_reads_it_and_both_agree_on_its_end(
    partnership: TenantRef, reported: tuple[Client, Dispute], club: Organisation, head_of: Reader
) -> None:
    ours, dispute = reported
    theirs = head_of(club)
    assert WORDS in text_of(theirs.get(url_of(dispute)))
    words = {"key": str(uuid7()), "text": "Dyżury na zmianę."}
    assert ours.post(f"{url_of(dispute)}ugoda/", words).status_code == 302
    with inside(partnership):
        proposal = Proposal.objects.get()
    page = f"{LIST}propozycje/{proposal.pk}/"
    refused = theirs.post(page, {"version": "0", "is_agreed": "nie"})
    assert refused.status_code == 422
    assert "Napisz, dlaczego się nie zgadzacie" in text_of(refused)
    agreed = theirs.post(page, {"version": "0", "is_agreed": "tak"}, follow=True)
    assert "zakończony ugodą" in text_of(agreed)
    assert "Zgodziły się wszystkie strony i spór zakończył się ugodą." in text_of(agreed)
    course = text_of(agreed).partition("Przebieg")[2]
    assert course.index("Zgłoszono spór") < course.index("Zakończony ugodą")
    with inside(partnership):
        assert Dispute.objects.get().state == DisputeState.SETTLED


def test_the_page_of_a_dispute_says_who_may_end_it_when_a_party_has_left(
    partnership: TenantRef,
    reported: tuple[Client, Dispute],
    house: Organisation,
    club: Organisation,
    head_of: Reader,
) -> None:
    ours, dispute = reported
    theirs = head_of(club)
    with inside(partnership):
        lead = make.signed_in(partnership, Role.LEAD)[0]
        make_meetings.pzk().seats.filter(organisation=club).update(ended_on=localdate())
    left = "Strona, która nie ma już miejsca w zespole: Klub. Nikt za nią nie odpowie. "
    told = text_of(ours.get(url_of(dispute)))
    assert f"{left}Spór zakończy mediator, możesz go też wycofać." in told
    assert f"{left}Spór zakończy mediator." in text_of(theirs.get(url_of(dispute)))
    lead.post(f"{url_of(dispute)}mediacja/", {"version": "0"})
    assert f"{left}Możesz zakończyć ten spór." in text_of(lead.get(url_of(dispute)))


def test_the_lider_takes_it_on_and_ends_it(
    partnership: TenantRef, reported: tuple[Client, Dispute]
) -> None:
    dispute = reported[1]
    with inside(partnership):
        lead = make.signed_in(partnership, Role.LEAD)[0]
    assert "Podejmij mediację" in text_of(lead.get(url_of(dispute)))
    assert lead.post(f"{url_of(dispute)}mediacja/", {"version": "0"}).status_code == 302
    step = {
        "key": str(uuid7()),
        "kind": "TALK",
        "day": "2026-01-15",
        "text": "Rozmowa z obiema stronami.",
    }
    assert lead.post(f"{url_of(dispute)}krok/", step).status_code == 302
    future = lead.post(f"{url_of(dispute)}krok/", step | {"key": str(uuid7()), "day": "2099-01-01"})
    assert future.status_code == 422
    ended = {"version": "1", "to": "UNSETTLED", "result": "Strony nie chcą ugody."}
    assert lead.post(f"{url_of(dispute)}zakoncz/", ended).status_code == 302
    told = text_of(reported[0].get(url_of(dispute)))
    assert "Strony nie chcą ugody." in told
    assert "Rozmowa z obiema stronami." in told
    late = reported[0].get(f"{url_of(dispute)}krok/")
    assert late.status_code == 409
    assert "Ten spór jest zakończony" in text_of(late)


def test_a_dispute_with_the_lider_asks_first_for_a_mediator_and_says_from_where_each_is(
    partnership: TenantRef, house: Organisation, head_of: Reader
) -> None:
    ours = head_of(house)
    with inside(partnership):
        dispute = make_dialogue.dispute(house)
        third = make_partnership.member(make.organisation(name="Biblioteka"))
        librarian = third.coordinators.get().person
        RoleAssignment.objects.create(
            person=librarian,
            role=Role.PARTNER_COORDINATOR,
            organisation=third.organisation,
            from_on=localdate(),
        )
    page = ours.get(url_of(dispute)).content.decode()
    [primary] = re.findall(r'class="btn btn-primary"[^>]*>([^<]+)', page)
    assert primary == "Zaproponuj mediatora"
    offered = ours.get(f"{url_of(dispute)}mediator/").content.decode()
    assert f'<option value="{librarian.pk}">{librarian}, Biblioteka</option>' in offered
