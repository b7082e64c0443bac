"""Items as an agenda shows them: their hours, their papers and those of items they go on with."""

from collections import defaultdict
from uuid import UUID

from tenants.meetings import perms, times
from tenants.meetings.models.meetings import AgendaItem, MeetingMode
from tenants.meetings.models.papers import ItemPaper
from tenants.people.models import Person


def with_papers(items: list[AgendaItem], person: Person | None) -> list[AgendaItem]:
    """The items with the papers that the person may read; those of earlier meetings come last."""
    ways = _ways(items)
    of_items = defaultdict[UUID, list[ItemPaper]](list)
    may_read = dict[UUID, bool]()
    wanted = {pk for way in ways.values() for pk in way}
    for paper in ItemPaper.objects.with_meeting().filter(item__in=wanted):
        meeting = paper.item.meeting_id
        if meeting not in may_read:
            may_read[meeting] = perms.see_paper(person, paper)
        if may_read[meeting]:
            of_items[paper.item_id].append(paper)
    _time(items)
    for item in items:
        item.shown_papers = [paper for pk in ways[item.pk] for paper in of_items[pk]]
    return items


def _time(items: list[AgendaItem]) -> None:
    """Say when each begins, of a meeting to come; a round by e-mail has no hours."""
    if not items:
        return
    meeting = items[0].meeting
    if meeting.is_ahead and meeting.mode != MeetingMode.EMAIL:
        hours = times.beginnings(meeting.starts_at, [item.minutes for item in items])
        for item, hour in zip(items, hours, strict=True):
            item.begins_at = hour


def _ways(items: list[AgendaItem]) -> dict[UUID, list[UUID]]:
    """From each item back to those that it goes on with."""
    carries = {item.pk: item.carries_id for item in items}
    while earlier := {pk for pk in carries.values() if pk} - carries.keys():
        rows = AgendaItem.objects.filter(pk__in=earlier)
        carries |= dict(rows.values_list("pk", "carries_id"))
    ways = {}
    for item in items:
        way, before = [item.pk], item.carries_id
        while before:
            way.append(before)
            before = carries[before]
        ways[item.pk] = way
    return ways
