"""Agreements in the exit package of a tenant."""

from collections.abc import Iterator
from typing import Any

from kooperacja.offers import Pack
from tenants.agreements.models import Agreement, ContactPerson, Party
from tenants.agreements.text import Text, values_of

_TEXT = ["porozumienie", "wariant", "stan", "zawarte", "dzień", "postanowienie", "treść"]
_PARTIES = [
    "porozumienie", "numer", "Strona", "siedziba", "podpisuje za nią", "osoba reprezentująca",
    "funkcja",
]  # fmt: skip
_PEOPLE = [
    "porozumienie", "Strona", "imię i nazwisko", "stanowisko", "telefon", "e-mail", "od", "do",
]  # fmt: skip


def write_agreements(pack: Pack) -> None:
    """Every agreement with its text, its parties and all the people they ever named."""
    pack.sheet("porozumienia/teksty", _TEXT, _texts())
    pack.sheet("porozumienia/strony", _PARTIES, _parties())
    pack.sheet("porozumienia/osoby", _PEOPLE, _people())


def _texts() -> Iterator[list[Any]]:
    for one in Agreement.objects.order_by("created_at", "pk"):
        about: list[Any] = [str(one), one.variant, one.get_state_display()]
        about += [values_of(one)["place"] if one.place else "", one.concluded_on]
        for line in Text(one).everything():
            yield [*about, line.name, line.text]


def _parties() -> Iterator[list[Any]]:
    rows = Party.objects.select_related("agreement")
    for one in rows.order_by("agreement__created_at", "agreement", "position"):
        name = [str(one.agreement), one.position, one.name, one.seat, one.signing_body]
        yield [*name, one.represented_by, one.function]


def _people() -> Iterator[list[Any]]:
    rows = ContactPerson.objects.select_related("party__agreement")
    for one in rows.order_by("party__agreement__created_at", "party__position", "from_on", "pk"):
        who = [one.full_name, one.function, one.phone, one.email]
        yield [str(one.party.agreement), one.party.name, *who, one.from_on, one.ended_on]
