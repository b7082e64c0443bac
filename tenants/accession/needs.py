"""Needs for which institutions are recruited; the apps that know of them keep them (REG §5.1.h)."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from kooperacja import offers
from kooperacja.audit.actor import Actor


@dataclass(frozen=True, slots=True)
class Need:
    """A need in words, how it stands, and the page on which it is seen to."""

    pk: UUID
    words: str
    state: str
    href: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class NeedOfRecruiting(offers.Offer):
    """Needs of one kind: one that is open, those of a recruitment, and the act that ties the two."""

    find: Callable[[UUID], Need | None]
    of: Callable[[UUID], list[Need]]
    tie: Callable[[Actor, UUID, UUID], bool]  # the need and the recruitment; False if it is no such


def open_need(key: str) -> Need | None:
    """The open need of an id, as an address or a form has it."""
    try:
        pk = UUID(key)
    except ValueError:
        return None
    found = (offer.find(pk) for offer in offers.of(NeedOfRecruiting))
    return next((need for need in found if need), None)


def needs_of(recruitment_id: UUID) -> list[Need]:
    """Everything for which an institution is recruited."""
    return [need for offer in offers.of(NeedOfRecruiting) for need in offer.of(recruitment_id)]


def tie(by: Actor, need_id: UUID, recruitment_id: UUID) -> None:
    """Keep for which need the institution is recruited."""
    any(offer.tie(by, need_id, recruitment_id) for offer in offers.of(NeedOfRecruiting))
