"""Subjects of items: matters of apps above that a meeting decides on (REG §2.5)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from kooperacja import offers
from kooperacja.audit.actor import Actor

if TYPE_CHECKING:
    from tenants.meetings.models.meetings import AgendaItem


@dataclass(frozen=True, slots=True)
class SubjectOfItem(offers.Offer):
    """One kind of matter, and how its app hears how an item about it ended.

    `decided(item, by)` is called in the transaction of the outcome, and again when that is
    corrected before the meeting is closed: the last word counts. `settled(item, by)` is called
    once, when it is closed: from then on the outcome stays. `page` is the name of the page of the
    matter, for whoever reads the team.
    """

    kind: str
    decided: "Callable[[AgendaItem, Actor], object]"
    settled: "Callable[[AgendaItem, Actor], object] | None" = None
    page: str = ""


@dataclass(frozen=True, slots=True)
class SourceOfArrangement(offers.Offer):
    """One kind of matter that makes arrangements between meetings.

    `page` is the name of the page of the matter, `label` its name, for whoever reads the team.
    `common` says who does what it gave to nobody alone; without it that is the Lider.
    """

    kind: str
    page: str
    label: str
    common: str = "Lider"


def source_of(kind: str) -> SourceOfArrangement | None:
    return next((one for one in offers.of(SourceOfArrangement) if kind and one.kind == kind), None)


def tell(item: "AgendaItem", by: Actor) -> None:
    """Let the app of an item's subject hear its outcome."""
    for offer in offers.of(SubjectOfItem):
        if item.subject_kind and offer.kind == item.subject_kind:
            offer.decided(item, by)


def settle(item: "AgendaItem", by: Actor) -> None:
    """Let it hear that the meeting is closed and the outcome stays."""
    for offer in offers.of(SubjectOfItem):
        if offer.settled and offer.kind == item.subject_kind:
            offer.settled(item, by)


def url_of(item: "AgendaItem") -> str:
    """The page of its subject; empty where it has none."""
    for offer in offers.of(SubjectOfItem):
        if item.subject_kind and offer.kind == item.subject_kind and offer.page:
            return reverse(offer.page, args=[item.subject])
    return ""
