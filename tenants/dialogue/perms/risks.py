"""Permissions for risks and threats (REG §7.2)."""

from kooperacja.permissions import permission
from tenants.dialogue.models.risks import Risk
from tenants.dialogue.perms.sides import member_for
from tenants.people.models import Person
from tenants.people.perms import takes_part
from tenants.teams import perms as teams
from tenants.teams.models import Team

_INFORMING = "§ 7 ust. 2 regulaminu"
_WATCHING = "§ 7 ust. 1 regulaminu"


@permission("Zgłoszenia ryzyk i zagrożeń widzą osoby, które należą do zespołu.", _INFORMING)
def see_risks(person: Person | None) -> bool:
    """Open the list; it holds the risks of the teams that one reads."""
    return takes_part(person)


@permission(teams.read.why, _INFORMING)
def see_risk(person: Person | None, risk: Risk) -> bool:
    return teams.read(person, risk.team)


@permission(
    "Ryzyko albo zagrożenie zgłasza osoba, która ma miejsce w zespole albo działa za instytucję, "
    "która je ma.",
    _INFORMING,
)
def report(person: Person | None, team: Team) -> bool:
    """Report a risk to all members of a team."""
    return bool(member_for(person, team))


@permission(report.why, _INFORMING)
def add_to(person: Person | None, risk: Risk) -> bool:
    """Add what was done about it."""
    return report(person, risk.team)


@permission(
    "Zgłoszeniem zajmuje się ten, kto kieruje zespołem: w PZK Lider albo wyznaczony przez niego "
    "pracownik ds. sieci.",
    _WATCHING,
)
def handle(person: Person | None, risk: Risk) -> bool:
    """Say that something is done about it, put it on an agenda, close it."""
    return teams.run(person, risk.team)


@permission(
    "Zgłoszenie wycofuje osoba, która je złożyła, albo ten, kto mówi za jej instytucję.",
    _INFORMING,
)
def withdraw(person: Person | None, risk: Risk) -> bool:
    """Its author, or whoever acts for the institution that reported it."""
    return risk.organisation_id in member_for(person, risk.team)


@permission("Dziennik wysyłki widzą ten, kto kieruje zespołem, i autor zgłoszenia.", _INFORMING)
def see_delivery(person: Person | None, risk: Risk) -> bool:
    """See whom the message reached and how."""
    return handle(person, risk) or withdraw(person, risk)
