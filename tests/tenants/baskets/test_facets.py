"""Each choice of the basket's filter says how many services it leaves, and keeps what was looked for (REG §3.4)."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import pytest

from kooperacja.audit.actor import Actor
from kooperacja.tenancy.ref import TenantRef
from tenants.baskets.actions import services
from tenants.baskets.basket import chosen, matching, seen_by
from tenants.baskets.facets import FACETS, Wanted
from tenants.baskets.forms.basket import BasketFilter
from tenants.people.models import Organisation
from tenants.registry.roles import Role
from tenants.services.hours import kept
from tenants.services.terms import Cost, Feature, Group, Has, Language, Way
from tenants.services.visibility import Visibility
from tests.factories import baskets as make
from tests.factories import people as make_people

MONDAY_NOON = datetime(2026, 11, 30, 12, 0)
BASKET = "/gmina/gogolin/koszyk/"


@pytest.fixture
def basket(office: Actor, kooperant: Organisation) -> None:
    """One of each kind: on site, at home, by telephone, with a break."""
    features = {Feature.STEP_FREE: Has.YES, Feature.LIFT: Has.NO}
    counted = {"places": 2, "counted_on": office.today}
    make.accepted(office, kooperant, features=features, **counted)
    at_home: dict[str, Any] = {"ways": [Way.OUTREACH], "cost": Cost.PARTLY}
    at_home |= {"groups": [Group.SENIORS], "hours": kept(make.ALWAYS), "type_code": "posilki"}
    make.accepted(office, None, name="Obiady dla starszych", **at_home)
    by_phone: dict[str, Any] = {"ways": [Way.REMOTE], "groups": [Group.ALL], "hours": None}
    by_phone |= {"languages": [Language.POLISH, Language.UKRAINIAN], "city": "", "street": ""}
    make.accepted(office, None, name="Telefon zaufania", **by_phone)
    stopped = make.accepted(office, kooperant, name="Klub z przerwą", city="Niby-Wola")
    services.stop(
        by=office, service_id=stopped.pk, from_on=office.today, until_on=None, why="remont"
    )


def told(by: Actor, **wanted: Any) -> dict[str, dict[str, str]]:
    """The choices of each facet by their codes, as the reader sees them."""
    rows = list(seen_by(lambda _: Visibility.TENANT, by.today))
    form = BasketFilter(wanted, rows)
    form.say_counts(matching(rows, form.wanted, MONDAY_NOON))
    return {
        name: {str(code): str(label) for code, label in field.choices if code}  # type: ignore[attr-defined]
        if hasattr(field, "choices")
        else {"on": str(field.label)}
        for name, field in form.fields.items()
        if name in FACETS
    }


@pytest.mark.usefixtures("basket")
@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"dla": "SENIORS"},
        {"szukaj": "psycholog"},
        {"szukaj": "klub z przerwą"},
        {"gdzie": "ON_SITE", "koszt": "FREE"},
        {"dzien": "0", "dla": "FAMILIES"},
        {"dzien": "6", "godzina": "9"},
        {"teraz": "on", "miejsca": "on"},
        {"miejscowosc": "Wymyślonowo", "dostepnosc": "STEP_FREE"},
    ],
)
def test_each_choice_leaves_as_many_services_as_it_says(
    office: Actor, wanted: dict[str, str]
) -> None:
    rows = list(seen_by(lambda _: Visibility.TENANT, office.today))
    for name, choices in told(office, **wanted).items():
        for code, label in choices.items():
            narrowed = BasketFilter({**wanted, name: code}, rows).wanted
            left = len(chosen(rows, narrowed, MONDAY_NOON))
            assert label.endswith(f" ({left})"), (name, label, left)


@pytest.mark.usefixtures("basket")
def test_the_choices_of_every_facet_are_counted(office: Actor) -> None:
    facets = told(office)
    assert facets.keys() == FACETS.keys()
    assert facets["dla"]["SENIORS"] == "osoby starsze (2)"
    assert facets["dla"]["FAMILIES"] == "rodziny z dziećmi (2)"  # one is for all
    assert facets["gdzie"]["ON_SITE"] == "na miejscu (1)"
    assert facets["jezyk"]["uk"] == "ukraiński (1)"
    assert facets["dostepnosc"]["LIFT"] == "winda albo wszystko na parterze (0)"
    assert facets["miejsca"]["on"] == "Są wolne miejsca (1)"


@pytest.mark.usefixtures("basket")
def test_a_reader_narrows_what_they_looked_for_without_a_script(
    in_partnership: TenantRef, kooperant: Organisation
) -> None:
    reader, _ = make_people.signed_in(in_partnership, Role.PARTNER_WORKER, organisation=kooperant)
    answer = reader.get(f"{BASKET}?{urlencode({'szukaj': 'psychologa', 'koszt': 'FREE'})}")
    page = answer.content.decode()
    assert 'value="psychologa"' in page
    assert '<option value="FREE" selected>bezpłatnie (2)</option>' in page
    found = [one.entry.name for one in answer.context["table"].rows]
    assert found == ["Poradnia dla rodzin", "Telefon zaufania"]


@pytest.mark.usefixtures("basket")
def test_one_with_a_break_leaves_as_soon_as_more_than_its_name_is_asked_for(office: Actor) -> None:
    rows = list(seen_by(lambda _: Visibility.TENANT, office.today))

    def names(**wanted: Any) -> list[str]:
        return [one.entry.name for one in chosen(rows, Wanted(**wanted), MONDAY_NOON)]

    assert "Klub z przerwą" in names()
    assert "Klub z przerwą" not in names(dla="FAMILIES")
    assert "Klub z przerwą" not in names(szukaj="psycholog")
    assert names(szukaj="klub przerwa", dla="FAMILIES") == ["Klub z przerwą"]
    (stopped,) = [one for one in rows if one.is_stopped]
    assert stopped.remarks == "Czasowo nieczynna: remont."


def test_days_and_hours_are_one_question(office: Actor, kooperant: Organisation) -> None:
    make.accepted(office, kooperant)
    facets = told(office, dzien="0")
    assert facets["godzina"]["8"] == "8:00 (1)"
    assert facets["godzina"]["16"] == "16:00 (0)"
    assert told(office, godzina="16")["dzien"]["0"] == "poniedziałek (0)"
