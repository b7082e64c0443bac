"""A listed service, and the day and the site of an answer, which its facts do not know."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from tenants.services.hsds.parts import own_id
from tenants.services.listed import ListedFacts

COUNTED_DAYS = 30  # how long a number of free places, or a time to wait, says anything


def organisation_id(facts: ListedFacts) -> UUID:
    """The id of the institution; of one without, by its name."""
    return UUID(facts.owner_id) if facts.owner_id else own_id("organization", facts.owner_name)


@dataclass(frozen=True, slots=True)
class Entry:
    """A service that a unit lists for everybody."""

    id: UUID
    facts: ListedFacts
    unit: str  # with its kind: "Gmina miejsko-wiejska Gogolin"
    unit_code: str
    voivodeship: str
    changed_at: datetime
    row_id: UUID | None = None  # of the unit that lists it, where other units list it too
    elsewhere: tuple["Entry", ...] = ()  # the same service as these list it

    @property
    def here_id(self) -> UUID:
        """The id of what one unit alone says of it."""
        return self.row_id or self.id

    @property
    def organisation_id(self) -> UUID:
        return organisation_id(self.facts)

    @property
    def organisation(self) -> str:
        return self.facts.owner_name or self.unit


@dataclass(frozen=True, slots=True)
class Frame:
    """The day on which it is asked, and the public addresses of types and of their areas."""

    day: date
    type_uri: Callable[[str], str]
    area_uri: Callable[[str], str]
    scheme_uri: str
    is_of_unit: bool = False  # a unit's own types are told of there alone

    def is_counted(self, facts: ListedFacts) -> bool:
        """The numbers of the service are not too old to be told."""
        counted = facts.counted_on
        return counted is not None and self.day <= counted + timedelta(days=COUNTED_DAYS)

    def is_stopped(self, facts: ListedFacts) -> bool:
        """It has a break today."""
        begins, ends = facts.stopped_from, facts.stopped_until
        return begins is not None and begins <= self.day and (ends is None or self.day <= ends)
