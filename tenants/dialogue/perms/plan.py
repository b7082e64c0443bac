"""Permissions for action plans (REG §2.10)."""

from kooperacja.permissions import permission
from tenants.dialogue.models.activities import PlanActivity
from tenants.dialogue.models.plan import ActionPlan
from tenants.dialogue.models.proposals import ActivityProposal
from tenants.dialogue.perms.sides import member_for
from tenants.people.models import Person
from tenants.people.perms import may_have_open_team, spoken_organisations
from tenants.teams import perms as teams
from tenants.teams.models import Team
from tenants.teams.sides import Side

_PLANNING = "§ 2 ust. 10 regulaminu"


@permission("Plany działania widzą osoby, które należą do zespołu.", _PLANNING)
def see_plans(person: Person | None) -> bool:
    """Open the list; it holds the plans of the open teams that one reads."""
    return may_have_open_team(person)


@permission(see_plans.why, _PLANNING)
def see_plan(person: Person | None, plan: ActionPlan) -> bool:
    """Members, drafts too: they propose what should stand there."""
    return teams.read(person, plan.team)


@permission(
    "Plan działania przygotowuje ten, kto kieruje zespołem: w PZK Lider albo wyznaczony przez "
    "niego pracownik ds. sieci. Inni członkowie zespołu proponują działania.",
    _PLANNING,
)
def begin_plan(person: Person | None, team: Team) -> bool:
    """Begin a plan of a team whose work is no secret."""
    return not team.law.is_closed and teams.run(person, team)


@permission(begin_plan.why, _PLANNING)
def write_plan(person: Person | None, plan: ActionPlan) -> bool:
    """Change a draft, bring it before the team, copy it."""
    return begin_plan(person, plan.team)


@permission(
    "Działanie do planu proponuje osoba, która działa za instytucję z miejscem w zespole. Lider "
    "wpisuje je sam.",
    _PLANNING,
)
def propose_activity(person: Person | None, plan: ActionPlan) -> bool:
    """Propose an activity in the name of an institution."""
    return bool(proposes_for(person, plan))


def proposes_for(person: Person | None, plan: ActionPlan) -> set[Side]:
    """Institutions of the team for which the person acts; the Lider writes the plan itself."""
    return member_for(person, plan.team) - {None}


@permission(begin_plan.why, _PLANNING)
def answer_proposal(person: Person | None, proposal: ActivityProposal) -> bool:
    """Take a proposal into the plan, or say why not."""
    return write_plan(person, proposal.plan)


@permission("Propozycję wycofuje instytucja, która ją zgłosiła.", _PLANNING)
def withdraw_proposal(person: Person | None, proposal: ActivityProposal) -> bool:
    return proposal.organisation_id in proposes_for(person, proposal.plan)


@permission(see_plans.why, _PLANNING)
def see_activity(person: Person | None, activity: PlanActivity) -> bool:
    return see_plan(person, activity.plan)


@permission(
    "Postęp działania zapisuje koordynator albo kierujący instytucji, która je wykonuje, albo "
    "ten, kto kieruje zespołem.",
    _PLANNING,
)
def note_progress(person: Person | None, activity: PlanActivity) -> bool:
    """Say how far an activity is."""
    if not see_activity(person, activity):
        return False
    is_own = activity.organisation_id in spoken_organisations(person)
    return is_own or write_plan(person, activity.plan)


@permission(see_plans.why, _PLANNING)
def see_proposal(person: Person | None, proposal: ActivityProposal) -> bool:
    return see_plan(person, proposal.plan)
