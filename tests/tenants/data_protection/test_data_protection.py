"""The registers of data protection (REG §8)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from uuid6 import uuid7

from kooperacja.documents.models import Document
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from tenants.data_protection import actions
from tenants.data_protection.gate import may_see_personal_data, pairs_on
from tenants.data_protection.models import (
    ConfidentialityStatement,
    DataProcessingAgreement,
    ProcessingAuthorisation,
)
from tenants.data_protection.rules import Part
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tests.factories import data_protection as make_papers
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.tenants.reading import queries_of, text_of

HOME = "/gmina/gogolin/"
PAGES = HOME + "partnerstwo/ochrona-danych/"
TODAY = date(2026, 5, 12)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 5, 12, 10, tzinfo=UTC)):
        yield


@pytest.fixture
def school(in_partnership: TenantRef) -> Organisation:
    school = make.organisation(name="Szkoła Podstawowa nr 3")
    make_partnership.member(school)
    return school


@pytest.fixture
def worker(school: Organisation) -> Person:
    return make.person(Role.PARTNER_WORKER, organisation=school)


def lacks(person: Person, organisation: Organisation | None, day: date = TODAY) -> set[Part]:
    return {lack.part for lack in may_see_personal_data(person, organisation, day).lacks}


def agreement_form(of: Organisation, **changed: Any) -> dict[str, Any]:
    return {
        "key": str(uuid7()),
        "organisation": of.pk,
        "kind": "ENTRUSTMENT",
        "file": make.pdf(),
        "signed_on": "2026-05-10",
        "from_on": "2026-05-12",
        "until": "2026-12-31",
        "scope": "FAMILIES",
        "purpose": "wsparcie rodzin",
        "data_kinds": "imię, nazwisko",
        "person_categories": "członkowie rodzin",
        **changed,
    }


def test_an_agreement_is_entered_once_and_holds_to_its_last_day(
    keeper: Client, school: Organisation, worker: Person
) -> None:
    make_papers.may_see(worker, school)
    DataProcessingAgreement.objects.all().delete()
    sent = agreement_form(school)
    keeper.post(PAGES + "umowy/nowa/", sent)
    page = keeper.post(PAGES + "umowy/nowa/", {**sent, "file": make.pdf()}, follow=True)

    assert "To już zapisano" in text_of(page)
    row = DataProcessingAgreement.objects.get()
    assert row.ended_on == date(2027, 1, 1)
    assert may_see_personal_data(worker, school, date(2026, 12, 31)).allowed
    assert lacks(worker, school, date(2027, 1, 1)) == {Part.AGREEMENT}
    assert "31 grudnia 2026" in text_of(keeper.get(f"{PAGES}umowy/{row.pk}/"))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"signed_on": "2026-05-13"}, "Data podpisania nie może być z przyszłości."),
        ({"from_on": "2026-05-09"}, "Nie może obowiązywać, zanim zostanie podpisane."),
        ({"until": "2026-05-11"}, "Ostatni dzień nie może być przed pierwszym."),
    ],
)
def test_dates_out_of_order_are_said_beside_their_field(
    keeper: Client, school: Organisation, changed: dict[str, str], said: str
) -> None:
    page = keeper.post(PAGES + "umowy/nowa/", agreement_form(school, **changed))
    assert page.status_code == 422
    assert said in text_of(page)
    assert not DataProcessingAgreement.objects.exists()


def test_an_agreement_ends_once_with_a_reason(keeper: Client, school: Organisation) -> None:
    row = make_papers.agreement(school)
    url = f"{PAGES}umowy/{row.pk}/koniec/"
    assert keeper.post(url, {"ended_on": "2026-05-12"}).status_code == 422
    keeper.post(url, {"ended_on": "2026-05-12", "reason": "wypowiedzenie"})
    page = keeper.post(url, {"ended_on": "2026-05-12", "reason": "wypowiedzenie"}, follow=True)
    assert "To już zapisano" in text_of(page)
    assert keeper.post(url, {"ended_on": "2026-05-11", "reason": "inny"}).status_code == 409
    row.refresh_from_db()
    assert (row.ended_on, row.end_reason) == (TODAY, "wypowiedzenie")


def test_the_draft_of_an_agreement_is_made_once_for_the_same_words(
    keeper: Client, school: Organisation
) -> None:
    sent = agreement_form(school, until="")
    for _ in range(2):
        page = keeper.post(PAGES + "umowy/projekt/", sent, follow=True)
    assert "To już zapisano" in text_of(page)
    document = Document.objects.get()
    assert document.docx_id
    assert "potwierdza ją prawnik ośrodka" in text_of(page)
    assert "członkowie rodzin" in text_of(keeper.get(f"{PAGES}umowy/nowa/?instytucja={school.pk}"))


def authorisation_form(whom: Person, of: Organisation | None, **changed: Any) -> dict[str, Any]:
    return {
        "key": str(uuid7()),
        "subject": f"{whom.pk}:{of.pk if of else '-'}",
        "position": "pedagog",
        "scope": "FAMILIES",
        "purpose": "wsparcie rodzin",
        "granted_by_name": "Lidia Liderska",
        "granted_on": "2026-05-12",
        "from_on": "2026-05-12",
        **changed,
    }


def test_authorisations_are_numbered_and_each_has_its_document(
    keeper: Client, school: Organisation, worker: Person
) -> None:
    sent = authorisation_form(worker, school)
    keeper.post(PAGES + "upowaznienia/nowe/", sent)
    page = keeper.post(PAGES + "upowaznienia/nowe/", sent, follow=True)
    assert "To już zapisano" in text_of(page)
    colleague = make.person(Role.SOCIAL_WORKER)
    keeper.post(PAGES + "upowaznienia/nowe/", authorisation_form(colleague, None))

    rows = ProcessingAuthorisation.objects.order_by("number")
    assert [(row.number, row.person) for row in rows] == [(1, worker), (2, colleague)]
    for row in rows:
        document = Document.objects.get(subject=row.pk)
        assert (document.context["person"]["name"], document.version) == (row.person.full_name, 1)
        assert document.docx_id


def test_whoever_does_not_act_for_the_institution_is_not_authorised_for_it(
    keeper: Client, school: Organisation
) -> None:
    stranger = make.person()
    page = keeper.post(PAGES + "upowaznienia/nowe/", authorisation_form(stranger, school))
    assert page.status_code == 422
    assert not ProcessingAuthorisation.objects.exists()


def test_a_partners_voice_sees_its_own_institutions_rows_alone(
    in_partnership: TenantRef, school: Organisation, worker: Person
) -> None:
    other = make.organisation(name="Komenda Powiatowa Policji")
    make_partnership.member(other)
    stranger = make.person(Role.PARTNER_WORKER, organisation=other, full_name="Obca Osoba")
    own, foreign = make_papers.agreement(school), make_papers.agreement(other)
    make_papers.authorisation(stranger, other)
    held = make_papers.authorisation(worker, school)
    client, _ = make.signed_in(in_partnership, Role.PARTNER_HEAD, organisation=school)
    for path in ("", "umowy/", "upowaznienia/"):
        page = text_of(client.get(PAGES + path))
        assert "Komenda Powiatowa Policji" not in page, path
        assert "Obca Osoba" not in page
    overview = text_of(client.get(PAGES))
    assert "Tu widać tylko instytucje, w których imieniu działasz (§ 8 ust. 2" in overview
    assert client.get(f"{PAGES}umowy/{own.pk}/").status_code == 200
    assert client.get(f"{PAGES}umowy/{foreign.pk}/").status_code == 404
    assert client.get(f"{PAGES}upowaznienia/{held.pk}/").status_code == 200
    assert client.post(f"{PAGES}umowy/{own.pk}/koniec/", {"reason": "x"}).status_code == 403


def test_what_ends_soon_and_what_is_over_waits_for_the_office_and_the_institution(
    keeper: Client, in_partnership: TenantRef, school: Organisation, worker: Person
) -> None:
    make_papers.agreement(school, ended_on=TODAY + timedelta(days=30))
    make_papers.authorisation(worker, school, ended_on=TODAY)
    head, _ = make.signed_in(in_partnership, Role.PARTNER_HEAD, organisation=school)
    other, _ = make.signed_in(in_partnership, Role.PARTNER_HEAD, organisation=make.organisation())
    asks = "Poproś Lidera Partnerstwa o"
    for client, deed, new_agreement, new_authorisation in (
        (keeper, "Zawrzyj nową", "Zawrzyj nową.", "Nadaj nowe."),
        (head, "Sprawdź", f"{asks} nową umowę.", f"{asks} nowe upoważnienie."),
    ):
        page = text_of(client.get(HOME))
        assert f"{deed} umowę o danych: Szkoła Podstawowa nr 3" in page
        ends = "Ostatni dzień: 10 czerwca 2026 r."
        assert f"{ends} {new_agreement} (§ 8 ust. 2 regulaminu)" in page
        assert f"Nie obowiązuje od 12 maja 2026 r. {new_authorisation}" in page
    assert "umowę o danych: " not in text_of(other.get(HOME))

    with inside(in_partnership):
        make_papers.agreement(school, TODAY)
        make_papers.authorisation(worker, school, TODAY)
    page = text_of(keeper.get(HOME))
    assert "umowę o danych: " not in page
    assert "upoważnienie" not in page


def test_an_agreement_of_an_earlier_membership_is_not_overdue(
    keeper: Client, in_partnership: TenantRef
) -> None:
    back, left_on = make.organisation(name="Dom Kultury"), TODAY - timedelta(days=90)
    make_partnership.member(back, ended_on=left_on)
    make_papers.agreement(back, ended_on=left_on)
    page = text_of(keeper.get(HOME))
    assert "umowę o danych: " not in page
    before = page.count("po terminie")  # of other things than agreements
    with inside(in_partnership):
        make_partnership.member(back, from_on=TODAY)

    page = text_of(keeper.get(HOME))

    assert "Zawrzyj nową umowę o danych: Dom Kultury" in page
    assert "Umowa z poprzedniego członkostwa wygasła. Zawrzyj nową." in page
    assert text_of(keeper.get(HOME)).count("po terminie") == before
    assert "Nie obowiązuje od" not in page


@pytest.mark.parametrize("path", ["", "umowy/", "upowaznienia/"])
def test_a_list_costs_the_same_however_long_it_is(
    keeper: Client, partnership: TenantRef, school: Organisation, worker: Person, path: str
) -> None:
    make_papers.may_see(worker, school)
    keeper.get(PAGES + path)
    few = queries_of(keeper, PAGES + path)
    with inside(partnership):
        for _ in range(15):
            one = make.organisation()
            make_partnership.member(one)
            make_papers.agreement(one)
            make_papers.authorisation(make.person(Role.PARTNER_WORKER, organisation=one), one)
    assert queries_of(keeper, PAGES + path) == few


@pytest.mark.parametrize(
    ("place", "ways"),
    [("", ["Umowy", "Upoważnienia", "Oświadczenia"]), ("umowy/", ["Przygotuj projekt umowy"])],
)
def test_the_rows_stand_above_the_ways_to_other_pages(
    keeper: Client, school: Organisation, place: str, ways: list[str]
) -> None:
    """On a phone each button takes a line: the list begins on the first screen."""
    make_papers.agreement(school)
    page = text_of(keeper.get(PAGES + place)).partition("<main")[2]

    first_row = page.index("<tbody")
    assert [page.index(f">{words}</a>") > first_row for words in ways] == [True] * len(ways)


@pytest.mark.parametrize(
    ("role", "is_there"),
    [
        *((Role.ADVISER, False), (Role.PARTY, False), (Role.APPLICANT, False)),
        *((Role.DELEGATE, True), (Role.SOCIAL_WORKER, True)),
    ],
)
def test_whoever_has_nothing_to_do_with_families_is_authorised_for_nobody(
    in_partnership: TenantRef, school: Organisation, role: Role, is_there: bool
) -> None:
    of = None if role in {Role.ADVISER, Role.SOCIAL_WORKER} else school
    person = make.person(role, organisation=of)
    assert ((person.pk, of.pk if of else None) in pairs_on(TODAY)) is is_there
    sent = {"subject_id": person.pk, "organisation_id": of.pk if of else None}
    if not is_there:
        with pytest.raises(Problem, match="nie działa w Partnerstwie"):
            actions.enter_statement(
                by=make.by(make.person(Role.LEAD)), **sent, signed_on=TODAY, upload=make.pdf()
            )
        assert not ConfidentialityStatement.objects.exists()
