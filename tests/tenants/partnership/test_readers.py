"""Workers whom a kooperant lets in to read the basket, and the end of it."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.notifications.models import Outgoing
from kooperacja.outbox.drain import drain, handlers
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.actions import leaving
from tenants.partnership import demo
from tenants.people.models import Organisation, Person, RoleAssignment
from tenants.registry.roles import Role
from tests.factories import invitations as make_invitations
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.tenants.reading import HOME, PARTNERSHIP, text_of

TWO = "Anna Nowa, anna.nowa@example.pl\nJan Inny <jan.inny@example.pl>"
PASSWORD = "zielony-rower-pod-lipa"
BASKET = f"{HOME}koszyk/"


@pytest.fixture
def school(in_partnership: TenantRef) -> Organisation:
    institution = make.organisation(name="Szkoła Zmyślona")
    make_partnership.member(institution)
    return institution


@pytest.fixture
def coordinator(in_partnership: TenantRef, school: Organisation) -> tuple[Client, Person]:
    return make.signed_in(in_partnership, Role.PARTNER_COORDINATOR, organisation=school)


@pytest.fixture
def browser(coordinator: tuple[Client, Person]) -> Client:
    return coordinator[0]


def at(school: Organisation, page: str = "") -> str:
    return f"{PARTNERSHIP}instytucje/{school.pk}/czytelnicy/{page}"


def let_in(client: Client, school: Organisation, people: str = TWO) -> Any:
    return client.post(at(school, "nowi/"), {"people": people}, follow=True)


def readers() -> list[str]:
    rows = RoleAssignment.objects.filter(role=Role.PARTNER_WORKER, ended_on=None)
    return sorted(rows.values_list("person__full_name", flat=True))


def invited() -> list[str]:
    rows = Outgoing.objects.filter(kind="INVITATION")
    return sorted(row.payload["email"] for row in rows)


def test_a_coordinator_lets_in_workers_without_the_office(
    browser: Client, school: Organisation, coordinator: tuple[Client, Person]
) -> None:
    page = text_of(let_in(browser, school))

    assert "Wpuszczono: Anna Nowa, Jan Inny. Zaproszenia wysyłamy e-mailem." in page
    assert invited() == ["anna.nowa@example.pl", "jan.inny@example.pl"]
    reader = RoleAssignment.objects.get(person__full_name="Anna Nowa")
    assert reader.organisation == school
    assert reader.granted_by.startswith(coordinator[1].full_name)
    assert "anna.nowa@example.pl" in page
    assert Entry.objects.filter(verb="READER_LET_IN", object_id=school.pk).count() == 2


def test_the_same_form_twice_invites_once_and_says_who_reads_already(
    browser: Client, school: Organisation
) -> None:
    let_in(browser, school)
    page = text_of(let_in(browser, school, f"{TWO}\nAnna Nowa; ANNA.NOWA@example.pl"))

    assert "Anna Nowa już czyta koszyk: pracownik kooperanta od" in page
    assert invited() == ["anna.nowa@example.pl", "jan.inny@example.pl"]
    assert readers() == ["Anna Nowa", "Jan Inny"]


def test_no_address_is_given_to_somebody_who_holds_a_role_on_paper(
    browser: Client, school: Organisation
) -> None:
    head = make.head(school, full_name="Maria Papierowa", email="")
    page = text_of(let_in(browser, school, "Maria Papierowa, podstawiony@example.pl"))
    assert "Maria Papierowa już czyta koszyk" in page
    assert (Person.objects.get(pk=head.pk).email, invited()) == ("", [])


def test_whoever_speaks_for_the_institution_is_told_to_read_already(
    browser: Client, school: Organisation, coordinator: tuple[Client, Person]
) -> None:
    make.head(school, full_name="Ewa Kierowniczka", email="ewa@example.pl")
    me = coordinator[1]
    page = text_of(
        let_in(browser, school, f"Ewa Kierowniczka, ewa@example.pl\n{me.full_name}, {me.email}")
    )

    assert "Ewa Kierowniczka już czyta koszyk: kierujący instytucją od" in page
    assert f"{me.full_name} już czyta koszyk: koordynator Partnerstwa od" in page
    assert (readers(), invited()) == ([], [])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("Anna Nowa", "Wiersz 2 (Anna Nowa): Wpisz imię i nazwisko, a po przecinku adres e-mail."),
        ("anna@example.pl", "Wiersz 2 (anna@example.pl): Wpisz imię i nazwisko"),
        ("Anna Nowa, anna@", "Podaj adres e-mail, na przykład biuro@ops.pl."),
        ("Anna Nowa, lidia@example.pl", "Wiersz 2 (lidia@example.pl): Ten adres jest zajęty."),
        ("Obca Osoba, obca@example.pl", "Wiersz 2 (obca@example.pl): Ten adres jest zajęty."),
        ("Ala A, a@example.pl\n" * 50, "To więcej niż 50 osób."),
    ],
)
def test_a_line_that_is_wrong_is_said_and_nobody_is_let_in(
    browser: Client, school: Organisation, wrong: str, said: str
) -> None:
    make.person(Role.LEAD, full_name="Lidia Liderska", email="lidia@example.pl")
    other = make.organisation()
    make.person(
        Role.PARTNER_WORKER, organisation=other, full_name="Obca Osoba", email="obca@example.pl"
    )
    page = let_in(browser, school, f"Jan Inny, jan.inny@example.pl\n{wrong}")

    assert page.status_code == 422
    assert said in text_of(page)
    assert (readers(), invited()) == (["Obca Osoba"], [])


@pytest.mark.parametrize("role", [Role.PARTNER_COORDINATOR, Role.PARTNER_HEAD])
def test_another_institution_lets_in_and_ends_nobody_here(
    in_partnership: TenantRef, browser: Client, school: Organisation, role: Role
) -> None:
    let_in(browser, school, "Anna Nowa, anna.nowa@example.pl")
    reader = RoleAssignment.objects.get(person__full_name="Anna Nowa")
    own = make.organisation()
    make_partnership.member(own)
    stranger, _ = make.signed_in(in_partnership, role, organisation=own)

    for page in (at(school), at(school, "nowi/"), f"{PARTNERSHIP}czytelnicy/"):
        assert stranger.get(page).status_code == 403
    assert stranger.post(at(school, "nowi/"), {"people": TWO}).status_code == 403
    assert stranger.post(f"{PARTNERSHIP}czytelnicy/{reader.pk}/koniec/").status_code == 403
    assert stranger.post(f"{PARTNERSHIP}role/{reader.pk}/zaproszenie/wycofanie/").status_code == 403
    assert readers() == ["Anna Nowa"]


def test_a_reader_lets_in_nobody_and_an_ended_coordinator_neither(
    in_partnership: TenantRef,
    browser: Client,
    coordinator: tuple[Client, Person],
    school: Organisation,
) -> None:
    reader, person = make.signed_in(in_partnership, Role.PARTNER_WORKER, organisation=school)
    coordinator[1].role_assignments.update(ended_on=timezone.localdate())
    for client in (reader, browser):
        assert client.post(at(school, "nowi/"), {"people": TWO}).status_code == 403
        assert client.get(at(school)).status_code == 403
    assert readers() == [person.full_name]


def test_an_end_closes_the_basket_at_the_next_request_and_for_the_office_too(
    in_partnership: TenantRef, browser: Client, school: Organisation
) -> None:
    _, first = reads(in_partnership, school)
    office, _ = make.signed_in(in_partnership, Role.NETWORK_OFFICER)
    for client in (browser, office):
        reader, person = reads(in_partnership, school)
        assert reader.get(BASKET).status_code == 200
        role = person.role_assignments.get()
        page = client.post(f"{PARTNERSHIP}czytelnicy/{role.pk}/koniec/", follow=True)
        assert "Dostęp jest zamknięty." in text_of(page)
        assert f"{person.full_name}, od " in text_of(page)
        assert reader.get(BASKET).status_code in (302, 403, 404)
        again = client.post(f"{PARTNERSHIP}czytelnicy/{role.pk}/koniec/", follow=True)
        assert "To już zapisano" in text_of(again)
    assert readers() == [first.full_name]
    assert Outgoing.objects.filter(kind="ACCESS_END").count() == 2
    assert Entry.objects.filter(verb="READER_ENDED").count() == 2


def reads(tenant: TenantRef, school: Organisation) -> tuple[Client, Person]:
    return make.signed_in(tenant, Role.PARTNER_WORKER, organisation=school)


def test_the_office_sees_all_and_lets_in_nobody(
    in_partnership: TenantRef, browser: Client, school: Organisation
) -> None:
    let_in(browser, school)
    office, _ = make.signed_in(in_partnership, Role.LEAD)

    listed = text_of(office.get(f"{PARTNERSHIP}czytelnicy/?szukaj=szkola"))
    assert "Anna Nowa" in listed
    assert "Jan Inny" in listed
    assert "Anna Nowa" not in text_of(office.get(f"{PARTNERSHIP}czytelnicy/?szukaj=dom"))
    assert office.get(at(school)).status_code == 200
    assert "Anna Nowa" not in text_of(office.get(HOME))
    assert office.post(at(school, "nowi/"), {"people": TWO}).status_code == 403


def test_with_the_membership_reading_ends_by_itself(
    in_partnership: TenantRef, browser: Client, school: Organisation, lead: Person
) -> None:
    let_in(browser, school)
    today = timezone.localdate()
    with inside(in_partnership):  # a request leaves the URLconf of the root behind
        leaving.resign(
            by=make.by(lead),
            key=uuid7(),
            organisation_id=school.pk,
            signatory_name="Jan Dyrektor",
            file=make.pdf(),
            mode="PAPER_SCAN",
            signatory_function="dyrektor",
            signed_on=today,
            received_on=today,
        )

    assert readers() == []
    assert browser.post(at(school, "nowi/"), {"people": TWO}).status_code in (302, 403)


def test_who_leaves_soon_lets_in_until_that_day(browser: Client, school: Organisation) -> None:
    last = timezone.localdate() + timezone.timedelta(days=9)
    school.memberships.update(ended_on=last)
    let_in(browser, school)
    ends = RoleAssignment.objects.filter(role=Role.PARTNER_WORKER).values_list("ended_on")
    assert set(ends) == {(last,)}


def test_of_no_member_nobody_is_let_in(in_partnership: TenantRef) -> None:
    outside = make.organisation(name="Fundacja Zmyślona")
    client, _ = make.signed_in(in_partnership, Role.PARTNER_COORDINATOR, organisation=outside)
    page = let_in(client, outside)
    assert page.status_code == 409
    assert "Ta instytucja nie należy do Partnerstwa" in text_of(page)
    assert "Wpuść pracowników" not in text_of(client.get(at(outside)))
    assert readers() == []


def test_one_letter_leads_to_the_basket_and_an_end_in_one_unit_leaves_the_other(
    in_partnership: TenantRef, powiat: TenantRef, browser: Client, school: Organisation
) -> None:
    let_in(browser, school, "Anna Nowa, anna.nowa@example.pl")
    with inside(in_partnership):
        drain(Outgoing, handlers())
    anna = Client()
    joined = {"full_name": "Anna Nowa", "password1": PASSWORD, "password2": PASSWORD}
    assert anna.post(make_invitations.link(), joined).url == HOME
    assert anna.get(BASKET).status_code == 200
    assert "zaproszenie przyjęte" in text_of(browser.get(at(school)))

    with inside(powiat):
        make_partnership.found(powiat)
        court = make.organisation(name="Sąd Zmyślony")
        make_partnership.member(court)
        elsewhere, _ = make.signed_in(powiat, Role.PARTNER_COORDINATOR, organisation=court)
        path = f"/powiat/krapkowicki/partnerstwo/instytucje/{court.pk}/czytelnicy/nowi/"
        answer = elsewhere.post(path, {"people": "Anna Nowa, anna.nowa@example.pl"}, follow=True)
        assert "Wpuszczono: Anna Nowa." in text_of(answer)
        drain(Outgoing, handlers())
    anna.post(make_invitations.link())
    assert anna.get("/powiat/krapkowicki/koszyk/").status_code == 200

    with inside(in_partnership):
        reader = RoleAssignment.objects.get(person__full_name="Anna Nowa")
        browser.post(f"{PARTNERSHIP}czytelnicy/{reader.pk}/koniec/")
    assert anna.get(BASKET).status_code != 200
    assert anna.get("/powiat/krapkowicki/koszyk/").status_code == 200
    with inside(in_partnership):
        drain(Outgoing, handlers())
    assert anna.get(BASKET).status_code != 200


def test_another_tenant_reaches_nobody_here(
    in_partnership: TenantRef, powiat: TenantRef, school: Organisation
) -> None:
    _, person = reads(in_partnership, school)
    reader = person.role_assignments.get()
    with inside(powiat):
        make_partnership.found(powiat)
        own = make.organisation()
        make_partnership.member(own)
        stranger, _ = make.signed_in(powiat, Role.PARTNER_COORDINATOR, organisation=own)
    there = "/powiat/krapkowicki/partnerstwo/"
    assert stranger.post(f"{there}czytelnicy/{reader.pk}/koniec/").status_code == 404
    assert (
        stranger.post(
            f"{there}instytucje/{school.pk}/czytelnicy/nowi/", {"people": TWO}
        ).status_code
        == 404
    )
    assert stranger.post(at(school, "nowi/"), {"people": TWO}).status_code in (403, 404)
    with inside(in_partnership):
        assert readers() == [person.full_name]


def test_the_demo_lets_in_two_of_whom_one_left(school: Organisation) -> None:
    seat = school.memberships.get().coordinators.get()
    seat.person.role_assignments.create(
        role=Role.PARTNER_COORDINATOR, organisation=school, from_on=make.ESTABLISHED
    )
    for _ in range(2):
        demo.write("Gogolin", timezone.localdate())
    assert readers() == ["Czesława Czytelna"]
    ended = RoleAssignment.objects.get(person__full_name="Bogdan Bywalski").ended_on
    assert ended is not None
    assert ended < timezone.localdate()
