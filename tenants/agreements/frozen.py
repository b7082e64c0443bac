"""The text of an agreement as it lies before its parties, read from its kept version (POR)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tenants.agreements.clauses import TEXTS
from tenants.agreements.models import Agreement
from tenants.agreements.numbering import Line
from tenants.agreements.text import LISTED, OUTSIDE, Reading, Text

_PARTY, _CONTACT, _OWN, _HEADING = "party:", "contact:", "own:", ":heading"


@dataclass(frozen=True)
class FrozenText(Reading):
    """The text that was sent to be signed; no row that changed since changes it."""

    @cached_property
    def _all(self) -> list[Line]:
        version = self.agreement.signed_text
        assert version is not None  # the database keeps no frozen agreement without it
        mended = {clause.ref: clause.mended for clause in TEXTS[self.agreement.variant]}
        return [*_lines(version.lines, mended)]

    @property
    def lines(self) -> list[Line]:
        return [one for one in self._all if not _is_of_party(one)]

    def party_lines(self) -> list[Line]:
        return [one for one in self._all if one.key.startswith(_PARTY)]

    def listed(self) -> list[tuple[str, str]]:
        rows = (one for one in self._all if _is_of_party(one) and one.key.startswith(_CONTACT))
        return [(one.name.removeprefix(LISTED), one.text) for one in rows]

    def everything(self) -> list[Line]:
        return self._all


def text_of(agreement: Agreement) -> Reading:
    """The text as it is read now: the kept one from the day it was sent to be signed."""
    return FrozenText(agreement) if agreement.is_frozen else Text(agreement)


def _is_of_party(line: Line) -> bool:
    """It stands in the preamble or in the annex; people named in a paragraph do not."""
    return line.key.startswith(_PARTY) or line.name.startswith(LISTED)


def _lines(rows: list[dict[str, str]], mended: dict[str, str]) -> Iterator[Line]:
    """The kept rows with the numbers and depths that their names tell of."""
    party = 0
    for row in rows:
        key, name, text = row["key"], row["name"], row["text"]
        if key.startswith(_PARTY):
            party += 1
            yield Line(key, text, 2, f"{party})", name)
        else:
            depth, number = _place(key, name)
            is_cited = depth != OUTSIDE or name.startswith(LISTED)
            own = key.startswith(_OWN)
            yield Line(key, text, depth, number, name if is_cited else "", mended.get(key, ""), own)


def _place(key: str, name: str) -> tuple[int, str]:
    """The depth of a clause and the number before it, by its name: § 2 ust. 3 pkt 1."""
    if not name.startswith("§"):
        return OUTSIDE, ""
    if " pkt " in name:
        return 2, f"{name.rpartition(' ')[2]})"
    if " ust. " in name:
        return 1, f"{name.rpartition(' ')[2]}."
    is_own_text = key.startswith(_OWN) and not key.endswith(_HEADING)
    return (1 if is_own_text else 0), ""
