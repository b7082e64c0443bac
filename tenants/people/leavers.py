"""People who left a short time ago: what of their own they may still read here."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kooperacja import offers
from kooperacja.documents.models import StoredFile
from tenants.people.models import Person


@dataclass(frozen=True, slots=True)
class Left:
    """A role for an institution that ended, and when."""

    role: str
    role_label: str
    organisation_id: UUID
    organisation_name: str
    ended_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Leaver:
    """A person without a role here; no permission of a person takes one."""

    person: Person
    left: tuple[Left, ...]  # the newest first

    def ends(self, roles: Collection[str]) -> dict[UUID, datetime]:
        """The institutions for which they were in one of these roles, each up to its last moment."""
        ends: dict[UUID, datetime] = {}
        for one in self.left:
            if one.role in roles:
                ends.setdefault(one.organisation_id, one.ended_at)
        return ends

    @property
    def last_at(self) -> datetime:
        """The moment from which nothing new is theirs."""
        return self.left[0].ended_at

    @property
    def until(self) -> datetime:
        return self.left[0].until


@dataclass(frozen=True, slots=True)
class OwnPaper:
    """A paper of somebody who left, or what is known of it where no file is kept."""

    title: str
    day: date | None = None
    file: StoredFile | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class OwnPapers(offers.Offer):
    """Papers of one kind that are a leaver's own; none that came after they had left."""

    title: str
    find: Callable[[Leaver], Iterable[OwnPaper]]


def papers_of(leaver: Leaver) -> list[tuple[str, list[OwnPaper]]]:
    """All that a leaver may read, by kinds."""
    found = ((kind.title, list(kind.find(leaver))) for kind in offers.of(OwnPapers))
    return [(title, papers) for title, papers in found if papers]


def own_file(leaver: Leaver, file_id: UUID) -> StoredFile | None:
    """The file of one of their papers; any other is not theirs to know of."""
    files = (paper.file for _, papers in papers_of(leaver) for paper in papers)
    return next((file for file in files if file is not None and file.pk == file_id), None)
