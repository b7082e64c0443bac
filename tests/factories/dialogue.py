"""What is said between meetings, for tests, made by the actions that make it."""

from typing import Any

from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from tenants.dialogue.actions import disputes, risks
from tenants.dialogue.models import Dispute, Notice, Proposal, Risk
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


def dispute(
    of: Organisation | None = None,
    against: Organisation | None = None,
    person: Person | None = None,
    team: Team | None = None,
    **fields: Any,
) -> Dispute:
    """Reported by the Lider or by an institution, against the other."""
    person = person or (make_people.head(of) if of else make.lead())
    plain = {
        "subject": "Kto prowadzi dyżury",
        "text": "Dwie instytucje umówiły się na ten sam dyżur.",
        "is_about_families": False,
    }
    return disputes.report_dispute(
        by=make_people.by(person),
        team_id=(team or make.pzk()).pk,
        key=uuid7(),
        of=disputes.code_of(of.pk if of else None),
        against=[disputes.code_of(against.pk if against else None)],
        **{**plain, **fields},
    )


def proposal(of: Dispute, by: Actor, text: str = "Dyżury na zmianę, co drugi tydzień") -> Proposal:
    return disputes.propose_settlement(by=by, dispute_id=of.pk, key=uuid7(), text=text)


def mediated(of: Dispute) -> Dispute:
    """The Lider took it on."""
    return disputes.take_on(by=make.by(), dispute_id=of.pk, version=of.version)
