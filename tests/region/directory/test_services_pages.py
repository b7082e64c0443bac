"""Anybody finds public services of the whole region, partners those that are shared with them."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
import time_machine
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from region.directory import services_views
from region.directory.columns import columns_of
from region.directory.finding import Found, Wanted
from region.directory.models import ListedService, PartnersService
from tenants.baskets.actions import services
from tenants.registry.models import Unit
from tenants.registry.roles import Role
from tenants.registry.rules import UnitLevel
from tenants.services.hours import Hours, Interval, OtherDay, kept
from tenants.services.listed import ListedFacts
from tenants.services.terms import Cost, Feature, Group, Has, Language, Way
from tests.factories import people as make_people
from tests.region.directory.conftest import OPEN, PARTNERS, Basket

AT = "/katalog/"
MONDAY = date(2026, 11, 30)
WEEK = Hours(
    ((Interval.of("8:00", "16:00"),),) * 5 + ((), ()),
    (OtherDay(MONDAY + timedelta(days=7)), OtherDay(MONDAY, (Interval.of("12:00", "20:00"),))),
)


def listed(tenant: TenantRef, **values: object) -> UUID:
    """A service that is public, as publishing writes it."""
    said: dict[str, object] = {
        "name": "Poradnia",
        "type_code": "psycholog",
        "owner_name": "Fundacja Zmyślona",
        "groups": (Group.FAMILIES,),
        "ways": (Way.ON_SITE,),
        "languages": (Language.POLISH,),
        "cost": Cost.FREE,
        "hours": kept(WEEK),
        **values,
    }
    row = ListedService(
        id=uuid7(),
        tenant_id=tenant.id,
        revision=1,
        content_changed_at=timezone.now(),
        **columns_of(ListedFacts(**said), tenant.code),  # type: ignore[arg-type]
    )
    row.save()
    return row.pk


def names(at: datetime | None = None, **wanted: object) -> list[str]:
    now = at or datetime(2026, 11, 30, 10, 0)
    rows = Found(ListedService.objects.all(), Wanted(**wanted), now, 500)  # type: ignore[arg-type]
    return [row.said.name for row in rows]


@pytest.mark.parametrize(
    ("phrase", "first"),
    [
        ("klub zlota jesien", "Klub „Złota Jesień”"),
        ("fundacja zmyślona", "Klub „Złota Jesień”"),  # by its owner, then by name
        ("psychologa", "Poradnia dla rodzin"),
        ("miejsce do spania", "Nocleg"),
        ("warsztaty ceramiki", "Pracownia"),  # by what it says of itself
    ],
)
def test_everyday_words_find_names_owners_types_and_texts(
    gmina: TenantRef, phrase: str, first: str
) -> None:
    listed(gmina, name="Klub „Złota Jesień”", type_code="klub-seniora")
    listed(gmina, name="Poradnia dla rodzin", owner_name="Poradnia")
    listed(gmina, name="Nocleg", type_code="noclegownia", owner_name="Dom")
    listed(gmina, name="Pracownia", type_code="inne", about="Warsztaty ceramiki", owner_name="Dom")
    assert names(szukaj=phrase)[0] == first


@pytest.mark.parametrize(
    "phrase",
    [
        "w stowarzyszeniu zmyślonym",
        "stowarzyszeniem",
        "Stowarzyszenia ZMYŚLONEGO",
        "stowarzyszenie zmyslone",
        "stow zmyś",  # not typed to the end
        "stowarzyszneie zmyslone",
        "stowarzyszenie przy dworcu",  # its name and its text together
    ],
)
def test_an_institution_is_found_inflected_begun_and_mistyped(
    gmina: TenantRef, phrase: str
) -> None:
    about = "Spotkania przy dworcu."
    listed(gmina, type_code="inne", owner_name="Stowarzyszenie Zmyślone", about=about)
    listed(gmina, name="Klub", type_code="inne", owner_name="Fundacja Pozorna")
    assert names(szukaj=phrase) == ["Poradnia"]


def test_a_name_that_resembles_is_no_answer_where_there_is_a_better_one(gmina: TenantRef) -> None:
    listed(gmina, name="Klub Zmyślony", type_code="inne", owner_name="Dom")
    listed(gmina, name="Klub Zmyślonka", type_code="inne", owner_name="Dom")
    assert names(szukaj="klub zmyślony") == ["Klub Zmyślony"]


def test_a_page_asks_for_no_more_rows_than_it_shows(gmina: TenantRef, client: Client) -> None:
    for number in range(30):
        listed(gmina, name=f"Poradnia {number:02}")
    page = client.get(AT, {"szukaj": "poradnia", "strona": "2"}).content.decode()
    shown = [number for number in range(30) if f"Poradnia {number:02}" in page]
    assert shown == [25, 26, 27, 28, 29]


def test_what_has_the_words_in_its_name_comes_first(gmina: TenantRef) -> None:
    listed(gmina, name="A rozmowa")
    listed(gmina, name="Zespół: psycholog dziecięcy")
    assert names(szukaj="psycholog") == ["Zespół: psycholog dziecięcy", "A rozmowa"]


def test_one_that_names_the_units_it_is_for_is_found_there_and_not_beside(
    gmina: TenantRef, powiat: TenantRef
) -> None:
    listed(powiat, name="Dla powiatu")
    beside = {"160502": "gmina Krapkowice"}
    listed(powiat, name="Dla sąsiadów", units=beside)
    assert names(teren=gmina.code) == ["Dla powiatu"]
    assert names(teren="160502") == ["Dla powiatu", "Dla sąsiadów"]
    assert names(teren=powiat.code) == ["Dla powiatu", "Dla sąsiadów"]


def test_each_choice_narrows_what_is_found(gmina: TenantRef, powiat: TenantRef) -> None:
    listed(
        gmina,
        name="Jedna",
        type_code="klub-seniora",
        groups=(Group.SENIORS,),
        ways=(Way.REMOTE,),
        languages=(Language.UKRAINIAN,),
        cost=Cost.PAID,
        features={Feature.LIFT: Has.YES},
        places=2,
        counted_on=MONDAY,
    )
    listed(powiat, name="Inna", features={Feature.LIFT: Has.NO}, places=2)
    assert names() == ["Inna", "Jedna"]
    for wanted in (
        {"dla": Group.SENIORS},
        {"gdzie": Way.REMOTE},
        {"jezyk": Language.UKRAINIAN},
        {"koszt": Cost.PAID},
        {"dostepnosc": Feature.LIFT},
        {"miejsca": True},
    ):
        assert names(**wanted) == ["Jedna"], wanted


def test_one_for_an_age_is_found_by_it_and_one_for_any_age_by_each(gmina: TenantRef) -> None:
    listed(gmina, name="Dla dzieci", age_from=3, age_until=12)
    listed(gmina, name="Dla każdego")
    listed(gmina, name="Od 60 lat", age_from=60)
    assert names(wiek="7") == ["Dla dzieci", "Dla każdego"]
    assert names(wiek="13") == ["Dla każdego"]
    assert names(wiek="75") == ["Dla każdego", "Od 60 lat"]


def test_what_lies_near_a_gmina_is_found_and_of_a_shelter_no_distance_is_known(
    gmina: TenantRef, city: TenantRef, client: Client
) -> None:
    Unit.objects.filter(code=gmina.code).update(latitude=50.0, longitude=18.0)
    near, far = (  # 14 and 111 km
        Unit.objects.create(
            code=code,
            level=UnitLevel.MUNICIPALITY,
            name=name,
            rodz="2",
            as_of=date(2025, 1, 1),
            latitude=north,
            longitude=18.0,
        )
        for code, name, north in (("160598", "Bliska", 50.13), ("160599", "Daleka", 51.0))
    )
    listed(gmina, name="Tutaj", city="Gogolin")
    listed(city, name="Obok", city="Obok", seat={near.code: near.name})
    listed(city, name="Daleko", city="Daleko", seat={far.code: far.name})
    listed(city, name="Przez telefon", ways=(Way.REMOTE,))
    listed(gmina, name="Schronienie", is_protected=True)
    anywhere = ["Przez telefon"]
    found = {one: names(teren=gmina.code, odleglosc=one) for one in ("GMINA", "10", "20", "POWIAT")}
    assert found == {
        "GMINA": [*anywhere, "Tutaj"],
        "10": [*anywhere, "Tutaj"],
        "20": ["Obok", *anywhere, "Tutaj"],
        "POWIAT": ["Daleko", "Obok", *anywhere, "Tutaj"],
    }
    assert "Daleko" not in names(teren=gmina.code)  # without a distance: what is for it
    page = client.get("/katalog/", {"teren": gmina.code, "odleglosc": "20"})
    assert page.status_code == 200
    assert "Obok" in page.content.decode()


def test_a_distance_is_counted_from_a_gmina_alone(powiat: TenantRef, client: Client) -> None:
    for teren in ("", powiat.code):
        page = client.get("/katalog/", {"teren": teren, "odleglosc": "20"})
        assert "Wybierz gminę, od której liczyć odległość." in page.content.decode()


def test_a_service_for_all_is_found_by_each_group(gmina: TenantRef) -> None:
    listed(gmina, name="Dla wszystkich", groups=(Group.ALL,))
    assert [names(dla=one) for one in (Group.SENIORS, Group.HOMELESS)] == [["Dla wszystkich"]] * 2


def test_a_gmina_has_what_its_powiat_gives_and_a_powiat_what_its_gminas_give(
    gmina: TenantRef, powiat: TenantRef, city: TenantRef
) -> None:
    for tenant, name in ((gmina, "Gminy"), (powiat, "Powiatu"), (city, "Miasta")):
        listed(tenant, name=name)
    assert names(teren=gmina.code) == ["Gminy", "Powiatu"]
    assert names(teren=powiat.code) == ["Gminy", "Powiatu"]
    assert names(teren=city.code) == ["Miasta"]
    assert names(teren="160502") == ["Powiatu"]


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (datetime(2026, 12, 1, 7, 59), False),
        (datetime(2026, 12, 1, 8, 0), True),
        (datetime(2026, 12, 1, 16, 0), False),
        (datetime(2026, 12, 5, 10, 0), False),  # a Saturday
        (datetime(2026, 11, 30, 10, 0), False),  # this Monday differs
        (datetime(2026, 11, 30, 19, 59), True),
        (datetime(2026, 12, 7, 10, 0), False),  # that one it is closed
    ],
)
def test_what_is_open_now_is_known_to_the_minute(
    gmina: TenantRef, at: datetime, is_open: bool
) -> None:
    listed(gmina)
    listed(gmina, name="Nie wiadomo", hours=None)
    assert bool(names(at, teraz=True)) is is_open


def test_it_is_looked_for_by_a_day_of_the_week_and_an_hour(gmina: TenantRef) -> None:
    listed(gmina)
    listed(gmina, name="Nie wiadomo", hours=None)
    assert names(dzien="0") == ["Poradnia"]
    assert names(dzien="6") == []
    assert names(dzien="0", godzina="8") == ["Poradnia"]
    assert names(dzien="0", godzina="16") == []


def test_one_with_a_break_is_found_by_name_alone_and_with_a_sign(
    gmina: TenantRef, client: Client
) -> None:
    today = timezone.localdate()
    listed(gmina, name="Świetlica", stopped_from=today, stopped_why="remont dachu")
    for wanted in ({}, {"szukaj": "psycholog"}, {"teraz": True}, {"miejsca": True}):
        assert names(timezone.localtime().replace(tzinfo=None), **wanted) == []
    page = client.get(AT, {"szukaj": "swietlica"}).content.decode()
    assert "Czasowo nieczynna: remont dachu." in page


def test_a_place_counted_long_ago_is_not_free(gmina: TenantRef) -> None:
    listed(gmina, places=2, counted_on=MONDAY - timedelta(days=31))
    listed(gmina, name="Jutro zaczyna", places=2, counted_on=MONDAY, valid_from=date(2026, 12, 1))
    assert names(miejsca=True) == []


def _signed_in(tenant: TenantRef, role: str) -> Client:
    with inside(tenant):
        of = make_people.organisation()
        return make_people.signed_in(tenant, role, organisation=of)[0]


def test_a_stranger_sees_what_is_public_and_a_partner_what_is_shared(
    basket: Basket, powiat: TenantRef, client: Client
) -> None:
    public = basket.takes(**OPEN, name="Dla każdego")
    shared = basket.takes(**PARTNERS, name="Dla partnerów", contact_name="Anna Zmyślona")
    own = basket.takes(name="Tylko tutaj")
    partner = _signed_in(powiat, Role.PARTNER_WORKER)
    stranger_reads, partner_reads = (one.get(AT).content.decode() for one in (client, partner))
    assert ("Dla każdego" in stranger_reads, "Dla każdego" in partner_reads) == (True, True)
    assert ("Dla partnerów" in stranger_reads, "Dla partnerów" in partner_reads) == (False, True)
    assert "Tylko tutaj" not in stranger_reads + partner_reads
    statuses = {
        who: [one.get(f"{AT}uslugi/{row.pk}/").status_code for row in (public, shared, own)]
        for who, one in (("stranger", client), ("partner", partner))
    }
    assert statuses == {"stranger": [200, 404, 404], "partner": [200, 200, 404]}
    assert "Anna Zmyślona" in partner.get(f"{AT}uslugi/{shared.pk}/").content.decode()


def test_whoever_sees_a_mistake_is_led_to_the_office(basket: Basket, client: Client) -> None:
    page = client.get(f"{AT}uslugi/{basket.takes(**OPEN).pk}/").content.decode()
    assert (
        f'Coś się tu nie zgadza? Zadzwoń albo napisz: <a href="{basket.unit.prefix}/dolacz/">'
        in page
    )


def test_who_only_applies_or_left_is_a_stranger(basket: Basket, powiat: TenantRef) -> None:
    basket.takes(**PARTNERS, name="Dla partnerów")
    applicant = _signed_in(powiat, Role.APPLICANT)
    assert "Dla partnerów" not in applicant.get(AT).content.decode()


def test_a_service_that_was_withdrawn_says_so_and_nothing_else(
    basket: Basket, client: Client
) -> None:
    service = basket.takes(**OPEN)
    with inside(basket.unit):
        services.end(by=basket.by, service_id=service.pk, ended_on=basket.by.today, why="")
    basket.settled()
    answer = client.get(f"{AT}uslugi/{service.pk}/")
    assert answer.status_code == 410
    assert "Poradnia dla rodzin" not in answer.content.decode()


def test_one_past_its_last_day_is_gone_before_anybody_looks(
    gmina: TenantRef, client: Client
) -> None:
    pk = listed(gmina, valid_until=MONDAY)
    with time_machine.travel("2026-12-01T00:30:00+01:00", tick=False):
        assert client.get(f"{AT}uslugi/{pk}/").status_code == 410
        assert "Fundacja Zmyślona" not in client.get(AT).content.decode()


@pytest.mark.parametrize("phrase", ["%", "_", "' OR 1=1 --", "<script>", "\\", "((", "ł" * 100])
def test_hostile_signs_find_nothing_and_stay_text(
    gmina: TenantRef, client: Client, phrase: str
) -> None:
    listed(gmina)
    answer = client.get(AT, {"szukaj": phrase})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Fundacja Zmyślona" not in page
    assert "<script>" not in page.replace("<script src", "")


@pytest.mark.parametrize(
    "query", ["dzien=x", "dzien=9", "teren=1'", "godzina=8)||true", "strona=9999", "jezyk=xx"]
)
def test_a_choice_that_can_not_be_does_no_harm(
    gmina: TenantRef, client: Client, query: str
) -> None:
    listed(gmina)
    assert client.get(f"{AT}?{query}").status_code == 200


def test_nothing_found_says_what_to_do(gmina: TenantRef, client: Client) -> None:
    listed(gmina)
    page = client.get(AT, {"szukaj": "hipopotam"}).content.decode()
    assert "Napisz inaczej" in page


def test_a_stranger_who_asks_without_end_waits(
    gmina: TenantRef, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services_views, "ASKED", 2)
    answers = [client.get(AT, {"szukaj": "klub"}).status_code for _ in range(3)]
    assert answers == [200, 200, 429]
    assert client.get(AT).status_code == 200


def test_partners_rows_are_never_asked_of_for_a_stranger(basket: Basket, client: Client) -> None:
    basket.takes(**PARTNERS)
    assert PartnersService.objects.count() == 1
    with CaptureQueriesContext(connections["shared"]) as asked:
        client.get(AT, {"szukaj": "psycholog", "dla": "FAMILIES"})
    assert not any("partnersservice" in one["sql"] for one in asked.captured_queries)
    assert any("listedservice" in one["sql"] for one in asked.captured_queries)
