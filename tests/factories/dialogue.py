"""What is said between meetings, for tests, made by the actions that make it."""

from typing import Any

from uuid6 import uuid7

from tenants.dialogue.actions import risks
from tenants.dialogue.models import Notice, Risk
from tenants.meetings.models.meetings import AgendaItem, Meeting
from tenants.people.models import Organisation, Person
from tenants.teams.models import Team
from tests.factories import meetings as make
from tests.factories import people as make_people


def values(**fields: Any) -> dict[str, Any]:
    plain = {
        "kind": "THREAT",
        "text": "Od poniedziałku nie działa wspólna infolinia.",
        "concerns": "Dyżury instytucji",
        "urgency": "NOW",
        "done": "",
    }
    return plain | fields


def risk(
    of: Organisation | None = None,
    person: Person | None = None,
    team: Team | None = None,
    **fields: Any,
) -> Risk:
    """Reported by the Lider, or by the head of an institution."""
    person = person or (make_people.head(of) if of else make.lead())
    return risks.report(
        by=make_people.by(person),
        team_id=(team or make.pzk()).pk,
        key=uuid7(),
        of=str(of.pk) if of else risks.LEAD,
        values=values(**fields),
    )


def withdrawn(**fields: Any) -> Risk:
    row = risk(**fields)
    return risks.withdraw(by=make.by(), risk_id=row.pk, version=row.version, reason="Pomyłka")


def placed(row: Risk, meeting: Meeting) -> AgendaItem:
    """The item of an agenda that is about it."""
    risks.put_on_agenda(by=make.by(), risk_id=row.pk, version=row.version, meeting_id=meeting.pk)
    row.refresh_from_db()
    return risks.items_of(row).get(meeting=meeting)


def notice_without_account(row: Risk) -> Notice:
    return Notice.objects.filter(about=row.pk, has_account=False).exclude(recipient="").first()
