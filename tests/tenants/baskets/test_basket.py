"""What a reader finds in the basket, and what each may see of it (REG §3.4, §5.1.g)."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from kooperacja.audit.actor import Actor
from kooperacja.ui.polish import pl_date
from tenants.baskets import perms
from tenants.baskets.actions import services
from tenants.baskets.basket import chosen, seen_by
from tenants.baskets.editions import read
from tenants.baskets.forms.basket import BasketFilter
from tenants.baskets.forms.entries import NewServiceForm
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.said import Seen
from tenants.baskets.wanted import Wanted
from tenants.partnership.models import Membership
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tenants.services.hours import kept
from tenants.services.said import PROTECTED, UNKNOWN
from tenants.services.terms import Cost, Feature, Group, Has, Language, Way
from tenants.services.visibility import Visibility
from tests.factories import baskets as make
from tests.factories import people as make_people
from tests.factories.editions import issued

MONDAY_NOON = datetime(2026, 11, 30, 12, 0)


def found(by: Actor, reach: Visibility = Visibility.TENANT, **wanted: Any) -> list[str]:
    rows = chosen(seen_by(lambda _: reach, by.today), Wanted(**wanted), MONDAY_NOON)
    return [one.entry.name for one in rows]


@pytest.fixture
def basket(office: Actor, kooperant: Organisation) -> None:
    features = {Feature.STEP_FREE: Has.YES, Feature.LIFT: Has.NO}
    make.accepted(office, kooperant, features=features)
    make.accepted(
        office,
        None,
        name="Obiady dla starszych",
        type_code="posilki",
        about="Ciepły posiłek przywożony do domu.",
        groups=[Group.SENIORS],
        ways=[Way.OUTREACH],
        cost=Cost.PARTLY,
        hours=kept(make.ALWAYS),
    )
    make.accepted(
        office,
        None,
        name="Telefon zaufania",
        type_code="interwencja-kryzysowa",
        about="Ktoś wysłucha o każdej porze.",
        groups=[Group.ALL],
        ways=[Way.REMOTE],
        languages=[Language.POLISH, Language.UKRAINIAN],
        hours=None,
        city="",
        street="",
    )


@pytest.mark.usefixtures("basket")
@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({}, ["Obiady dla starszych", "Poradnia dla rodzin", "Telefon zaufania"]),
        ({"szukaj": "psychologa"}, ["Poradnia dla rodzin"]),
        ({"szukaj": "poradnia"}, ["Poradnia dla rodzin"]),
        ({"szukaj": "zmyslona"}, ["Poradnia dla rodzin"]),  # by its institution
        ({"dla": "SENIORS"}, ["Obiady dla starszych", "Telefon zaufania"]),
        ({"gdzie": "ON_SITE"}, ["Poradnia dla rodzin"]),
        ({"koszt": "PARTLY"}, ["Obiady dla starszych"]),
        ({"jezyk": "uk"}, ["Telefon zaufania"]),
        ({"teraz": True}, ["Obiady dla starszych", "Poradnia dla rodzin"]),
        ({"dla": "SENIORS", "koszt": "FREE"}, ["Telefon zaufania"]),
        ({"szukaj": "kosmonauta"}, []),
        ({"szukaj": "poradnię zmyśloną"}, ["Poradnia dla rodzin"]),
        ({"szukaj": "obaidy"}, ["Obiady dla starszych"]),  # mistyped
        ({"szukaj": "telefonu zaufania"}, ["Telefon zaufania"]),
        ({"rodzaj": "posilki"}, ["Obiady dla starszych"]),
        # Whoever comes home or answers the telephone needs no town.
        (
            {"miejscowosc": "Wymyślonowo"},
            ["Obiady dla starszych", "Poradnia dla rodzin", "Telefon zaufania"],
        ),
        ({"miejscowosc": "Niby-Wola"}, ["Obiady dla starszych", "Telefon zaufania"]),
        ({"dzien": "6"}, ["Obiady dla starszych"]),
        ({"dzien": "0", "godzina": "8"}, ["Obiady dla starszych", "Poradnia dla rodzin"]),
        ({"godzina": "16"}, ["Obiady dla starszych"]),
        ({"dostepnosc": "STEP_FREE"}, ["Poradnia dla rodzin"]),
        ({"dostepnosc": "LIFT"}, []),
    ],
)
def test_a_reader_finds_by_words_and_by_what_they_chose(
    office: Actor, wanted: dict[str, Any], names: list[str]
) -> None:
    assert found(office, **wanted) == names


def test_a_service_is_found_by_its_town_unless_its_place_is_protected(
    office: Actor, kooperant: Organisation
) -> None:
    make.accepted(office, kooperant, name="Pasieka", type_code="ekologia", city="Niby-Wola")
    hidden = {"is_protected": True, "street": "", "city": "Niby-Wola", "postal_code": ""}
    make.accepted(office, kooperant, name="Azyl", type_code="schronienie", **hidden)
    assert found(office, szukaj="niby-woli") == ["Pasieka"]
    assert found(office, szukaj="niby wola") == ["Pasieka"]


def test_the_filter_offers_what_the_reader_has_in_the_basket(
    office: Actor, kooperant: Organisation
) -> None:
    make.accepted(office, kooperant, city="Łąka")
    make.accepted(office, kooperant, type_code="schronienie", sees_service=Visibility.OFFICE)
    rows = list(seen_by(lambda _: Visibility.TENANT, office.today))
    filled = BasketFilter({"rodzaj": "psycholog", "miejscowosc": "Łąka"}, rows)
    assert [code for code, _ in filled.fields["rodzaj"].choices] == ["", "psycholog"]
    assert [code for code, _ in filled.fields["miejscowosc"].choices] == ["", "Łąka"]
    assert (filled.wanted.rodzaj, filled.wanted.miejscowosc) == ("psycholog", "Łąka")


def test_nobody_finds_a_protected_place_by_how_one_gets_into_it(
    office: Actor, kooperant: Organisation
) -> None:
    step_free = {"features": {Feature.STEP_FREE: Has.YES}}
    make.accepted(office, kooperant, is_protected=True, street="", postal_code="", **step_free)
    assert found(office, Visibility.OFFICE, dostepnosc="STEP_FREE") == []


def test_free_places_that_nobody_counted_for_a_month_are_unknown(
    office: Actor, kooperant: Organisation
) -> None:
    counted = office.today - timedelta(days=31)
    make.accepted(office, kooperant, places=5, counted_on=counted)
    make.accepted(office, kooperant, name="Świeża", places=2, counted_on=office.today)
    make.accepted(office, kooperant, name="Pełna", places=0, counted_on=office.today)
    rows = chosen(
        seen_by(lambda _: Visibility.TENANT, office.today), Wanted(miejsca=True), _noon(office)
    )
    assert [one.entry.name for one in rows] == ["Świeża"]
    old = Seen(ServiceEntry.objects.get(places=5), Visibility.TENANT, office.today)
    assert ("Wolne miejsca", UNKNOWN) in old.when


def _noon(by: Actor) -> datetime:
    return datetime.combine(by.today, MONDAY_NOON.time())


def test_a_service_with_a_break_is_found_by_its_name_alone(
    office: Actor, kooperant: Organisation
) -> None:
    service = make.accepted(office, kooperant)
    services.stop(
        by=office, service_id=service.pk, from_on=office.today, until_on=None, why="remont"
    )
    assert found(office, szukaj="poradnia dla rodzin") == ["Poradnia dla rodzin"]
    assert found(office, szukaj="psycholog") == []


def test_what_ended_or_was_not_accepted_is_in_no_basket(
    office: Actor, kooperant: Organisation
) -> None:
    make.filed(office, kooperant, name="Niepewna")
    ended = make.accepted(office, kooperant, name="Zakończona")
    services.end(by=office, service_id=ended.pk, ended_on=office.today, why="")
    yesterday = office.today - timedelta(days=1)
    make.accepted(office, kooperant, name="Miniona", valid_until=yesterday)
    assert found(office, Visibility.OFFICE) == []


def test_the_services_of_whoever_left_leave_the_basket(
    office: Actor, kooperant: Organisation, another: Organisation
) -> None:
    service = make.accepted(office, kooperant)
    reader = make_people.person(Role.PARTNER_WORKER, organisation=another)
    assert perms.see_service(reader, service)
    Membership.objects.get(organisation=kooperant).end(office.today)
    assert found(office) == []
    assert not perms.see_service(reader, service)


def test_each_part_is_seen_as_far_as_its_owner_chose_and_the_strictest_wins(
    office: Actor, kooperant: Organisation
) -> None:
    service = make.accepted(
        office,
        kooperant,
        sees_service=Visibility.TENANT,
        sees_contact=Visibility.OFFICE,
        sees_place=Visibility.PUBLIC,
    )
    entry = service.latest
    member, own = (
        Seen(entry, reach, office.today) for reach in (Visibility.TENANT, Visibility.OFFICE)
    )
    assert (member.phone, member.contact) == ("", [])
    assert member.address == "ul. Zmyślona 1, Wymyślonowo"
    assert own.phone == "77 400 00 01"
    # A place that all may see is still a place of a service that they may not.
    assert Seen(entry, Visibility.PUBLIC, office.today).address == ""


def test_a_service_for_the_office_alone_does_not_exist_for_others(
    office: Actor, kooperant: Organisation, another: Organisation
) -> None:
    service = make.accepted(office, kooperant, sees_service=Visibility.OFFICE)
    assert found(office) == []
    assert found(office, Visibility.OFFICE) == ["Poradnia dla rodzin"]
    reader = make_people.person(Role.PARTNER_WORKER, organisation=another)
    assert not perms.see_service(reader, service)
    assert perms.see_service(make_people.person(Role.SOCIAL_WORKER), service)


def test_of_a_protected_place_no_address_is_kept(office: Actor, kooperant: Organisation) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make.drafted(office, kooperant, is_protected=True)
    service = make.accepted(
        office,
        kooperant,
        is_protected=True,
        street="",
        city="Wymyślonowo",
        features={Feature.LIFT: Has.YES},
    )
    for reach in (Visibility.TENANT, Visibility.OFFICE):
        seen = Seen(service.latest, reach, office.today)
        assert seen.address == PROTECTED
        told = str(list(seen.sections))
        assert "Wymyślonowo" not in told
        assert "winda" not in told
    assert Service.objects.count() == 1


def test_what_is_to_be_protected_or_kept_from_others_is_so_from_the_day_it_is_told(
    office: Actor, kooperant: Organisation
) -> None:
    service = make.accepted(office, kooperant)
    before = service.latest
    make.refiled(office, service, is_protected=True, street="", sees_contact=Visibility.OFFICE)
    before.refresh_from_db()
    member = Seen(before, Visibility.TENANT, office.today)
    assert (before.street, before.postal_code, member.address) == ("", "", PROTECTED)
    assert member.phone == ""
    assert (before.state, before.about) == ("ACCEPTED", make.said()["about"])


def test_a_wider_level_waits_for_the_lider(office: Actor, kooperant: Organisation) -> None:
    service = make.accepted(office, kooperant, sees_contact=Visibility.OFFICE)
    make.refiled(office, service, sees_contact=Visibility.TENANT)
    (seen,) = seen_by(lambda _: Visibility.TENANT, office.today)
    assert seen.phone == ""


def test_nobody_is_sent_to_a_service_with_a_break_or_that_has_not_begun(
    office: Actor, kooperant: Organisation
) -> None:
    always = kept(make.ALWAYS)
    make.accepted(office, kooperant, name="Czynna", hours=always)
    tomorrow = office.today + timedelta(days=1)
    make.accepted(office, kooperant, name="Przyszła", hours=always, valid_from=tomorrow)
    stopped = make.accepted(office, kooperant, name="Przerwana", hours=always)
    services.stop(
        by=office, service_id=stopped.pk, from_on=office.today, until_on=None, why="remont"
    )
    assert found(office, teraz=True) == ["Czynna"]
    assert found(office) == ["Czynna", "Przerwana", "Przyszła"]


def test_an_owner_finds_what_they_show_to_the_office_alone(
    office: Actor, coordinator: Actor, kooperant: Organisation
) -> None:
    make.accepted(office, kooperant, sees_service=Visibility.OFFICE)
    voice = Person.objects.get(pk=coordinator.person_id)
    other = make_people.person(Role.PARTNER_COORDINATOR, organisation=make_people.organisation())
    for person, count in ((voice, 1), (other, 0)):
        assert len(list(seen_by(partial(perms.reach_for, person), office.today))) == count


def test_an_end_to_come_is_told_and_can_be_put_right(
    office: Actor, kooperant: Organisation
) -> None:
    service = make.accepted(office, kooperant)
    for days in (100, 10):
        day = office.today + timedelta(days=days)
        service = services.end(by=office, service_id=service.pk, ended_on=day, why="")
    (seen,) = seen_by(lambda _: Visibility.TENANT, office.today)
    last = pl_date(office.today + timedelta(days=9))
    assert seen.remarks == f"Działa do {last}"


def form(**sent: Any) -> NewServiceForm:
    return NewServiceForm(
        {
            "name": "Klub",
            "type_code": "klub-seniora",
            "about": "Spotkania",
            "groups": ["ALL"],
            "ways": ["ON_SITE"],
            "access": "Przyjdź",
            "cost": "FREE",
            "city": "Wymyślonowo",
            "phone": "774000001",
            "languages": ["pl"],
            "sees_service": "TENANT",
            "sees_contact": "TENANT",
            "sees_place": "TENANT",
            "key": "0197f3a0-0000-7000-8000-000000000001",
            **sent,
        }
    )


def test_what_is_typed_becomes_hours_and_features(office: Actor) -> None:
    filled = form(
        hours_0="8-16",
        hours_2="8:00–12:00, 13:00–18:00",
        hours_other="24.12.2026 nieczynne",
        has_lift=Has.NO,
        has_step_free="",
        groups=["ALL", "SENIORS"],
        places="3",
    )
    assert filled.is_valid(), filled.errors
    values = filled.values()["values"]
    entry = ServiceEntry(**values)
    assert entry.opening is not None
    assert entry.opening.said == "poniedziałek 8:00–16:00, środa 8:00–12:00 i 13:00–18:00"
    assert entry.opening.said_exceptions == (f"{pl_date(date(2026, 12, 24))} nieczynne",)
    known = entry.features_known
    assert known[Has.NO] == [Feature.LIFT.label]
    assert Feature.STEP_FREE.label in known[Has.UNKNOWN]
    assert entry.groups == ["ALL"]
    assert entry.counted_on == office.today
    shown = NewServiceForm.shown(entry)
    assert shown["hours_2"] == "8:00–12:00, 13:00–18:00"
    assert shown["hours_other"] == "24.12.2026 nieczynne"


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"hours_0": "od rana"}, "hours_0"),
        ({"hours_0": "16-8"}, "hours_0"),
        ({"hours_1": "8-12, 11-15"}, "hours_1"),
        ({"hours_other": "w wigilię nieczynne"}, "hours_other"),
        ({"hours_other": "31.02.2026 8-12"}, "hours_other"),
        ({"hours_other": "24.12.2026 nieczynne"}, "hours_0"),
        ({"hours_0": "8", "hours_other": "24.12.2026 8-12\n24.12.2026 nieczynne"}, "hours_other"),
        ({"is_protected": "on", "street": "ul. Zmyślona 1"}, "street"),
        ({"city": ""}, "city"),
        ({"phone": ""}, "phone"),
        ({"cost": "PAID"}, "cost_about"),
        ({"valid_from": "2026-05-01", "valid_until": "2026-04-01"}, "valid_until"),
        ({"counted_on": "2999-01-01"}, "counted_on"),
        ({"type_code": "nie-ma-takiego"}, "type_code"),
        ({"groups": []}, "groups"),
        ({"places": "-1"}, "places"),
        ({"has_lift": "MAYBE"}, "has_lift"),
    ],
)
def test_what_can_not_be_is_said_beside_its_field(
    office: Actor, sent: dict[str, Any], field: str
) -> None:
    refused = form(**sent)
    assert not refused.is_valid()
    assert field in refused.errors
    assert all(isinstance(error, ValidationError) for error in refused.errors.as_data()[field])


def test_what_leads_to_a_protected_place_is_for_its_owner_and_the_office_alone(
    office: Actor, kooperant: Organisation
) -> None:
    leads = {"email": "dom@pokaz.example", "website": "https://dom.example", "contact_name": "Anna"}
    make.accepted(office, kooperant, is_protected=True, street="", city="Zmyślin", **leads)
    edition = issued(office)
    for reach, knows in ((Visibility.TENANT, False), (Visibility.OFFICE, True)):
        (seen,) = seen_by(lambda _, reach=reach: reach, office.today)
        (printed,) = read(edition, lambda _, reach=reach: reach)
        assert (seen.phone, printed.phone) == ("77 400 00 01", "77 400 00 01")
        for said in (
            repr(list(seen.sections)),
            repr(printed.facts),
            printed.email + printed.website,
        ):
            assert ("dom@pokaz" in said or "dom.example" in said) is knows
        assert "Zmyślin" not in repr((list(seen.sections), printed.facts))
