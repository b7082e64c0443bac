"""The clauses of an agreement that can be commented on, and the comments as they are read."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Count, Q

from tenants.agreements import perms
from tenants.agreements.changes import kept
from tenants.agreements.consolidated import Texts, text_of
from tenants.agreements.models import Agreement, ClauseComment
from tenants.agreements.models.amendments import Lies
from tenants.agreements.numbering import Line
from tenants.agreements.text import Reading, Text, place_said
from tenants.meetings.models.arrangements import Arrangement
from tenants.people.models import Person

_BEGINNING = 6  # words of a clause where one is chosen
Names = dict[str, str]  # the name of each clause by its key, in the order of the text


def clauses_of(text: Reading) -> list[dict[str, str]]:
    """Clauses that can be commented on; the heading of a paragraph of one's own goes with its text."""
    return [row for row in kept(text.everything()) if is_commented(row["key"])]


def clauses_on(draft: Lies) -> list[dict[str, str]]:
    """The same of a draft; of an aneks the text that it makes, and the clauses that it takes out."""
    if isinstance(draft, Agreement):
        return clauses_of(text_of(draft))
    texts = Texts.of(draft)
    after = clauses_of(texts.after)
    left = {row["key"] for row in after}
    gone = (row for row in clauses_of(texts.before) if row["key"] not in left)
    return [*after, *(row | {"name": f"{row['name']} (skreślane)"} for row in gone)]


def is_commented(key: str) -> bool:
    return key != "title" and not key.endswith(":heading")


def names_on(draft: Lies) -> Names:
    return {row["key"]: row["name"] for row in clauses_on(draft)}


def chosen_by(name: str, text: str) -> str:
    """A clause as one chooses it: its name and the first words."""
    words = text.split()
    begin = " ".join(words[:_BEGINNING]).rstrip(",.;:")
    more = "…" if len(words) > _BEGINNING else ""
    return f"{name}: {begin}{more}" if words else name


def section(person: Person, text: Text) -> dict[str, Any]:
    """The part of the page of an agreement that tells how far its draft is negotiated."""
    agreement = text.agreement
    can_change = agreement.is_draft and perms.write_agreements(person)
    return {
        **negotiation(person, agreement),
        "can_share": can_change and any(party.organisation_id for party in text.parties),
        "can_unshare": can_change and agreement.shared_on is not None,
    }


def negotiation(person: Person | None, draft: Lies) -> dict[str, Any]:
    """How many comments there are on a draft, and if the person may write one."""
    can_see = perms.see_negotiation(person, draft)
    return {
        "can_see_negotiation": can_see,
        "can_comment": can_see and draft.is_draft,
        "comment_counts": _open_and_all(draft) if can_see else {},
    }


def additions_shown(person: Person, text: Text) -> dict[str, Any]:
    """The context of `_additions.html`: each with its place, and what became of a duty."""
    rows = text.agreement.additions.select_related("party")
    made = [one.arrangement_id for one in rows if one.arrangement_id]
    readable = Arrangement.objects.read_by(person).in_bulk(made) if made else {}
    return {
        "additions": [
            (one, place_said(text, one.place), readable.get(one.arrangement_id)) for one in rows
        ]
    }


def _open_and_all(draft: Lies) -> dict[str, int]:
    is_open, rows = Q(closed_on=None), ClauseComment.objects.on(draft)
    return rows.aggregate(all=Count("pk"), open=Count("pk", filter=is_open))


@dataclass(frozen=True, slots=True)
class Beside:
    """The way from a clause to its comments: how many there are, and if one may be written."""

    key: str
    name: str
    count: int
    can_comment: bool


def beside_text(person: Person, text: Reading) -> dict[str, Any]:
    """The lines of the text, each with the way to its comments or None."""
    agreement = text.agreement
    can_see = perms.see_negotiation(person, agreement)
    counts = _counts_of(agreement) if can_see else {}
    along = partial(_along, counts=counts, can_comment=can_see and agreement.is_draft)
    outside = {line.key: line for line in text.lines}
    tail = ("support",) if text.has_list else ("support", "annex")
    return {
        "preamble": along([outside["preamble"]]),
        "parties": along(text.party_lines()),
        "paragraphs": along(text.paragraphs),
        "closing": along(outside[key] for key in tail if key in outside),
    }


def _along(
    lines: Iterable[Line], *, counts: dict[str, int], can_comment: bool
) -> list[tuple[Line, Beside | None]]:
    """Each line with the way to its comments, where something is said or may be."""
    found: list[tuple[Line, Beside | None]] = []
    for line in lines:
        count = counts.get(line.key, 0)
        is_shown = is_commented(line.key) and (can_comment or count)
        [row] = kept([line])
        way = Beside(line.key, row["name"], count, can_comment) if is_shown else None
        found.append((line, way))
    return found


def _counts_of(agreement: Agreement) -> dict[str, int]:
    """The number of comments on each clause."""
    rows = ClauseComment.objects.on(agreement).order_by().values_list("clause")
    return dict(rows.annotate(count=Count("pk")))


@dataclass(frozen=True, slots=True)
class Said:
    """A comment with the name of its clause as it is now."""

    comment: ClauseComment
    name: str
    is_gone: bool

    @property
    def was(self) -> str:
        """The name it had when the comment was written, if it has moved since."""
        then = self.comment.clause_name
        return "" if self.is_gone or then == self.name else then


def said_of(comments: Iterable[ClauseComment], names: Names) -> list[Said]:
    """Comments in the order of the text, those on clauses that were taken out at the end."""
    places = {key: place for place, key in enumerate(names)}
    found = [
        Said(one, names.get(one.clause, one.clause_name), one.clause not in names)
        for one in comments
    ]
    return sorted(found, key=lambda said: places.get(said.comment.clause, len(places)))


def open_names(draft: Lies) -> list[str]:
    """The clauses on which a comment is open, each once, in the order of the text."""
    if not (comments := list(ClauseComment.objects.on(draft).open())):
        return []
    rows = said_of(comments, names_on(draft))
    return list(
        dict.fromkeys(f"{said.name} (usunięte)" if said.is_gone else said.name for said in rows)
    )
