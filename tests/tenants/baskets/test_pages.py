"""A card from draft to basket by its pages, with what is sent twice, late or by the wrong hands (REG §3)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from kooperacja.audit.actor import Actor
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.baskets.actions import entries
from tenants.baskets.models.cards import Card
from tenants.baskets.models.checks import ServiceReport
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.today import services_wait
from tenants.baskets.workflow import EntryState
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tenants.services.confirming import How
from tenants.services.visibility import Visibility
from tests.factories import agreements as make_agreements
from tests.factories import baskets as make
from tests.factories import people as make_people
from tests.tenants.reading import text_of

BASKET = "/gmina/gogolin/koszyk/"
KEY = "0197f3a0-0000-7000-8000-000000000001"


def sent(**values: Any) -> dict[str, Any]:
    return {
        "key": KEY,
        "name": "Klub seniora",
        "type_code": "klub-seniora",
        "about": "Spotkania",
        "groups": ["SENIORS"],
        "ways": ["ON_SITE"],
        "access": "Przyjdź",
        "cost": "FREE",
        "city": "Wymyślonowo",
        "phone": "774000001",
        "languages": ["pl"],
        "sees_service": "TENANT",
        "sees_contact": "TENANT",
        "sees_place": "TENANT",
        **values,
    }


@pytest.fixture
def voice(in_partnership: TenantRef, kooperant: Organisation) -> Client:
    return make_people.signed_in(in_partnership, Role.PARTNER_COORDINATOR, organisation=kooperant)[
        0
    ]


@pytest.fixture
def officer(in_partnership: TenantRef) -> Client:
    return make_people.signed_in(in_partnership, Role.NETWORK_OFFICER)[0]


@pytest.fixture
def worker(in_partnership: TenantRef, another: Organisation) -> Client:
    return make_people.signed_in(in_partnership, Role.PARTNER_WORKER, organisation=another)[0]


def test_from_an_empty_card_to_the_basket(
    voice: Client,
    officer: Client,
    worker: Client,
    kooperant: Organisation,
    in_partnership: TenantRef,
) -> None:
    voice.post(f"{BASKET}karty/nowa/", {"key": KEY, "of": str(kooperant.pk)})
    with inside(in_partnership):
        card = Card.objects.get()
    at = f"{BASKET}karty/{card.pk}/usluga/"
    voice.post(at, sent())
    again = voice.post(at, sent(), follow=True)
    assert "To już zapisano" in text_of(again)
    with inside(in_partnership):
        service = Service.objects.get()
    page = f"{BASKET}uslugi/{service.pk}/"
    assert worker.get(page).status_code == 404
    assert "Klub seniora" not in text_of(worker.get(BASKET))

    refused = voice.post(f"{page}przekazanie/", {"version": 0})
    assert refused.status_code == 422  # a new one must be confirmed as a whole
    assert voice.post(f"{page}przekazanie/", {"version": 0, "how": "OWNER"}).status_code == 302
    assert voice.post(f"{page}przyjecie/", {"version": 1}).status_code == 403
    assert officer.post(f"{page}przyjecie/", {"version": 1}).status_code == 302
    late = officer.post(f"{page}zwrot/", {"version": 2, "reason": "Za krótko."})
    assert late.status_code == 409
    assert page in late.content.decode()  # leads on to what is there now

    assert "Klub seniora" in text_of(worker.get(f"{BASKET}?szukaj=emeryci"))
    assert "774000001" in text_of(worker.get(page)).replace(" ", "").replace("\xa0", "")
    assert not mail.outbox  # it waits for the summary of the day


def test_a_change_is_seen_side_by_side_and_the_old_text_stays(
    officer: Client, worker: Client, office: Actor, kooperant: Organisation
) -> None:
    service = make.accepted(office, kooperant)
    make.refiled(office, service, phone="77 400 00 09", about="Rozmowa przy herbacie.")
    page = f"{BASKET}uslugi/{service.pk}/"

    assert "przy herbacie.<" in officer.get(page).content.decode().split("<ins>")[1]
    read = text_of(worker.get(page))
    assert "herbacie" not in read
    assert "Telefon: 77 400 00 09" in read  # told at once (REG §3.6)


def test_a_telephone_for_the_office_alone_is_not_told_as_news_either(
    worker: Client, office: Actor, kooperant: Organisation
) -> None:
    service = make.accepted(office, kooperant, sees_contact=Visibility.OFFICE)
    make.refiled(office, service, phone="77 400 00 09", sees_contact=Visibility.OFFICE)
    read = text_of(worker.get(f"{BASKET}uslugi/{service.pk}/"))
    assert "400 00" not in read
    for row in (worker.get(BASKET), worker.get(f"{BASKET}?plik=csv")):
        assert b"400 00" not in b"".join(getattr(row, "streaming_content", [row.content]))


def test_two_editors_see_both_texts_and_lose_none(
    officer: Client, office: Actor, kooperant: Organisation, in_partnership: TenantRef
) -> None:
    service = make.drafted(office, kooperant)
    at = f"{BASKET}uslugi/{service.pk}/zmiana/"
    assert officer.post(at, sent(version=0, name="Pierwsza")).status_code == 302

    late = officer.post(at, sent(version=0, name="Druga"))

    assert late.status_code == 409
    assert all(name in text_of(late) for name in ("Pierwsza", "Druga"))
    with inside(in_partnership):
        assert ServiceEntry.objects.get().name == "Pierwsza"


def test_hostile_words_find_nothing_and_break_nothing(
    worker: Client, office: Actor, kooperant: Organisation
) -> None:
    make.accepted(office, kooperant)
    for words in ("' OR 1=1 --", "<script>alert(1)</script>", "%", "_" * 90, "\u202e\u0000x"):
        page = worker.get(BASKET, {"szukaj": words})
        assert page.status_code == 200
        assert "<script>alert" not in page.content.decode()


def test_each_hears_of_what_is_theirs_to_do(
    office: Actor, lead: Person, coordinator: Actor, kooperant: Organisation
) -> None:
    voice = Person.objects.get(pk=coordinator.person_id)
    service = make.filed(coordinator, kooperant)
    titles = [one.title for one in services_wait(lead, office.today)]
    assert titles == ["Rozpatrz opis usługi: Poradnia dla rodzin"]
    assert not list(services_wait(voice, office.today))

    make.taken_in(office, service)
    assert not list(services_wait(lead, office.today))
    late = Service.objects.get().due_on
    assert late is not None
    (line,) = services_wait(voice, late)
    assert line.title == "Potwierdź opisy usług: Poradnia Zmyślona"
    assert line.href == reverse("baskets:card_check", args=[service.card_id])
    (line,) = services_wait(voice, late - timedelta(days=10))
    assert line.title == "Potwierdź opis usługi: Poradnia dla rodzin"
    assert line.href == reverse("baskets:service_confirm", args=[service.pk])
    assert not list(services_wait(voice, late - timedelta(days=15)))
    assert not list(services_wait(make_people.person(Role.SOCIAL_WORKER), late))


def test_what_is_given_back_is_said_to_its_institution_alone(
    officer: Client,
    office: Actor,
    coordinator: Actor,
    kooperant: Organisation,
    worker: Client,
    in_partnership: TenantRef,
) -> None:
    service = make.filed(coordinator, kooperant)
    at = f"{BASKET}uslugi/{service.pk}/"
    officer.post(f"{at}zwrot/", {"version": service.version, "reason": "Podaj godziny."})
    service.refresh_from_db()
    assert service.latest.state == EntryState.RETURNED
    with inside(in_partnership):
        (line,) = services_wait(Person.objects.get(pk=coordinator.person_id), office.today)
    assert line.text == "Podaj godziny."
    assert worker.get(at).status_code == 404


def test_a_gap_is_there_until_somebody_gives_that_help_to_them(
    worker: Client, office: Actor, kooperant: Organisation
) -> None:
    def lacks(kind: str, **chosen: str) -> bool:
        return kind in text_of(worker.get(f"{BASKET}braki/", {"szukaj": "psycholog", **chosen}))

    assert lacks("Poradnictwo psychologiczne")
    make.accepted(office, kooperant, groups=["YOUTH"])
    assert not lacks("Poradnictwo psychologiczne")
    assert not lacks("Poradnictwo psychologiczne", dla="YOUTH")
    assert lacks("Poradnictwo psychologiczne", dla="SENIORS")


def test_whoever_finds_a_mistake_tells_its_keepers_and_changes_nothing(
    worker: Client,
    officer: Client,
    office: Actor,
    coordinator: Actor,
    kooperant: Organisation,
    in_partnership: TenantRef,
) -> None:
    service = make.accepted(office, kooperant)
    hidden = make.accepted(office, kooperant, sees_service=Visibility.OFFICE)
    before = list(ServiceEntry.objects.values())
    told = {"key": KEY, "text": "Nikt nie odbiera telefonu."}
    assert worker.post(f"{BASKET}uslugi/{hidden.pk}/blad/", told).status_code == 404
    for _ in range(2):
        worker.post(f"{BASKET}uslugi/{service.pk}/blad/", told)
    with inside(in_partnership):
        report = ServiceReport.objects.get()
        voice = Person.objects.get(pk=coordinator.person_id)
        (line,) = services_wait(voice, office.today)
        assert line.text == "Nikt nie odbiera telefonu."
        assert list(ServiceEntry.objects.values()) == before
    assert "Nikt nie odbiera" not in text_of(worker.get(f"{BASKET}uslugi/{service.pk}/"))
    assert worker.post(f"{BASKET}bledy/{report.pk}/").status_code == 404
    assert officer.post(f"{BASKET}bledy/{report.pk}/").status_code == 302
    with inside(in_partnership):
        assert not list(services_wait(voice, office.today))


def test_the_lider_takes_in_what_was_read_and_nothing_written_meanwhile(
    officer: Client,
    office: Actor,
    coordinator: Actor,
    kooperant: Organisation,
    in_partnership: TenantRef,
) -> None:
    service = make.filed(coordinator, kooperant)
    at = f"{BASKET}uslugi/{service.pk}/"
    read = f"{at}przyjecie/?wersja={service.version}"
    assert read in officer.get(at).content.decode()
    with inside(in_partnership):
        own = {"by": coordinator, "service_id": service.pk}
        service = entries.take_back(**own, version=service.version)
        service = make.changed(coordinator, service, access="Wpłać zaliczkę.")
        make.handed_in(coordinator, service, How.OWNER)
    version = officer.get(read).context["form"]["version"].value()

    assert officer.post(read, {"version": version}).status_code == 409
    with inside(in_partnership):
        assert service.latest.state == EntryState.FILED
    for odd in ("x", "-1", "9" * 5000, "²"):
        assert officer.get(f"{at}przyjecie/", {"wersja": odd}).status_code == 200


def test_former_descriptions_are_read_with_what_each_changed(
    officer: Client, office: Actor, kooperant: Organisation, in_partnership: TenantRef
) -> None:
    with inside(in_partnership):
        draft = make.drafted(office, kooperant)
        service = make.accepted(office, kooperant)
        make.taken_in(office, make.refiled(office, service, phone="77 400 00 09"))

    said = text_of(officer.get(f"{BASKET}uslugi/{service.pk}/historia/"))
    assert "To pierwszy opis tej usługi." in said
    assert "09<" in said.split("<ins>")[1]
    assert "nie było jeszcze w koszyku" in text_of(
        officer.get(f"{BASKET}uslugi/{draft.pk}/historia/")
    )


def test_an_owner_sees_before_handing_it_in_who_will_see_what(
    voice: Client, office: Actor, kooperant: Organisation
) -> None:
    page = text_of(voice.get(make.drafted(office, kooperant, sees_place=Visibility.OFFICE).url))
    assert "Kto to zobaczy" in page
    assert "tylko OPS i Lider" in page
    assert "zaznacz to, gdy dodajesz usługę do koszyka" in page


def test_the_directory_is_offered_once_the_institution_has_its_number(
    voice: Client, office: Actor, kooperant: Organisation
) -> None:
    at = make.card(office, kooperant).url
    Organisation.objects.filter(pk=kooperant.pk).update(regon="")
    without = text_of(voice.get(at))
    assert "Prowadź w katalogu województwa" not in without
    assert "poproś Lidera, żeby wpisał jej REGON" in without
    Organisation.objects.filter(pk=kooperant.pk).update(regon="123456785")
    assert "Prowadź w katalogu województwa" in text_of(voice.get(at))


def test_the_parts_of_the_basket_stand_in_a_row_of_their_own(voice: Client) -> None:
    (row,) = voice.get(BASKET).context["here"].menu.groups
    labels = [one.label for one in row.below]
    assert labels == ["Usługi", "Karty usług", "Czego brakuje", "Listy dla rodzin"]


def test_a_service_of_an_institution_with_a_hidden_seat_begins_with_a_protected_address(
    voice: Client, coordinator: Actor, kooperant: Organisation
) -> None:
    at = f"{BASKET}karty/{make.card(coordinator, kooperant).pk}/usluga/"
    assert not voice.get(at).context["form"]["is_protected"].value()
    make_agreements.party(make_agreements.draft("C"), kooperant, hides_seat=True)
    page = voice.get(at)
    assert page.context["form"]["is_protected"].value()
    assert "Adres tej instytucji jest chroniony w porozumieniu" in text_of(page)
