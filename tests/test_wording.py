"""No text of the interface has a fault of wording that a machine can find."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.declared import ROOT
from tests.kooperacja.ui.test_fields import EVERY
from tests.wording import FAULTS, faults

PROJECT = ROOT.parent
FOLDERS = ("platform", "tenants", "region", "gmina", "powiat", "api")
POLISH = re.compile(r"[ąćęłńóśźż]|\b(?:nie|jest|do|na)\b", re.IGNORECASE)
# Values of settings, said before there is Django: no names of people or institutions.
PLAIN_VALUES = "environ.py"

BAD = {
    "two full stops": "przyjęto 12 września 2026 r..",
    "a preposition and a colon": "przyjęty w: Strzeleczkach",
    "brakuje before a nominative": "brakuje wspólny cel",
    "a verb after jest or brak": "brak: wskazano osobę",
    "zero of people": "należy 0 kooperantów",
    "Django's own words": "Upewnij się, że ta wartość jest większa",
    "email": "podobne do email.",
    "post for e-mail": "Zaproszenie wysyłamy pocztą.",
    "a participle with (a)": "Podpisał(a)",
    "a verb of a person": "Wpisała osoba: Jan Zmyślony",
    "nested quotes": "Instytucja „Koło „Łąkowianki””",
}
GOOD = (
    "brak: wspólny cel; należy 10 kooperantów; do 3 maja 2026 r. … i e-mail biuro@email.pl; "
    "„Koło «Łąkowianki»”; 0 z 7 kooperantów; Brakuje: 2. Czekamy..."
)


def _strings(file: Path) -> Iterator[str]:
    """Polish texts of a module; of an f-string each value is a brace. Docstrings are English."""
    tree = ast.parse(file.read_text())
    inside = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = "".join(
                part.value if isinstance(part, ast.Constant) else "{}" for part in node.values
            )
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in inside
        ):
            text = node.value
        else:
            continue
        if POLISH.search(text) and not text.isascii():
            yield text


def _sources() -> Iterator[tuple[str, str]]:
    for folder in FOLDERS:
        for file in sorted((PROJECT / folder).rglob("*.py")):
            if "migrations" not in file.parts and file.name != PLAIN_VALUES:
                yield from ((str(file), text) for text in _strings(file))
    for file in sorted((PROJECT / "templates").rglob("*.*")):
        text = re.sub(r"\{\{.*?\}\}", "{}", file.read_text())
        yield str(file), re.sub(r"\{%.*?%\}|<[^>]*>", " ", text)


@pytest.mark.parametrize("text", ["0 kooperantów", "Popielów gmina wiejska 0 kooperantów"])
def test_a_zero_is_found_also_where_a_line_begins(text: str) -> None:
    assert [name for name, _ in faults(text)] == ["zero of people"]


@pytest.mark.parametrize("name", FAULTS)
def test_a_bad_text_is_found(name: str) -> None:
    assert name in {found for found, _ in faults(BAD[name])}


def test_a_good_text_has_no_fault() -> None:
    assert faults(GOOD) == []


def test_no_source_text_has_a_fault() -> None:
    read = list(_sources())
    assert len(read) > 2000
    assert [(file, found) for file, text in read for found in faults(text)] == []


def test_no_name_is_put_in_quotes_by_hand() -> None:
    """`quoted` turns the quotes that stand in a name into inner ones."""
    by_hand = re.compile(r"„\{")
    assert [(file, text) for file, text in _sources() if by_hand.search(text)] == []


def test_every_field_says_its_limits_in_our_words() -> None:
    said = [
        str(message)
        for form in EVERY
        for field in form.base_fields.values()
        for code in ("min_value", "max_value", "max_length")
        if (message := field.error_messages.get(code))
    ]
    limited = [
        f"{form.__qualname__}.{name}"
        for form in EVERY
        for name, field in form.base_fields.items()
        if getattr(field, "min_value", None) is not None and not field.widget.is_hidden
        if "min_value" not in field.error_messages
    ]
    assert len(said) > 50
    assert limited == []
