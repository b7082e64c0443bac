"""Search in a unit: each finds what their pages show them, and nothing else."""

import re
from typing import Any

import pytest
from django.test import Client

from kooperacja import offers
from kooperacja.accounts import pace
from kooperacja.accounts.pace import Pace
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.everywhere import MOST, Searchable
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tests.declared import ALL
from tests.factories import accession as make_accession
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.place import Place
from tests.tenants.reading import HOME, text_of

SEARCH = HOME + "szukaj/"
# Of each kind there is a row in which these stand.
BROAD = ("numer", "partner", "a")
NAME = "Żaneta Śliwińska-Źdźbło"


def found(client: Client, words: str, at: str = SEARCH) -> dict[str, list[tuple[str, str]]]:
    """Links and titles of each kind that was found."""
    page = text_of(client.post(at, {"slowa": words})).partition("<main")[2].partition("</main>")[0]
    kinds = re.split(r'<h2 id="rodzaj-\d+">', page)[1:]
    links = r'<p><a href="([^"]+)">([^<]+)</a></p>'
    return {kind.partition("<")[0]: re.findall(links, kind) for kind in kinds}


@pytest.mark.parametrize("visitor", ALL)
def test_whatever_is_found_is_open_to_whoever_found_it(place: Place, visitor: str) -> None:
    client, at = place.clients[visitor], f"{place.here.prefix}/szukaj/"
    links: dict[str, str] = {}
    for words in (*BROAD, "senior"):
        for rows in found(client, words, at).values():
            links |= dict(rows)
    answers = {link: client.get(link).status_code for link in links}
    assert {link: code for link, code in answers.items() if code != 200} == {}
    assert any(link.startswith(place.here.prefix) for link in links)


def test_each_kind_is_found_by_the_lider(place: Place) -> None:
    kinds: set[str] = set()
    for words in (*BROAD, "regulamin", "senior"):
        kinds |= set(found(place.clients["L"], words, f"{place.here.prefix}/szukaj/"))
    assert kinds == {one.label for one in offers.of(Searchable)} | {"Strony", "Pomoc"}


def test_people_are_found_by_who_sees_them_and_declarations_by_whose_they_are(
    in_partnership: TenantRef, lead: Person
) -> None:
    own = make_accession.filed(lead)
    Organisation.objects.filter(pk=own.organisation_id).update(name="Szkoła Podstawowa")
    member = make_partnership.member(make.organisation(name="Żłobek"))
    make.head(member.organisation, full_name=NAME)
    make.person(Role.NETWORK_OFFICER, full_name=NAME)
    keeper, _ = make.signed_in(in_partnership, Role.LEAD)
    partner, _ = make.signed_in(
        in_partnership, Role.PARTNER_COORDINATOR, organisation=member.organisation
    )
    applicant, person = make.signed_in(
        in_partnership, Role.APPLICANT, organisation=own.organisation
    )

    assert set(found(keeper, "zaneta sliwinska")) == {"Ludzie w instytucjach", "Ludzie ośrodka"}
    assert set(found(partner, "zaneta sliwinska")) == {"Ludzie w instytucjach"}
    assert found(applicant, "zaneta sliwinska") == {}
    assert set(found(keeper, "podstawowa")) == {"Instytucje", "Deklaracje"}
    assert set(found(partner, "podstawowa")) == {"Instytucje"}
    assert found(applicant, "podstawowa") == {}
    AccessionDeclaration.objects.filter(pk=own.pk).update(state="DRAFT", applicant=person)
    assert set(found(applicant, "podstawowa")) == {"Deklaracje"}


def test_another_unit_is_never_searched(gmina: TenantRef, powiat: TenantRef) -> None:
    with inside(powiat):
        make_partnership.found(powiat)
        make.organisation(name="Szpital Daleki")
    with inside(gmina):
        make_partnership.found(gmina)
        client, _ = make.signed_in(gmina, Role.LEAD)
    assert found(client, "szpital daleki") == {}


def test_who_is_not_let_in_finds_nothing(gmina: TenantRef, powiat: TenantRef) -> None:
    with inside(powiat):
        make_partnership.found(powiat)
        client, _ = make.signed_in(powiat, Role.LEAD)
    with inside(gmina):
        make_partnership.found(gmina)
        make.organisation(name="Szkoła")
    assert client.post(SEARCH, {"slowa": "szkoła"}).status_code == 403
    assert Client().post(SEARCH, {"slowa": "szkoła"}).status_code == 302


def test_words_in_the_address_are_not_looked_for(in_partnership: TenantRef, keeper: Client) -> None:
    make.organisation(name="Szkoła")
    page = text_of(keeper.get(SEARCH, {"slowa": "szkoła"}))
    assert "rodzaj-1" not in page
    assert 'value="szkoła"' not in page


def test_of_many_the_first_are_shown_and_the_list_has_the_rest(
    in_partnership: TenantRef, keeper: Client
) -> None:
    for number in range(MOST + 1):
        make.organisation(name=f"Szkoła {number:02}")
    assert len(found(keeper, "szkoła")["Instytucje"]) == MOST
    page = text_of(keeper.post(SEARCH, {"slowa": "szkoła"}))
    (more,) = re.findall(r'href="([^"]+instytucje/\?szukaj=[^"]+)"', page)
    assert text_of(keeper.get(more)).count("Szkoła ") >= MOST + 1


def test_too_many_words_and_none_are_refused_in_words(
    in_partnership: TenantRef, keeper: Client
) -> None:
    refused = keeper.post(SEARCH, {"slowa": " ".join("abcdefghij")})
    assert refused.status_code == 422
    assert "najwyżej 8 słów" in text_of(refused)
    assert "Niczego nie znaleziono" in text_of(keeper.post(SEARCH, {"slowa": "qqxqq"}))
    assert "Niczego nie znaleziono" not in text_of(keeper.post(SEARCH, {"slowa": " "}))


def test_who_searches_faster_than_people_do_is_told_so(
    in_partnership: TenantRef, keeper: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SEARCHES_AT_ONCE = 2
    monkeypatch.setattr(pace, "_searches", Pace("SEARCHES_AT_ONCE", 4.0))
    form = "application/x-www-form-urlencoded"  # as browsers send it
    codes = [keeper.post(SEARCH, "slowa=x", content_type=form).status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    assert keeper.get(SEARCH).status_code == 200


def test_every_page_of_a_unit_has_the_field_and_a_strangers_has_none(
    in_partnership: TenantRef, keeper: Client
) -> None:
    assert f'action="{SEARCH}"' in text_of(keeper.get(HOME))
    assert f'action="{SEARCH}"' not in text_of(Client().get(HOME + "dolacz/"))
    assert "k-find" not in text_of(keeper.get("/konto/"))


def test_two_declarations_of_one_name_are_told_apart(
    in_partnership: TenantRef, lead: Person
) -> None:
    for town, day in (("Gogolin", "2026-03-03 12:00Z"), ("Malnia", "2026-04-04 12:00Z")):
        of = make.organisation(name="Komisariat nr 1", city=town)
        AccessionDeclaration.objects.create(organisation=of, created_at=day)
    keeper, _ = make.signed_in(in_partnership, Role.LEAD)
    said = text_of(keeper.post(SEARCH, {"slowa": "komisariat"}))

    assert "szkic 3 marca 2026 r., Gogolin" in said
    assert "szkic 4 kwietnia 2026 r., Malnia" in said
