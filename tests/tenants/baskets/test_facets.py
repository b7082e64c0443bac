"""Each choice of the basket's filter says how many services it leaves, and keeps what was looked for (REG §3.4)."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import pytest

from kooperacja.audit.actor import Actor
from kooperacja.tenancy.ref import TenantRef
from tenants.baskets.actions import services
from tenants.baskets.basket import matching, seen_by
from tenants.baskets.facets import FACETS, Here
from tenants.baskets.forms.basket import BasketFilter
from tenants.baskets.nearby import Nearby, nearby
from tenants.people.models import Organisation
from tenants.registry.roles import Role
from tenants.services.hours import kept
from tenants.services.terms import Cost, Feature, Group, Has, Language, Way
from tenants.services.visibility import Visibility
from tests.factories import baskets as make
from tests.factories import people as make_people

MONDAY_NOON = datetime(2026, 11, 30, 12, 0)
BASKET = "/gmina/gogolin/koszyk/"
GOGOLIN, KRAPKOWICE, OPOLE, FAR = "160501", "160502", "166101", "160801"
# A degree of latitude is some 111 km.
CENTRES = {GOGOLIN: (50.46, 17.94), KRAPKOWICE: (50.53, 17.94), OPOLE: (50.66, 17.94)}
IN_GMINA = Nearby(GOGOLIN, {GOGOLIN: "gmina Gogolin"}, CENTRES)
IN_POWIAT = Nearby("1605", {GOGOLIN: "gmina Gogolin", KRAPKOWICE: "gmina Krapkowice"}, {})


@pytest.fixture
def basket(office: Actor, kooperant: Organisation) -> None:
    """One of each kind: on site, at home, by telephone, with a break."""
    features = {Feature.STEP_FREE: Has.YES, Feature.LIFT: Has.NO}
    counted = {"places": 2, "counted_on": office.today}
    make.accepted(office, kooperant, features=features, age_from=7, age_until=16, **counted)
    at_home: dict[str, Any] = {"ways": [Way.OUTREACH], "cost": Cost.PARTLY}
    at_home |= {"age_from": 60, "units": {GOGOLIN: "gmina Gogolin"}}
    at_home |= {"groups": [Group.SENIORS], "hours": kept(make.ALWAYS), "type_code": "posilki"}
    make.accepted(office, None, name="Obiady dla starszych", **at_home)
    by_phone: dict[str, Any] = {"ways": [Way.REMOTE], "groups": [Group.ALL], "hours": None}
    by_phone |= {"languages": [Language.POLISH, Language.UKRAINIAN], "city": "", "street": ""}
    make.accepted(office, None, name="Telefon zaufania", **by_phone)
    stopped = make.accepted(office, kooperant, name="Klub z przerwą", city="Niby-Wola")
    services.stop(
        by=office, service_id=stopped.pk, from_on=office.today, until_on=None, why="remont"
    )


def told(by: Actor, nearby: Nearby = IN_GMINA, **wanted: Any) -> dict[str, dict[str, str]]:
    """The choices of each facet by their codes, as the reader sees them."""
    rows = list(seen_by(lambda _: Visibility.TENANT, by.today))
    form = BasketFilter(wanted, rows, nearby)
    form.say_counts(matching(rows, form.wanted, Here(MONDAY_NOON, nearby)))
    return {
        name: {str(code): str(label) for code, label in field.choices if code}  # type: ignore[attr-defined]
        if hasattr(field, "choices")
        else {"on": str(field.label)}
        for name, field in form.fields.items()
        if name in FACETS
    }


def names(by: Actor, nearby: Nearby = IN_GMINA, **wanted: str) -> list[str]:
    """The services that are left when the form is sent."""
    rows = list(seen_by(lambda _: Visibility.TENANT, by.today))
    wish = BasketFilter(wanted, rows, nearby).wanted
    matches = matching(rows, wish, Here(MONDAY_NOON, nearby))
    return [one.seen.entry.name for one in matches if not one.fails]


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
        {"odleglosc": "10", "wiek": "7"},
    ],
)
def test_each_choice_leaves_as_many_services_as_it_says(
    office: Actor, wanted: dict[str, str]
) -> None:
    for name, choices in told(office, **wanted).items():
        for code, label in choices.items():
            left = names(office, **{**wanted, name: code})
            assert label.endswith(f" ({len(left)})"), (name, label, left)


@pytest.mark.usefixtures("basket")
def test_the_choices_of_every_facet_are_counted(office: Actor) -> None:
    facets = told(office)
    assert facets.keys() == FACETS.keys() - {"gmina"}  # there is but one
    assert facets["dla"]["SENIORS"] == "osoby starsze (2)"
    assert facets["dla"]["FAMILIES"] == "rodziny z dziećmi (2)"  # one is for all
    assert facets["gdzie"]["ON_SITE"] == "na miejscu (1)"
    assert facets["jezyk"]["uk"] == "ukraiński (1)"
    assert facets["dostepnosc"]["LIFT"] == "winda albo wszystko na parterze (0)"
    assert facets["wiek"]["13"] == "13–17 lat (2)"  # of the one by telephone nobody said an age
    assert facets["odleglosc"]["GMINA"] == "w tej samej gminie (3)"
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
    assert "Klub z przerwą" in names(office)
    assert "Klub z przerwą" not in names(office, dla="FAMILIES")
    assert "Klub z przerwą" not in names(office, szukaj="psycholog")
    assert names(office, szukaj="klub przerwa", dla="FAMILIES") == ["Klub z przerwą"]
    rows = list(seen_by(lambda _: Visibility.TENANT, office.today))
    (stopped,) = [one for one in rows if one.is_stopped]
    assert stopped.remarks == "Czasowo nieczynna: remont."


def test_days_and_hours_are_one_question(office: Actor, kooperant: Organisation) -> None:
    make.accepted(office, kooperant)
    facets = told(office, dzien="0")
    assert facets["godzina"]["8"] == "8:00 (1)"
    assert facets["godzina"]["16"] == "16:00 (0)"
    assert told(office, godzina="16")["dzien"]["0"] == "poniedziałek (0)"


def place(by: Actor, of: Organisation, name: str, seat: str, **values: Any) -> None:
    units = {seat: f"gmina {seat}"} if seat else {}
    make.accepted(by, of, name=name, seat=units, **values)


def test_a_place_is_as_far_as_the_middle_of_its_gmina(
    office: Actor, kooperant: Organisation
) -> None:
    place(office, kooperant, "Tutaj", "")
    place(office, kooperant, "W powiecie", KRAPKOWICE)  # 8 km
    place(office, kooperant, "W Opolu", OPOLE)  # 22 km
    place(office, kooperant, "Nie wiadomo jak daleko", FAR)
    place(office, kooperant, "U każdego w domu", FAR, ways=[Way.OUTREACH])
    place(office, kooperant, "Tylko telefon", FAR, ways=[Way.REMOTE])
    anywhere = ["Tutaj", "Tylko telefon", "U każdego w domu"]
    assert names(office, odleglosc="GMINA") == anywhere
    assert names(office, odleglosc="POWIAT") == [*anywhere, "W powiecie"]
    assert names(office, odleglosc="10") == [*anywhere, "W powiecie"]
    assert names(office, odleglosc="40") == [*anywhere, "W Opolu", "W powiecie"]
    # One that is only remote is never on site.
    assert "Tylko telefon" not in names(office, gdzie="ON_SITE")


def test_where_no_boundaries_were_imported_there_is_the_same_powiat_or_not(
    office: Actor, kooperant: Organisation
) -> None:
    place(office, kooperant, "W powiecie", KRAPKOWICE)
    place(office, kooperant, "W Opolu", OPOLE)
    around = nearby()
    assert (around.code, list(around.gminas), around.centres) == (GOGOLIN, [GOGOLIN], {})
    assert told(office, around)["odleglosc"] == {
        "GMINA": "w tej samej gminie (0)",
        "POWIAT": "w tym samym powiecie (1)",
    }


def test_a_protected_or_hidden_place_has_no_distance(
    office: Actor, kooperant: Organisation
) -> None:
    protected = {"is_protected": True, "street": "", "type_code": "schronienie"}
    make.accepted(office, kooperant, name="Azyl", **protected)
    place(office, kooperant, "Ukryte", KRAPKOWICE, sees_place=Visibility.OFFICE)
    for step in ("GMINA", "POWIAT", "10", "40"):
        assert names(office, odleglosc=step) == []
    assert names(office) == ["Azyl", "Ukryte"]


def test_in_a_powiat_the_gmina_of_the_family_is_chosen_first(
    office: Actor, kooperant: Organisation
) -> None:
    make.accepted(office, kooperant, name="Dla wszystkich gmin")
    whole = {"1605": "powiat krapkowicki"}
    make.accepted(office, kooperant, name="Dla powiatu", units=whole, seat={GOGOLIN: "Gogolin"})
    make.accepted(office, kooperant, name="Dla Krapkowic", units={KRAPKOWICE: "Krapkowice"})
    assert "odleglosc" not in told(office, IN_POWIAT)
    assert told(office, IN_POWIAT)["gmina"] == {
        GOGOLIN: "gmina Gogolin (2)",
        KRAPKOWICE: "gmina Krapkowice (3)",
    }
    assert names(office, IN_POWIAT, gmina=GOGOLIN) == ["Dla powiatu", "Dla wszystkich gmin"]
    # Of the others nobody said where they are.
    assert names(office, IN_POWIAT, gmina=GOGOLIN, odleglosc="GMINA") == ["Dla powiatu"]
    assert names(office, IN_POWIAT, gmina=KRAPKOWICE, odleglosc="POWIAT") == ["Dla powiatu"]


def test_somebody_finds_what_is_for_their_age(office: Actor, kooperant: Organisation) -> None:
    make.accepted(office, kooperant, name="Dla każdego")
    make.accepted(office, kooperant, name="Dla młodych", age_from=16, age_until=20)
    make.accepted(office, kooperant, name="Dla seniorów", age_from=60)
    make.accepted(office, kooperant, name="Żłobek", age_until=2)
    assert names(office, wiek="0") == ["Dla każdego", "Żłobek"]
    assert names(office, wiek="13") == ["Dla każdego", "Dla młodych"]
    assert names(office, wiek="18") == ["Dla każdego", "Dla młodych"]
    assert names(office, wiek="75") == ["Dla każdego", "Dla seniorów"]
