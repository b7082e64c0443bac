"""Whatever refers to an institution or a person, found by the foreign keys of a tenant's tables."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import ForeignKey, Model, QuerySet, UniqueConstraint, Value

from kooperacja import offers
from kooperacja.ui.polish import counted
from tenants.people.models import Merge, Organisation, Person
from tenants.registry.release import tenant_labels

Subject = Organisation | Person


@dataclass(frozen=True, slots=True)
class Called(offers.Offer):
    """The Polish words for rows that refer by a column to an institution or a person."""

    model: type[Model]
    column: str
    one: str
    few: str
    many: str


@dataclass(frozen=True, slots=True)
class Clash:
    """A reason for which two rows can't be one, and where it is mended."""

    words: str
    href: str
    action: str


@dataclass(frozen=True, slots=True)
class MergeClash(offers.Offer):
    """Finds what stands against merging two institutions, or two people.

    `answers` are the constraints of the app's tables ("one per") that it speaks for.
    """

    kind: type[Organisation] | type[Person]
    find: Callable[[Any, Any], Iterable[Clash]]
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubled(offers.Offer):
    """Names a rule of "one per" that stands against nothing: a second row stays with the source."""

    constraint: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A column of a table that names an institution or a person."""

    model: type[Model]
    column: str

    @property
    def label(self) -> str:
        return f"{self.model._meta.label_lower}.{self.column}"

    @property
    def moves(self) -> bool:
        """Its rows may name another; what is written once stays as it is."""
        return not getattr(self.model, "APPEND_ONLY", False) and not issubclass(self.model, Merge)

    @property
    def constraints(self) -> list[UniqueConstraint]:
        """The rules of its table by which only one row may name the same."""
        rules = self.model._meta.constraints
        return [
            rule
            for rule in rules
            if isinstance(rule, UniqueConstraint) and self.column in rule.fields
        ]

    def rows(self, subject: Subject) -> "QuerySet[Any]":
        rows: QuerySet[Any] = self.model._default_manager.filter(**{self.column: subject})
        return rows

    def words(self, count: int) -> str:
        """A number of its rows: 2 członkostwa."""
        for offer in offers.of(Called):
            if (offer.model, offer.column) == (self.model, self.column):
                return counted(count, offer.one, offer.few, offer.many)
        raise LookupError(f"no app says what rows of {self.label} are called")


@cache
def references_to(kind: type[Any]) -> tuple[Reference, ...]:
    """The columns of all tables of a tenant that name an institution, or a person."""
    labels = tenant_labels()
    return tuple(
        Reference(model, field.name)
        for model in apps.get_models()
        if model._meta.app_label in labels
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.related_model is kind
    )


def referring_to(subject: Subject) -> dict[Reference, list[UUID]]:
    """The rows that name an institution or a person, by their reference; asked in one query."""
    references = references_to(type(subject))
    first, *others = (
        reference.rows(subject).order_by().annotate(nth=Value(place)).values_list("nth", "pk")
        for place, reference in enumerate(references)
    )
    found: dict[Reference, list[UUID]] = {}
    for place, pk in first.union(*others, all=True).order_by("nth", "pk"):
        found.setdefault(references[place], []).append(pk)
    return found


def counted_of(subject: Subject) -> list[tuple[Reference, int]]:
    """The references to an institution or a person, and how many rows each has."""
    return [(reference, len(ids)) for reference, ids in referring_to(subject).items()]


def moved_by_merge(source: Subject, target: Subject) -> list[tuple[Reference, list[UUID]]]:
    """The rows that would name the target instead of the source."""
    enough = {offer.constraint for offer in offers.of(Doubled)}
    found = []
    for reference, ids in referring_to(source).items():
        if not reference.moves:
            continue
        doubled = {
            row.pk
            for rule in reference.constraints
            if rule.name in enough
            for row in _colliding(reference, rule, source, target)
        }
        found.append((reference, [pk for pk in ids if pk not in doubled]))
    return [(reference, moving) for reference, moving in found if moving]


def clashes_of(source: Subject, target: Subject) -> list[Clash]:
    """The reasons against merging the first into the second, in the words of the apps."""
    return [
        clash
        for offer in offers.of(MergeClash)
        if offer.kind is type(source)
        for clash in offer.find(source, target)
    ]


def colliding(constraint: str, source: Subject, target: Subject) -> Iterator[Any]:
    """Rows of the source beside which the target has one already, where only one may be."""
    for reference in references_to(type(source)):
        for rule in reference.constraints:
            if rule.name == constraint:
                yield from _colliding(reference, rule, source, target)


def _colliding(
    reference: Reference, rule: UniqueConstraint, source: Subject, target: Subject
) -> Iterator[Any]:
    others = [name for name in rule.fields if name != reference.column]
    for row in _bound(reference.rows(source), rule).order_by("pk"):
        same = {name: getattr(row, name) for name in others}
        given = {name: value for name, value in same.items() if value is not None}
        blank = {f"{name}__isnull": True for name in same.keys() - given.keys()}
        if blank and rule.nulls_distinct is not False:
            continue
        if _bound(reference.rows(target), rule).filter(**given, **blank).exists():
            yield row


def _bound(rows: "QuerySet[Any]", rule: UniqueConstraint) -> "QuerySet[Any]":
    """Those of the rows that the rule is about."""
    return rows.filter(rule.condition) if rule.condition is not None else rows
