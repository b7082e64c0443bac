"""The same service at another address: described once more, and no duplicate (REG §3.2–3.3)."""

from typing import Any

import pytest
from django.test import Client

from kooperacja.audit.actor import Actor
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.baskets.duplicates import likely, other_places
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.standing import entries_on
from tenants.people.models import Organisation
from tenants.registry.roles import Role
from tenants.services.terms import Feature, Has
from tenants.services.visibility import Visibility
from tests.factories import baskets as make
from tests.factories import people as make_people
from tests.tenants.reading import text_of

OF_PLACE: dict[str, Any] = {
    "postal_code": "00-001",
    "seat": {"160501": "Gogolin"},
    "features": {Feature.LIFT: Has.YES},
    "hours_about": "po umówieniu",
    "places": 3,
}


@pytest.fixture
def voice(in_partnership: TenantRef, kooperant: Organisation) -> Client:
    return make_people.signed_in(in_partnership, Role.PARTNER_COORDINATOR, organisation=kooperant)[
        0
    ]


def page_of(service: Service) -> str:
    return f"/gmina/gogolin/koszyk/uslugi/{service.pk}/"


def sent(page: Any, **values: Any) -> dict[str, Any]:
    """The form of a page as it is sent back, with what is typed into it."""
    form = page.context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in shown.items() if value not in (None, False)} | values


def test_the_same_service_is_described_once_more_at_another_address(
    office: Actor, kooperant: Organisation, voice: Client, in_partnership: TenantRef
) -> None:
    first = make.accepted(office, kooperant, counted_on=office.today, **OF_PLACE)
    at = f"{page_of(first)}inny-adres/"
    assert at in voice.get(page_of(first)).content.decode()
    page = voice.get(at)
    assert [heading for heading, _ in page.context["form"].paragraphs][:2] == ["Adres", "Godziny"]
    assert voice.post(at, sent(page)).status_code == 422

    answer = voice.post(at, sent(page, city="Nibylandia", street="Inna 2"))

    with inside(in_partnership):
        added = Service.objects.exclude(pk=first.pk).get()
        assert answer.headers["Location"] == page_of(added)
        one, other = first.latest, added.latest
        assert other.name == "Poradnia dla rodzin (Nibylandia)"
        assert (other.about, other.groups, other.phone) == (one.about, one.groups, one.phone)
        assert (other.street, other.city, other.state) == ("Inna 2", "Nibylandia", "DRAFT")
        kept = (other.postal_code, other.seat, other.features, other.hours, other.places)
        assert kept == ("", {}, {}, None, None)
        assert ServiceEntry.objects.filter(service=first).count() == 1


def test_in_the_same_town_the_name_has_the_street_and_the_same_address_is_refused(
    office: Actor, kooperant: Organisation, voice: Client, in_partnership: TenantRef
) -> None:
    first = make.accepted(office, kooperant)
    at = f"{page_of(first)}inny-adres/"
    page = voice.get(at)
    again = voice.post(at, sent(page, city="wymyślonowo", street="Zmyślona  1"))
    assert "Pod tym adresem ta usługa już jest." in text_of(again)
    with inside(in_partnership):
        assert Service.objects.count() == 1

    voice.post(at, sent(page, city="Wymyślonowo", street="ul. Nowa 3"))
    with inside(in_partnership):
        assert Service.objects.filter(name="Poradnia dla rodzin (Wymyślonowo, ul. Nowa 3)").exists()


def test_a_place_that_becomes_protected_goes_out_of_the_name_first(
    office: Actor, kooperant: Organisation, voice: Client, in_partnership: TenantRef
) -> None:
    told = make.accepted(office, kooperant, name="Poradnia (Wymyślonowo, ul. Zmyślona 1)")
    page = voice.get(f"{page_of(told)}zmiana/")
    hidden = {"is_protected": "on", "street": "", "postal_code": "", "seat": ""}
    answer = voice.post(f"{page_of(told)}zmiana/", sent(page, **hidden))
    assert answer.status_code == 422
    assert "Ta nazwa mówi, gdzie to jest" in text_of(answer)
    with inside(in_partnership):
        assert not Service.objects.get(pk=told.pk).latest.is_protected

    named = {**hidden, "name": "Poradnia w Wymyślonowie"}
    assert voice.post(f"{page_of(told)}zmiana/", sent(page, **named)).status_code == 302
    with inside(in_partnership):
        assert Service.objects.get(pk=told.pk).latest.is_protected


def test_a_protected_place_stays_protected_until_somebody_says_otherwise(
    office: Actor, kooperant: Organisation, voice: Client
) -> None:
    first = make.accepted(office, kooperant, is_protected=True, street="")
    form = voice.get(f"{page_of(first)}inny-adres/").context["form"]
    assert form["is_protected"].value() is True


@pytest.mark.parametrize(
    "said",
    [
        {"is_protected": True, "city": "Kamionek"},
        {"sees_place": Visibility.OFFICE, "city": "Kamionek", "street": "Tajna 7"},
    ],
)
def test_the_name_says_nothing_of_a_place_that_not_every_reader_may_know(
    office: Actor,
    kooperant: Organisation,
    voice: Client,
    in_partnership: TenantRef,
    said: dict[str, Any],
) -> None:
    levels = dict.fromkeys(("sees_service", "sees_place"), Visibility.PUBLIC)
    first = make.accepted(office, kooperant, **levels)
    at = f"{page_of(first)}inny-adres/"
    voice.post(at, sent(voice.get(at), **said))
    with inside(in_partnership):
        added = Service.objects.exclude(pk=first.pk).get()
        assert added.latest.city == "Kamionek"
        assert added.latest.name == "Poradnia dla rodzin (inne miejsce)"


def test_places_of_one_service_are_no_duplicates_and_lead_to_each_other(
    office: Actor, kooperant: Organisation, another: Organisation, in_partnership: TenantRef
) -> None:
    first = make.accepted(office, kooperant)
    other = make.accepted(
        office, kooperant, name="Poradnia dla rodzin (Nibylandia)", city="Nibylandia"
    )
    hidden = make.accepted(
        office,
        kooperant,
        name="Poradnia dla rodzin (Kamionek)",
        city="Kamionek",
        sees_service=Visibility.OFFICE,
    )
    assert likely(entries_on(office.today)) == []
    same = make.accepted(office, kooperant, street="Zmyślona 1")
    pairs = [set(pair.keys) for pair in likely(entries_on(office.today))]
    assert pairs == [{first.pk, same.pk}]
    found = other_places(first.latest, entries_on(office.today))
    assert {one.service_id for one in found} == {other.pk, hidden.pk}

    reader = make_people.signed_in(in_partnership, Role.PARTNER_WORKER, organisation=another)[0]
    page = reader.get(page_of(first)).content.decode()
    assert page_of(other) in page
    assert page_of(hidden) not in page
