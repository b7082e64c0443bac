"""The words of a page about a service: what it is, how one gets in, when, where (REG §3.2)."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from kooperacja.ui.polish import counted, pl_date, stopped
from kooperacja.ui.text import InLanguage
from tenants.services.hours import hours_of
from tenants.services.listed import ListedFacts
from tenants.services.terms import Cost, Feature, Group, Has, Language, Way, labels
from tenants.services.types import own_of
from tenants.services.vocabulary import type_of

Given = list[tuple[str, object]]
UNKNOWN = "nie wiadomo"
PROTECTED = "adres chroniony"
SILENT = "Brak kontaktu z instytucją: sprawdź, zanim kogoś tam wyślesz."
# How long a number of free places says anything.
COUNTED_DAYS = 30
_DAYS = ("dzień", "dni", "dni")
_FEW = 3


def what(one: ListedFacts) -> Given:
    return [
        ("Rodzaj", kind(one)),
        ("Na czym polega", one.about),
        ("Dla kogo", ", ".join(labels(Group, one.groups))),
        ("Wiek", age(one)),
        ("Gdzie", ", ".join(labels(Way, one.ways))),
        ("Teren", one.area_words or "wszędzie tam, gdzie działa Partnerstwo"),
        ("Podstawa prawna", one.legal_basis),
    ]


def kind(one: ListedFacts) -> str:
    """Its type; of a unit's own that is part of no other, the area."""
    if known := type_of(one.type_code):
        return known.name
    return own_of(one.own_type).area.name if one.own_type else one.type_code


def age(one: ListedFacts) -> str:
    """The age of whom it is for, where that matters."""
    first, last = one.age_from, one.age_until
    if first is None and last is None:
        return ""
    if first is None or last is None:
        return f"do {last} lat" if first is None else f"od {first} lat"
    return f"{first}–{last} lat"


def way_in(one: ListedFacts) -> Given:
    return [
        ("Co zrobić", one.access),
        ("Kto kieruje", one.referral or "skierowania nie trzeba"),
        ("Decyzja administracyjna", "potrzebna" if one.needs_decision else "niepotrzebna"),
        ("Warunki", one.conditions),
        ("Potrzebne dokumenty", one.papers),
        ("Koszt", ": ".join(part for part in (cost(one), one.cost_about) if part)),
    ]


def cost(one: ListedFacts) -> str:
    return ", ".join(labels(Cost, [one.cost]))


def first_groups(groups: Iterable[str]) -> str:
    """A few of the groups, for a list."""
    said = labels(Group, groups)
    rest = counted(len(said) - _FEW, "inna grupa", "inne grupy", "innych grup")
    return f"{', '.join(said[:_FEW])} i {rest}" if len(said) > _FEW + 1 else ", ".join(said)


def for_family(one: ListedFacts) -> Given:
    """The same in few words, for whoever reads with difficulty or in another language."""
    return [
        ("Tekst łatwy do czytania", one.easy_to_read),
        ("Tekst po ukraińsku", InLanguage(one.in_ukrainian, "uk")),
    ]


def opening(one: ListedFacts) -> Given:
    hours = hours_of(one.hours)
    return [
        ("Godziny", hours.said if hours else UNKNOWN),
        ("Dni, które się różnią", "; ".join(hours.said_exceptions) if hours else ""),
        ("Uwagi o godzinach", one.hours_about),
    ]


def when(one: ListedFacts, day: date) -> Given:
    valid = (
        f"od {pl_date(one.valid_from)}" if one.valid_from else "",
        f"do {pl_date(one.valid_until)}" if one.valid_until else "",
    )
    return [
        *opening(one),
        ("Wolne miejsca", _counted(one, one.places, day)),
        ("Czas oczekiwania", _counted(one, one.waiting_days, day, _DAYS)),
        ("Działa", " ".join(part for part in valid if part)),
    ]


def _counted(
    one: ListedFacts, number: int | None, day: date, noun: tuple[str, str, str] | None = None
) -> str:
    """A number that is no older than 30 days; of an older one nothing is known any more."""
    if number is None or one.counted_on is None:
        return ""
    if day > one.counted_on + timedelta(days=COUNTED_DAYS):
        return UNKNOWN
    return f"{counted(number, *noun) if noun else number} (stan na {pl_date(one.counted_on)})"


def contact(one: ListedFacts) -> Given:
    return [
        ("Osoba do kontaktu", one.contact_name),
        ("Telefon", one.phone),
        ("Adres e-mail", one.email),
        ("Strona internetowa", one.website),
    ]


def address(one: ListedFacts) -> str:
    """The street and the town; of a protected place that it is one."""
    if one.is_protected:
        return PROTECTED
    town = " ".join(part for part in (one.postal_code, one.city) if part)
    return ", ".join(part for part in (one.street, town) if part)


def where(one: ListedFacts) -> Given:
    """Features by what is known of them: "nie wiadomo" is not "brak"; nothing of a hidden place."""
    hides_place = one.is_protected or not (address(one) or one.features)
    return [
        ("Adres", address(one)),
        ("Gmina adresu", "" if one.is_protected else ", ".join(one.seat.values())),
        ("Języki", ", ".join(labels(Language, one.languages))),
        *((f"Dostępność: {has.label}", "" if hides_place else _have(one, has)) for has in Has),
    ]


def _have(one: ListedFacts, has: Has) -> str:
    return ", ".join(str(each.label) for each in Feature if one.features.get(each, "") == has)


def sections(one: ListedFacts, day: date) -> Iterator[tuple[str, Given]]:
    """All that is known; what is empty is left out."""
    parts = (
        ("Co to jest", what(one)),
        ("Jak skorzystać", way_in(one)),
        ("Dla rodziny, innymi słowami", for_family(one)),
        ("Kiedy", when(one, day)),
        ("Kontakt", contact(one)),
        ("Miejsce i dostępność", where(one)),
    )
    for heading, rows in parts:
        if said := [(label, value) for label, value in rows if value]:
            yield heading, said


def remarks(one: ListedFacts, day: date) -> str:
    """Its break, and that nobody knows if it is still as described."""
    told = (
        break_said(one.stopped_from, one.stopped_until, one.stopped_why, day),
        SILENT if one.is_silent else "",
    )
    return " ".join(part for part in told if part)


def break_said(begins: date | None, ends: date | None, why: str, day: date) -> str:
    """A break, while it lasts or is still to come."""
    if begins is None or (ends is not None and ends < day):
        return ""
    until = f" do {pl_date(ends)}" if ends else ""
    since = "" if begins <= day else f" od {pl_date(begins)}"
    return stopped(f"Czasowo nieczynna{since}{until}{f': {why}' if why else ''}")
