"""The area that a service is for, and the gmina of its address, by the official register (REG §3.2)."""

from typing import Any

import pytest
from django.test import Client

from kooperacja.audit.actor import Actor
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.people.models import Organisation
from tenants.registry.models import Unit
from tenants.registry.roles import Role
from tests.factories import baskets as make
from tests.factories import people as make_people
from tests.tenants.baskets.test_basket import form
from tests.tenants.reading import text_of

SERVICES = "/gmina/gogolin/koszyk/uslugi/"


@pytest.fixture
def keeper(in_partnership: TenantRef, kooperant: Organisation) -> Client:
    role = Role.PARTNER_COORDINATOR
    return make_people.signed_in(in_partnership, role, organisation=kooperant)[0]


def sent_for(client: Client, service: Service, **typed: str) -> Any:
    """What a reader sends who changes these fields of the form and nothing else."""
    page = client.get(f"{SERVICES}{service.pk}/zmiana/")
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields}
    plain = {name: value for name, value in sent.items() if value not in (None, False)}
    return client.post(f"{SERVICES}{service.pk}/zmiana/", {**plain, **typed})


@pytest.mark.usefixtures("in_partnership")
def test_units_are_named_or_given_by_their_code() -> None:
    other = Unit.objects.filter(level="MUNICIPALITY").exclude(name="Gogolin").order_by("code")[0]
    filled = form(units=f"Gogolin; powiat krapkowicki, {other.code}1", seat="160501")
    assert filled.is_valid(), filled.errors
    values = filled.values()["values"]
    assert list(values["units"]) == ["160501", "1605", other.code]
    assert values["units"]["1605"] == "powiat krapkowicki"
    assert values["seat"] == {"160501": Unit.objects.get(code="160501").label}
    shown = form().shown(ServiceEntry(**values))
    again = form(units=shown["units"], seat=shown["seat"])
    assert again.is_valid(), again.errors
    assert again.values()["values"]["units"] == values["units"]


@pytest.mark.usefixtures("in_partnership")
@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (
            {"units": "Gogolin, Atlantyda"},
            "W rejestrze TERYT naszego województwa nie ma „Atlantyda”",
        ),
        ({"units": "999999"}, "nie ma „999999”"),
        ({"units": "16"}, "nie ma „16”"),
        ({"seat": "powiat krapkowicki"}, "nie ma „powiat krapkowicki”"),
        ({"seat": "160501, 160502"}, "Wpisz jedną gminę."),
        ({"seat": "160501", "is_protected": "on"}, "Chronionego adresu nie zapisujemy."),
        ({"age_from": "18", "age_until": "7"}, "To mniej niż wiek, od którego można skorzystać."),
        ({"age_from": "-1"}, "nie mniejszą niż 0"),
    ],
)
def test_an_area_outside_the_register_is_refused(typed: dict[str, str], why: str) -> None:
    filled = form(**typed)
    assert not filled.is_valid()
    assert why in str(filled.errors)


@pytest.mark.usefixtures("in_partnership")
def test_a_name_that_several_have_asks_for_the_code() -> None:
    one = Unit.objects.filter(level="MUNICIPALITY").exclude(name="Gogolin").order_by("code")[0]
    Unit.objects.filter(pk=one.pk).update(name="Gogolin")
    filled = form(units="Gogolin")
    assert not filled.is_valid()
    assert "Nazwę „Gogolin” mają:" in filled.errors["units"][0]
    assert f"({one.code})" in filled.errors["units"][0]


def test_what_its_owner_says_of_age_and_area_is_read_in_the_basket(
    office: Actor, kooperant: Organisation, keeper: Client, in_partnership: TenantRef
) -> None:
    service = make.accepted(office, kooperant, age_from=7, age_until=16)
    sent_for(keeper, service, units="Gogolin, powiat krapkowicki", age_until="18")
    with inside(in_partnership):
        latest = service.latest
        assert (latest.age_from, latest.age_until) == (7, 18)
        assert sorted(latest.units) == ["1605", "160501"]
        make.taken_in(office, make.handed_in(office, Service.objects.get(pk=service.pk), ""))
    said = text_of(keeper.get(f"{SERVICES}{service.pk}/"))
    assert "7–18 lat" in said
    assert "powiat krapkowicki, gmina miejsko-wiejska Gogolin" in said


def test_a_wrong_area_saves_nothing(
    office: Actor, kooperant: Organisation, keeper: Client, in_partnership: TenantRef
) -> None:
    service = make.accepted(office, kooperant)
    answer = sent_for(keeper, service, units="Atlantyda", phone="77 400 00 09")
    assert answer.status_code == 422
    with inside(in_partnership):
        assert ServiceEntry.objects.get(service=service).phone == "77 400 00 01"


def test_of_a_place_that_becomes_protected_no_gmina_is_kept(
    office: Actor, kooperant: Organisation
) -> None:
    seat = {"160501": "gmina Gogolin"}
    service = make.accepted(office, kooperant, seat=seat)
    make.refiled(office, service, is_protected=True, street="", seat={})
    assert set(map(str, ServiceEntry.objects.values_list("seat", flat=True))) == {"{}"}
