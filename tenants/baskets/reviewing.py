"""Matters that the Lider is to look at in a service that follows its master: the difference, and who uses it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kooperacja import offers
from kooperacja.ui.difference import Line, changed_lines
from kooperacja.ui.polish import pl_date
from tenants.baskets.models.adoptions import Adoption
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.said import all_of


@dataclass(frozen=True, slots=True)
class Use:
    """A thing of another app that rests on a service: its words, and its page."""

    label: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class UsesService(offers.Offer):
    """Says what of an app rests on a service, such as a plan of help or a referral.

    Asked when the service has ended; it names no family to whoever may not read of it.
    """

    find: Callable[[UUID], Iterable[Use]]


@dataclass(frozen=True, slots=True)
class ToReview:
    """The lines that read otherwise since the Lider looked last, and what rests on an ended service."""

    lines: tuple[Line, ...]
    users: tuple[Use, ...]


def to_review(service: Service, said: Iterable[ServiceEntry], day: date) -> ToReview | None:
    """None where nothing waits to be looked at."""
    adoption: Adoption | None = service.followed
    if adoption is None or adoption.review_since is None:
        return None
    entries = {one.number: one for one in said}
    before, after = entries[adoption.seen_number], entries[max(entries)]
    was, becomes = all_of(before, day), all_of(after, day)
    if service.ended_on:
        becomes["Nie działa od"] = ": ".join(
            filter(None, (pl_date(service.ended_on), service.ended_why))
        )
    if adoption.withdrawn_on:
        becomes["Wycofana z katalogu"] = str(pl_date(adoption.withdrawn_on))
    users = tuple(users_of(service)) if service.ended_on else ()
    return ToReview(changed_lines(was, becomes), users)


def users_of(service: Service) -> Iterable[Use]:
    """Everything that apps say rests on the service."""
    for offer in offers.of(UsesService):
        yield from offer.find(service.pk)
