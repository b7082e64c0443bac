"""The consolidated text of an agreement: what was signed, and the aneksy in force on a day (POR)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils import timezone

from tenants.agreements import frozen
from tenants.agreements.amended import (
    changes_of,
    in_force_on,
    place_clause,
    rhythm_clause,
    units_clause,
)
from tenants.agreements.changes import Change, changes, kept
from tenants.agreements.folded import HEADING, renumbered, unnumbered, with_changes
from tenants.agreements.models import Agreement, Amendment
from tenants.agreements.numbering import AFTER, DUTY, END, Line, lists_of
from tenants.agreements.text import LISTED, Reading

_HEAD = ("title", "preamble")


@dataclass(frozen=True)
class ConsolidatedText(Reading):
    """The frozen text with what these aneksy changed in it, one after the other."""

    amendments: tuple[Amendment, ...] = ()

    @cached_property
    def _signed(self) -> frozen.FrozenText:
        return frozen.FrozenText(self.agreement)

    @cached_property
    def unnumbered(self) -> list[Line]:
        """The clauses before they are numbered, to be checked or changed once more."""
        lines = unnumbered(self.agreement.variant, self._signed.lines)
        for amendment in self.amendments:
            lines = with_changes(lines, changes_of(amendment))
        return lines

    @cached_property
    def lines(self) -> list[Line]:
        return renumbered(self.unnumbered)

    def party_lines(self) -> list[Line]:
        return self._signed.party_lines()

    def listed(self) -> list[tuple[str, str]]:
        return self._signed.listed()

    def everything(self) -> list[Line]:
        outside = {one.key: one for one in self.lines}
        head = [outside[key] for key in _HEAD if key in outside]
        rest = [one for one in self.lines if one.key not in _HEAD]
        listed = [one for one in self._signed.everything() if one.name.startswith(LISTED)]
        return [*head, *self.party_lines(), *rest, *listed]


def text_of(agreement: Agreement, day: date | None = None) -> Reading:
    """The text as it is read on a day: a draft, what was signed, or that with its aneksy."""
    if amendments := amendments_on(agreement, day or timezone.localdate()):
        return ConsolidatedText(agreement, tuple(amendments))
    return frozen.text_of(agreement)


def amendments_on(agreement: Agreement, day: date) -> list[Amendment]:
    return in_force_on(agreement, day) if agreement.in_force_from else []


def text_before(amendment: Amendment) -> ConsolidatedText:
    """The text that an aneks changes: the one in force now, without it and what came after it."""
    others = amendments_on(amendment.agreement, timezone.localdate())
    number = amendment.number
    before = [one for one in others if number is None or (one.number or 0) < number]
    return ConsolidatedText(amendment.agreement, tuple(before))


@dataclass(frozen=True)
class Texts:
    """The text before an aneks and with it; its rows are asked for once."""

    before: ConsolidatedText
    after: ConsolidatedText

    @classmethod
    def of(cls, amendment: Amendment) -> "Texts":
        before = text_before(amendment)
        after = ConsolidatedText(amendment.agreement, (*before.amendments, amendment))
        return cls(before, after)

    def difference(self) -> list[Change]:
        """Each clause before and after; a reference that only follows its clause is no change."""
        names = {line.key: line.name for line in self.after.lines}
        was = [one for one in renumbered(self.before.unnumbered, names) if one.key not in _HEAD]
        return changes(kept(was), kept([one for one in self.after.lines if one.key not in _HEAD]))


def changeable(text: ConsolidatedText) -> dict[str, str]:
    """The clauses whose text an aneks may change or take out, name by key.

    The people whom parties name are no part of it, nor the gminas, nor where and how often one
    meets: gminas and the team of the agreement follow these, so they are said by their own fields.
    """
    variant = text.agreement.variant
    apart = {rhythm_clause(variant), place_clause(variant), units_clause(variant)}
    clauses = {
        line.key
        for line in text.lines
        if line.depth in (1, 2) and not line.key.startswith("contact:")
    }
    names = named(text.lines)
    return {key: name for key, name in names.items() if key in clauses - apart}


def places(text: ConsolidatedText) -> dict[str, str]:
    """The places in which an aneks may add something, in words."""
    names = named(text.lines)
    lists = [ref for ref in lists_of(text.agreement.variant) if ref in names]
    numbered = [one.key for one in text.lines if one.depth == 1 and one.number]
    return {
        **{f"{DUTY}:{ref}": f"punkt na końcu listy w {names[ref]}" for ref in lists},
        **{f"{AFTER}:{key}": f"ustęp po {names[key]}" for key in numbered},
        END: "nowy paragraf na końcu",
    }


def named(lines: Iterable[Line]) -> dict[str, str]:
    """The clauses that may be changed or cited, name by key: § 2 ust. 4."""
    return {
        one.key: one.name
        for one in lines
        if one.name.startswith("§") and not one.key.endswith(HEADING)
    }
