"""Invented contacts and official notes."""

from datetime import timedelta

from uuid6 import uuid7

from tenants.dialogue.actions import contacts, notes
from tenants.dialogue.invented.actors import actor_of
from tenants.dialogue.models.notes import Note
from tenants.people.models import RoleAssignment
from tenants.teams.models import Seat, Team
from tenants.teams.sides import code_of

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
