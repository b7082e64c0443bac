"""Invented disputes: one that the Lider mediates, one that waits for a mediator."""

from datetime import timedelta
from typing import Any

from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from tenants.dialogue.actions import disputes
from tenants.dialogue.invented.actors import actor_of
from tenants.dialogue.models.disputes import StepKind
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
