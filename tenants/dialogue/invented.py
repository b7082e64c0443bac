"""Invented disputes, notes and contacts of a demo's team."""

from datetime import timedelta
from typing import Any

from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.audit.models import Via
from tenants.dialogue.actions import contacts, disputes, notes
from tenants.dialogue.models.disputes import StepKind
from tenants.dialogue.models.notes import Note
from tenants.people.models import RoleAssignment
from tenants.people.perms import VOICES
from tenants.teams.models import Seat, Team
from tenants.teams.sides import LEAD, code_of

_ROOM: dict[str, Any] = {
    "subject": "Kto korzysta z sali w poniedziałki",
    "text": "Dwie instytucje prowadzą zajęcia w tej samej sali o tej samej godzinie (pokaz).",
    "is_about_families": False,
}
_LEAFLET: dict[str, Any] = {
    "subject": "Koszt druku wspólnej ulotki",
    "text": "Ustalenia nie mówią, kto płaci za drugi nakład (pokaz).",
    "is_about_families": False,
}


def actor_of(role: RoleAssignment) -> Actor:
    """A person of the unit, as the one who acts."""
    name = role.person.full_name
    return Actor(None, name, role=role.role, via=Via.TASK, person_id=role.person_id)


def disputes_of(lead: Actor, team: Team) -> None:
    """One of two institutions for which somebody speaks, one of such an institution and the Lider."""
    held = RoleAssignment.objects.on(lead.today).filter(role__in=VOICES)
    seats = Seat.objects.on(lead.today).filter(team=team)
    voices = held.filter(organisation__in=seats.values("organisation")).select_related("person")
    by_institution = {row.organisation_id: row for row in voices.order_by("-pk")}
    if len(by_institution) < 2:
        return
    *_, other, one = by_institution.values()
    room = disputes.report_dispute(
        by=actor_of(one),
        team_id=team.pk,
        key=uuid7(),
        of=code_of(one.organisation_id),
        against=[code_of(other.organisation_id)],
        **_ROOM,
    )
    disputes.take_on(by=lead, dispute_id=room.pk, version=room.version)
    disputes.add_dispute_step(
        by=lead,
        dispute_id=room.pk,
        key=uuid7(),
        kind=StepKind.TALK,
        day=lead.today - timedelta(days=1),
        text="Rozmowa z obiema stronami: każda może zacząć o innej godzinie.",
    )
    disputes.report_dispute(
        by=actor_of(one),
        team_id=team.pk,
        key=uuid7(),
        of=code_of(one.organisation_id),
        against=[LEAD],
        **_LEAFLET,
    )


_CONTACTS = (
    ("PHONE", 9, "Dyżurna informacji kolejowej (pokaz)", "Rozkład jazdy na czas ferii"),
    ("EMAIL", 6, "Sekretariat szkoły (pokaz)", "Godziny otwarcia sali"),
    ("DIRECT", 4, "Sołtys (pokaz)", "Miejsce na letni piknik"),
)


def talks_of(team: Team, lead: RoleAssignment, voice: RoleAssignment) -> None:
    """Contacts, two signed notes with what was arranged, and a draft."""
    for channel, days, whom, subject in _CONTACTS:
        values = {
            "held_on": actor_of(voice).today - timedelta(days=days),
            "channel": channel,
            "with_whom": whom,
            "subject": subject,
            "summary": "Krótka rozmowa, nic do ustalenia.",
        }
        of = code_of(voice.organisation_id)
        contacts.log(by=actor_of(voice), team_id=team.pk, key=uuid7(), of=of, values=values)
    first = _note(team, lead, "Druga sala na dyżury", "Ustalić z zarządcą godziny dyżurów")
    second = _note(team, voice, "Wspólna lista usług", "Przysłać wykaz zajęć popołudniowych")
    for role, note in ((lead, first), (voice, second)):
        notes.sign(by=actor_of(role), note_id=note.pk, version=note.version)
    _note(team, voice, "Dojazd na zajęcia", "")


def _note(team: Team, role: RoleAssignment, subject: str, task: str) -> Note:
    by = actor_of(role)
    seats = Seat.objects.on(by.today).filter(team=team).exclude(person=None).in_order()
    own = [seat.pk for seat in seats if seat.organisation_id == role.organisation_id]
    seated = [*own[:1], *(seat.pk for seat in seats if seat.pk not in own)][:2]
    due_on = by.today + timedelta(days=21)
    said = notes.Said(
        {
            "held_on": by.today - timedelta(days=3),
            "channel": "PHONE",
            "subject": subject,
            "others": "Zofia Zmyślona, zarządca budynku (pokaz)",
            "content": "Rozmowa o tym, jak podzielić pracę między instytucje (pokaz).",
            "effect": "Mieszkańcy szybciej trafią do właściwej instytucji.",
        },
        seated,
        [notes.Task(task, seated[0], due_on)] if task and seated else [],
    )
    of = code_of(role.organisation_id)
    return notes.begin(by=by, team_id=team.pk, key=uuid7(), of=of, said=said)
