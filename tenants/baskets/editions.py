"""An edition of the basket as its reader may read it today, and what changed since the one before."""

from collections.abc import Callable, Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.urls import reverse

from kooperacja.ui.difference import Line, changed_lines
from kooperacja.ui.polish import counted, polish_order, quoted
from tenants.baskets.models.cards import Card
from tenants.baskets.models.editions import Edition, EditionItem
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.said import Seen
from tenants.services.visibility import Visibility, strictest

Reach = Callable[[Card], Visibility]
REMOVED = "usunięto na życzenie instytucji"
_LEVELS = ("sees_service", "sees_contact", "sees_place")


def in_public(card: Card) -> Visibility:
    """How far anybody sees who takes a leaflet away (REG §5.1.g)."""
    return Visibility.PUBLIC


@dataclass(frozen=True)
class Printed:
    """A service of an edition, for a reader who sees up to `reach`; what was hidden since is a hole."""

    item: EditionItem
    reach: Visibility

    @cached_property
    def _then(self) -> Seen:
        """As it might be read when the edition was issued."""
        levels = {name: getattr(self.item, name) for name in _LEVELS}
        return self._with(levels | {"is_protected": self.item.was_protected})

    @cached_property
    def seen(self) -> Seen:
        """As it may be read today: the stricter of the levels counts."""
        entry = self.item.entry
        pairs = {name: (getattr(self.item, name), getattr(entry, name)) for name in _LEVELS}
        return self._with({name: strictest(*map(Visibility, pair)) for name, pair in pairs.items()})

    def _with(self, values: dict[str, Any]) -> Seen:
        entry = copy(self.item.entry)
        vars(entry).update(values)
        return Seen(entry, self.reach, self.item.edition.issued_on)

    @property
    def entry(self) -> ServiceEntry:
        return self.seen.entry

    @property
    def service(self) -> Service:
        return self.entry.service

    @property
    def url(self) -> str:
        return reverse("baskets:edition_item", args=[self.item.edition_id, self.item.pk])

    @property
    def is_printed(self) -> bool:
        """It was there for this reader, though it may be a hole now."""
        return self._then.is_seen

    @property
    def is_hole(self) -> bool:
        return self._then.is_seen and not self.seen.is_seen

    @property
    def name(self) -> str:
        return REMOVED if self.is_hole else self.entry.name

    @property
    def owner(self) -> str:
        return "" if self.is_hole else self.item.owner

    @property
    def remarks(self) -> str:
        return "" if self.is_hole else self.item.remarks

    def _given(self, value: str, *, was: bool, now: bool) -> str:
        return REMOVED if was and not now else value

    @property
    def phone(self) -> str:
        return self._contact(self.seen.phone)

    @property
    def email(self) -> str:
        return self._contact(self.seen.email)

    @property
    def website(self) -> str:
        return self._contact(self.seen.website)

    def _contact(self, value: str) -> str:
        return self._given(value, was=self._then.sees_contact, now=self.seen.sees_contact)

    @property
    def address(self) -> str:
        return self._given(self.seen.address, was=self._then.sees_place, now=self.seen.sees_place)

    @cached_property
    def facts(self) -> dict[str, str]:
        """All that this reader may read of it, by its label; nothing of a hole."""
        if self.is_hole or not self.is_printed:
            return {}
        rows = [row for _, section in self.seen.sections for row in section]
        facts = {"Kto pomaga": self.owner} | {label: str(value) for label, value in rows}
        given = {"Adres": self.address, "Telefon": self.phone, "Uwagi": self.remarks}
        return {label: value for label, value in (facts | given).items() if value}


def read(edition: Edition, reach_for: Reach) -> list[Printed]:
    """The services of an edition that were there for this reader, by name."""
    rows = EditionItem.objects.filter(edition=edition)
    rows = rows.select_related("entry__service__card__organisation", "edition")
    every = (Printed(one, reach_for(one.entry.service.card)) for one in _in_order(rows))
    return [one for one in every if one.is_printed]


def _in_order(rows: Any) -> Any:
    return rows.order_by(polish_order("entry__name"), "pk")


@dataclass(frozen=True)
class Changed:
    """A service of which an edition says otherwise than the one before."""

    printed: Printed
    lines: tuple[Line, ...]

    @property
    def fields(self) -> str:
        return ", ".join(line.label.lower() for line in self.lines)

    @property
    def in_words(self) -> str:
        """The old and the new words, for where none can be struck out."""
        return "; ".join(
            f"{line.label}: było {quoted(line.before or '–')}, jest {quoted(line.after or '–')}"
            for line in self.lines
        )


@dataclass(frozen=True)
class Changes:
    """The services that came, that read otherwise, and that are gone, for one reader."""

    new: list[Printed]
    changed: list[Changed]
    ended: list[Printed]

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.ended)

    @property
    def said(self) -> str:
        """How many of each, in words."""
        counts = (
            (len(self.new), ("nowa usługa", "nowe usługi", "nowych usług")),
            (len(self.changed), ("zmieniona", "zmienione", "zmienionych")),
            (len(self.ended), ("zakończona", "zakończone", "zakończonych")),
        )
        return ", ".join(counted(count, *words) for count, words in counts if count)


def changes(old: Iterable[Printed], new: Iterable[Printed]) -> Changes:
    """The differences of two editions as one reader sees them; of a hole nothing is told."""
    before, after = _by_service(old), _by_service(new)
    return Changes(
        new=[one for pk, one in after.items() if pk not in before and not one.is_hole],
        changed=list(_changed(before, after)),
        ended=[one for pk, one in before.items() if pk not in after and not one.is_hole],
    )


def _by_service(rows: Iterable[Printed]) -> dict[UUID, Printed]:
    return {one.entry.service_id: one for one in rows}


def _changed(before: dict[UUID, Printed], after: dict[UUID, Printed]) -> Iterator[Changed]:
    for pk, now in after.items():
        was = before.get(pk)
        if was is None or was.is_hole or now.is_hole or _is_same(was.item, now.item):
            continue
        # Read on one day, so that a number of places that has grown old is no change.
        same_day = Printed(_on_day(was.item, now.item.edition), was.reach)
        old, new = ({"Nazwa": one.name} | one.facts for one in (same_day, now))
        if lines := changed_lines(old, new):
            yield Changed(now, lines)


def _on_day(item: EditionItem, edition: Edition) -> EditionItem:
    moved = copy(item)
    moved.edition = edition
    return moved


def _is_same(was: EditionItem, now: EditionItem) -> bool:
    said = [(one.entry_id, one.owner, one.remarks) for one in (was, now)]
    return said[0] == said[1]
