"""Permissions for disputes: their parties and mediator alone (REG §10, §5.1.c)."""

from django.utils import timezone

from kooperacja.permissions import permission
from tenants.dialogue.models.disputes import Dispute, Mediation
from tenants.dialogue.perms.sides import sides_of
from tenants.people.models import Person
from tenants.people.perms import takes_part
from tenants.teams import perms as teams
from tenants.teams.models import Seat, Team

_SETTLING = "§ 10 regulaminu"
_PARTIES = "Spór widzą tylko jego strony i mediator."


@permission("Spory widzą osoby, które mówią za swoją instytucję albo mediują.", _SETTLING)
def see_disputes(person: Person | None) -> bool:
    """Open the list; it holds the disputes that concern oneself."""
    return takes_part(person)


@permission(_PARTIES, _SETTLING)
def see_dispute(person: Person | None, dispute: Dispute) -> bool:
    return Dispute.objects.read_by(person).filter(pk=dispute.pk).exists()


@permission(
    "Spór zgłasza koordynator Partnerstwa albo kierujący instytucją, która należy do zespołu, "
    "a w imieniu Lidera osoba, która go reprezentuje.",
    _SETTLING,
)
def report_dispute(person: Person | None, team: Team) -> bool:
    return bool(sides_of(person, team))


@permission("Odpowiada ten, kto mówi za stronę sporu.", _SETTLING)
def speak_in(person: Person | None, dispute: Dispute) -> bool:
    """Speak for a party: agree to what is proposed, or say why not."""
    return bool(sides_of(person, dispute.team) & dispute.keys)


@permission(
    "Mediacji podejmuje się osoba, która reprezentuje Lidera.", "§ 5 ust. 1 lit. c regulaminu"
)
def take_on(person: Person | None, dispute: Dispute) -> bool:
    """Mediate as the Lider; not where the Lider is a party."""
    return teams.lead(person, dispute.team) and not dispute.has_lead


@permission("Prowadzi mediację mediator, a gdy jest spoza zespołu, zapisują ją strony.", _SETTLING)
def mediate(person: Person | None, dispute: Dispute) -> bool:
    """Write the course of a mediation and its end."""
    match dispute.mediation:
        case Mediation.LEAD:
            return teams.lead(person, dispute.team)
        case Mediation.AGREED if dispute.mediator_id:
            return person is not None and dispute.mediator_id in person.entries
        case Mediation.AGREED:
            return speak_in(person, dispute)
    return False


@permission(mediate.why, _SETTLING)
def end_dispute(person: Person | None, dispute: Dispute) -> bool:
    """Say how it ended: the mediator, or the only party that is left where nobody can mediate."""
    return mediate(person, dispute) or (speak_in(person, dispute) and _is_left_alone(dispute))


def _is_left_alone(dispute: Dispute) -> bool:
    """The Lider is a party, nobody mediates, and no other party has a seat to agree on somebody."""
    if not dispute.has_lead or dispute.mediation != Mediation.NONE:
        return False
    seats = Seat.objects.on(timezone.localdate()).filter(team=dispute.team_id)
    return not seats.filter(organisation__in=[one for one in dispute.keys if one]).exists()


@permission("Kroki zapisują strony i mediator.", _SETTLING)
def write_in(person: Person | None, dispute: Dispute) -> bool:
    """Add a step, propose a settlement."""
    return speak_in(person, dispute) or mediate(person, dispute)


@permission("Spór wycofuje strona, która go zgłosiła.", _SETTLING)
def withdraw_dispute(person: Person | None, dispute: Dispute) -> bool:
    reported = {party.organisation_id for party in dispute.parties.all() if party.has_reported}
    return bool(sides_of(person, dispute.team) & reported)
