"""Columns of a file of institutions, people or services, by their headings (REG §3.3)."""

from collections.abc import Iterable
from dataclasses import dataclass

INSTITUTIONS, PEOPLE, SERVICES = "INSTITUTIONS", "PEOPLE", "SERVICES"
OWNER = "owner"
SEEN = "seen"  # beside the fields: the version of what is there that was compared


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, the field it fills, what to write there, an example."""

    heading: str
    field: str
    about: str
    example: str
    is_needed: bool = False


_YES_NO = "tak albo nie"
OF: dict[str, tuple[Column, ...]] = {
    INSTITUTIONS: (
        Column("pełna nazwa", "name", "jak w statucie", "Poradnia Przykładowa", True),
        Column("sektor", "sector", "na przykład: edukacja, zdrowie", "zdrowie", True),
        Column("forma prawna", "legal_form", "", "stowarzyszenie"),
        Column("NIP", "nip", "10 cyfr, jako tekst", ""),
        Column("REGON", "regon", "9 albo 14 cyfr, jako tekst", ""),
        Column("KRS", "krs", "10 cyfr, jako tekst", ""),
        Column("ulica i numer", "street", "", "ul. Przykładowa 1"),
        Column("kod pocztowy", "postal_code", "", "00-000"),
        Column("miejscowość", "city", "", "Przykładowo", True),
        Column("adres e-mail", "email", "adres instytucji, nie osoby", "poradnia@example.pl"),
        Column("telefon", "phone", "", "77 400 00 00"),
        Column("strona internetowa", "website", "", "https://example.pl"),
    ),
    PEOPLE: (
        Column(
            "instytucja", OWNER, "REGON albo pełna nazwa z rejestru", "Poradnia Przykładowa", True
        ),
        Column("imię i nazwisko", "full_name", "", "Anna Przykładowa", True),
        Column("funkcja", "function", "na przykład: pedagog, dyrektor", "pedagog", True),
        Column("kieruje instytucją", "is_head", f"{_YES_NO}; puste: nie", "nie"),
        Column("adres e-mail", "email", "własny adres tej osoby", "anna@example.pl"),
        Column("telefon", "phone", "", "77 400 00 00"),
    ),
    SERVICES: (
        Column(
            "instytucja",
            OWNER,
            "REGON albo pełna nazwa kooperanta; puste: Lider",
            "Poradnia Przykładowa",
        ),
        Column("nazwa usługi", "name", "jak o nią pytają ludzie", "Psycholog dla dorosłych", True),
        Column("rodzaj", "type_code", "jak na liście rodzajów", "psycholog", True),
        Column("na czym polega", "about", "bez danych rodzin", "Rozmowa z psychologiem.", True),
        Column("dla kogo", "groups", "jedna albo kilka grup, po przecinku", "wszyscy", True),
        Column("gdzie", "ways", "na miejscu, w domu albo w terenie, zdalnie", "na miejscu", True),
        Column("wiek od", "age_from", "liczba lat; puste: bez znaczenia", ""),
        Column("wiek do", "age_until", "liczba lat; puste: bez znaczenia", ""),
        Column("teren", "area", "słowami albo kody TERYT po przecinku; puste: cały teren", ""),
        Column("podstawa prawna", "legal_basis", "", ""),
        Column("jak skorzystać", "access", "", "Zadzwoń i umów się.", True),
        Column("kto kieruje", "referral", "puste: skierowania nie trzeba", ""),
        Column("decyzja administracyjna", "needs_decision", _YES_NO, "nie"),
        Column("warunki", "conditions", "", ""),
        Column("potrzebne dokumenty", "papers", "", ""),
        Column("koszt", "cost", "bezpłatnie, częściowo odpłatnie, odpłatnie", "bezpłatnie", True),
        Column("ile to kosztuje", "cost_about", "gdy nie jest bezpłatnie", ""),
        Column("tekst łatwy do czytania", "easy_to_read", "krótkie zdania dla rodziny", ""),
        Column("tekst po ukraińsku", "in_ukrainian", "kilka zdań dla rodziny", ""),
        *(
            Column(day, f"hours_{place}", "na przykład 8:00–16:00; puste: nieczynne", "8:00–16:00")
            for place, day in enumerate(
                ("poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela")
            )
        ),
        Column("uwagi o godzinach", "hours_about", "", ""),
        Column("wolne miejsca", "places", "liczba", ""),
        Column("dni czekania", "waiting_days", "liczba", ""),
        Column("stan na dzień", "counted_on", "dzień.miesiąc.rok, jako tekst", ""),
        Column("działa od", "valid_from", "dzień.miesiąc.rok, jako tekst", ""),
        Column("działa do", "valid_until", "dzień.miesiąc.rok, jako tekst", ""),
        Column("adres chroniony", "is_protected", f"{_YES_NO}; tak: bez ulicy i kodu", "nie"),
        Column("ulica i numer", "street", "", "ul. Przykładowa 1"),
        Column("kod pocztowy", "postal_code", "", "00-000"),
        Column("miejscowość", "city", "gdy pomoc jest na miejscu", "Przykładowo"),
        Column("gmina adresu", "seat", "nazwa albo kod TERYT", ""),
        Column("języki", "languages", "po przecinku; puste: polski", "polski"),
        Column("osoba do kontaktu", "contact_name", "za zgodą tej osoby", ""),
        Column("telefon", "phone", "telefon, e-mail albo strona", "77 400 00 00"),
        Column("adres e-mail", "email", "", ""),
        Column("strona internetowa", "website", "", ""),
    ),
}


def places_of(kind: str, headings: Iterable[str]) -> tuple[dict[str, int], list[int], list[str]]:
    """The place of each known column; of others, and of a second of one name; needed ones that lack."""
    known = {_plain(one.heading): one for one in OF[kind]}
    places: dict[str, int] = {}
    strange = []
    for place, heading in enumerate(headings):
        column = known.get(_plain(heading))
        if column is not None and column.field not in places:
            places[column.field] = place
        else:
            strange.append(place)
    lacking = [one.heading for one in OF[kind] if one.is_needed and one.field not in places]
    return places, strange, lacking


def heading_of(kind: str, field: str) -> str:
    """The heading of the column of a field; of what many columns make, none."""
    return next((one.heading for one in OF[kind] if one.field == field), "")


def _plain(heading: str) -> str:
    return " ".join(heading.lower().replace("*", "").split())
