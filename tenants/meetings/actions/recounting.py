"""Attendance that is corrected after a decision takes the voices of the absent with it (REG §2.7)."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.text import capfirst, get_text_list

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.notifications.base import send
from kooperacja.ui.polish import plural_pl, quoted
from tenants.meetings.actions.deciding import counted, end_by, said_in
from tenants.meetings.addressed import title_of
from tenants.meetings.invited import runners_of
from tenants.meetings.models.attendance import Attendance
from tenants.meetings.models.decisions import Decision, Voice
from tenants.meetings.models.meetings import Meeting, Outcome
from tenants.meetings.notifications import DecisionRecounted
from tenants.meetings.voices import Way


@dataclass(frozen=True, slots=True)
class Touched:
    """A decision, and the voices in it of institutions that were not there after all."""

    decision: Decision
    voices: list[Voice]

    def __str__(self) -> str:
        item = self.decision.item
        of = get_text_list([voice.institution for voice in self.voices], "i")
        return f"punkt {item.position}. {quoted(item.title)} ({of})"


def touched(meeting: Meeting, there: Collection[Attendance]) -> list[Touched]:
    """Decisions in which an institution has a voice of which nobody `there` takes part.

    Where it was circulated each voiced itself, wherever it was.
    """
    rows = Decision.objects.filter(item__meeting=meeting).exclude(way=Way.CIRCULATION)
    found = []
    for decision in rows.select_related("item__meeting__team").order_by("item__position", "pk"):
        out = set(decision.item.exclusions.values_list("attendance", flat=True))
        takes_part = {row.organisation_id for row in there if row.pk not in out}
        counting = decision.voices.filter(is_struck=False).select_related("organisation")
        if gone := [voice for voice in counting if voice.organisation_id not in takes_part]:
            found.append(Touched(decision, gone))
    return found


def question(found: Collection[Touched]) -> str:
    """Names the decisions and asks if those voices are void."""
    voices = _voices(found)
    of = len({voice.organisation_id for voice in voices})
    whose = plural_pl(of, "instytucji, która ma", *["instytucji, które mają"] * 2)
    said = plural_pl(len(voices), "zapisany głos", *["zapisane głosy"] * 2)
    named = "; ".join(str(one) for one in found)
    return (
        f"Wpisano nieobecność {whose} {said}: {named}. Zaznacz, że {_void(voices)}, albo popraw "
        "obecność."
    )


def answer(found: Collection[Touched]) -> str:
    """The words by which they are void."""
    results = plural_pl(len(found), "wynik decyzji", *["wyniki decyzji"] * 2)
    return f"{capfirst(_void(_voices(found)))}; policz {results} jeszcze raz"


def _voices(found: Collection[Touched]) -> list[Voice]:
    return [voice for one in found for voice in one.voices]


def _void(voices: list[Voice]) -> str:
    return plural_pl(len(voices), "ten głos jest nieważny", *["te głosy są nieważne"] * 2)


def strike(by: Actor, meeting: Meeting, found: Collection[Touched]) -> None:
    """Void those voices and count anew; whoever runs the team hears of another result."""
    for one in found:
        decision, was = one.decision, one.decision.result
        decision.voices.filter(pk__in=[voice.pk for voice in one.voices]).update(is_struck=True)
        decision.result = counted(decision, said_in(decision)).result
        decision.result_before = decision.result_before or was
        decision.save(update_fields=["result", "result_before"])
        data = {
            "item": decision.item.position,
            "voices": len(one.voices),
            "result": [was, decision.result],
        }
        entry = record(by=by, verb="VOICES_STRUCK", obj=meeting, data=data)
        if decision.result != was:
            _turn(by, meeting, decision, dedupe=f"decision-recounted:{entry.pk}")


def _turn(by: Actor, meeting: Meeting, decision: Decision, *, dedupe: str) -> None:
    """End the item by the new result, unless the minute-taker wrote that it ended otherwise."""
    item = decision.item
    if item.outcome in ("", Outcome.DECIDED):
        end_by(by, item, decision)
    message = DecisionRecounted(meeting.pk, what=title_of(meeting.team), item=str(item.position))
    send(message, to=runners_of(meeting.team, by), dedupe=dedupe)
