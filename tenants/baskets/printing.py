"""An edition of the basket and its leaflets as they are printed for a reader (REG §3.4, §5.1.g)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kooperacja.audit.actor import Actor
from kooperacja.documents.models import PreparedFile
from kooperacja.documents.papers import Paper
from kooperacja.documents.preparing import ask_for_paper
from kooperacja.ui.polish import pl_date
from tenants.baskets import perms
from tenants.baskets.edition_papers import (
    EDITION,
    LEAFLET,
    LINES,
    PUBLIC,
    PUBLIC_FIELDS,
    reader_of,
    stamp,
)
from tenants.baskets.editions import REMOVED, Changes, Printed, changes, in_public, read
from tenants.baskets.listed import owner_for_strangers
from tenants.baskets.models.cards import Card
from tenants.baskets.models.editions import Edition
from tenants.baskets.printed_facts import in_two_columns
from tenants.partnership.models import Partnership
from tenants.partnership.papers import lead_of
from tenants.people.models import Person
from tenants.services.terms import Group, is_for
from tenants.services.visibility import Visibility


def since_of(edition: Edition, printed: Sequence[Printed], reach_for: Any) -> Changes | None:
    """The changes since the edition before, if there is one."""
    return changes(read(edition.before, reach_for), printed) if edition.before else None


def edition_context(edition: Edition, person: Person | None) -> dict[str, Any]:
    """An edition as its reader may read it."""

    def reach_for(card: Card) -> Visibility:
        return perms.reach_for(person, card)

    printed = read(edition, reach_for)
    since = since_of(edition, printed, reach_for)
    return {
        **_head(edition, Partnership.objects.get()),
        "since": _since_said(edition, since) if since else "",
        "changes": _rows_of(since) if since else [],
        "services": [_line(one) for one in printed],
    }


def _since_said(edition: Edition, since: Changes) -> str:
    number = edition.before.number if edition.before else 0
    return f"Od wydania nr {number}: {since.said}."


def _head(edition: Edition, lead: Partnership) -> dict[str, Any]:
    return {
        "lead": lead_of(lead),
        "number": str(edition.number),
        "day": pl_date(edition.issued_on),
    }


def _rows_of(since: Changes) -> list[dict[str, str]]:
    return [
        *({"name": one.name, "what": "nowa", "about": ""} for one in since.new),
        *(
            {"name": one.printed.name, "what": "zmieniona", "about": one.in_words}
            for one in since.changed
        ),
        *({"name": one.name, "what": "zakończona", "about": ""} for one in since.ended),
    ]


def _line(one: Printed) -> dict[str, Any]:
    facts = one.facts
    said = {field: facts.get(label, "") for label, field, _ in LINES}
    name = f"Usługa: {REMOVED}" if one.is_hole else one.name
    rows = in_two_columns((label, said[field]) for label, field, _ in LINES)
    return {"name": name, "is_removed": one.is_hole, **said, **rows}


def for_group(edition: Edition, group: str) -> list[Printed]:
    """Services for a group of which anybody may know."""
    every = read(edition, in_public)
    return [one for one in every if not one.is_hole and is_for(one.entry.groups, group)]


def leaflet_context(edition: Edition, group: str) -> dict[str, Any]:
    """A leaflet that may lie anywhere: the public parts of services for a group (REG §5.1.g)."""
    lead = Partnership.objects.get()
    return {
        **_head(edition, lead),
        "group": str(Group(group).label),
        "services": [_for_strangers(one, lead) for one in for_group(edition, group)],
    }


def _for_strangers(one: Printed, lead: Partnership) -> dict[str, str]:
    line = {**_line(one), "owner": owner_for_strangers(one.service.card, lead)}
    return {field: line[field].replace(REMOVED, "") for field in PUBLIC_FIELDS}


@dataclass(frozen=True, slots=True)
class Leaflet:
    """A leaflet for a group: how many services it names, and how many are kept from it."""

    edition: Edition
    code: str
    label: str
    count: int
    left: int

    def url_of(self, kind: str) -> str:
        """The address of its file; of one that names nothing there is none."""
        return f"{self.edition.url_of(kind)}?dla={self.code}" if self.count else ""


def leaflets_of(edition: Edition) -> list[Leaflet]:
    """A leaflet for each group, though it may be empty."""
    named = [one.entry.groups for one in read(edition, in_public) if not one.is_hole]
    every = [one.entry.groups for one in edition.items.select_related("entry").order_by("pk")]
    made = []
    for code, label in Group.choices:
        count, total = (sum(is_for(one, code) for one in rows) for rows in (named, every))
        made.append(Leaflet(edition, code, str(label), count, total - count))
    return made


def paper_of(edition: Edition, person: Person | None, group: str) -> tuple[Paper, dict[str, Any]]:
    """The whole edition for its reader, or the leaflet for a group, with what is printed on it."""
    if group:
        return LEAFLET, leaflet_context(edition, group)
    return EDITION, edition_context(edition, person)


def title_of(edition: Edition, group: str) -> str:
    if group:
        return f"Ulotka dla grupy {Group(group).label}, wydanie nr {edition.number}"
    return f"Koszyk usług, wydanie nr {edition.number}"


def prepare(*, by: Actor, edition: Edition, group: str, name: str, again_at: str) -> PreparedFile:
    """Have a long one made in the background."""
    person = Person.objects.acting(by)
    perms.read_editions.require(person)
    paper, context = paper_of(edition, person, group)
    return ask_for_paper(
        by=by,
        paper=paper,
        context=context,
        title=title_of(edition, group),
        name=name,
        as_of=edition.issued_on,
        again_at=again_at,
        verb="EDITION_PRINTED",
        entry={
            "edition": [None, str(edition.pk)],
            "group": [None, group],
            "reader": [None, PUBLIC if group else reader_of(person)],
            "levels": [None, stamp(edition)],
        },
    )
