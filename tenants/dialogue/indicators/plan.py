"""Plans in force, and activities done in time (REG §2.10)."""

from datetime import date

from django.db.models import F, Q

from kooperacja.indicators import UNITS, About, Indicator, Share
from tenants.dialogue.indicators.year import YEAR, year_before
from tenants.dialogue.models.activities import PlanActivity
from tenants.dialogue.models.plan import ActionPlan, PlanGoal
from tenants.dialogue.models.undertakings import Undertaking
from tenants.dialogue.workflow import UndertakingState
from tenants.people.dated import holding
from tenants.teams import perms as teams
from tenants.teams.models import Team

_PLANNING = "§ 2 ust. 10 regulaminu PZK"


def plan_in_force(as_of: date) -> dict[str, int]:
    """One for a unit whose teams all have a plan in force on a day, or not; none without a team."""
    asked = list(teams.open_teams().filter(holding(as_of)).order_by("pk"))
    if not asked:
        return {}
    covered = ActionPlan.objects.in_force(as_of).filter(team__in=asked)
    lacks = {team.pk for team in asked} - set(covered.order_by().values_list("team", flat=True))
    return {"WITHOUT" if lacks else "IN_FORCE": 1}


PLAN_IN_FORCE = Indicator(
    order=88,
    code="PLAN_IN_FORCE",
    title="Jednostki według tego, czy mają plan działania",
    definition=(
        "Liczba jednostek, w których w ostatnim dniu miesiąca (w bieżącym miesiącu: dziś) "
        "obowiązuje plan działania przyjęty przez zespół, albo choć jeden zespół go nie ma. "
        "Jednostek, w których żaden zespół jeszcze nie działa albo Partnerstwo rozwiązano, nie "
        "wliczamy. Zespołów, których prace są poufne, nie wliczamy."
    ),
    clause=_PLANNING,
    about=About.INSTITUTIONS,
    unit=UNITS,
    dimension="Plan działania",
    labels={"IN_FORCE": "Obowiązuje", "WITHOUT": "Zespół nie ma planu"},
    count=plan_in_force,
    tables=(ActionPlan, Team),
    levels=(1, 2, 3, 4, 5),
)


def activities_on_time(as_of: date) -> dict[str, int]:
    """Activities whose term ended within a year until a day, by what had become of them."""
    rows = PlanActivity.objects.counting(as_of).filter(goal__plan__team__in=teams.open_teams())
    rows = rows.filter(until_on__range=(year_before(as_of), as_of))
    done = Q(undertaking__state=UndertakingState.DONE, undertaking__ended_on__lte=as_of)
    in_time = rows.filter(done, undertaking__ended_on__lte=F("until_on")).count()
    late = rows.filter(done, undertaking__ended_on__gt=F("until_on")).count()
    return {"IN_TIME": in_time, "LATE": late, "NOT_DONE": rows.count() - in_time - late}


ACTIVITIES_ON_TIME = Indicator(
    order=89,
    code="ACTIVITIES_ON_TIME",
    title="Działania z planów wykonane w terminie",
    definition=(
        "Liczba działań z przyjętych planów, których termin minął "
        + YEAR
        + "Działania dzieli się według tego, czy wykonano je w terminie, po terminie, czy do tego "
        "dnia nie wykonano; zaniechane są niewykonane. Z planu, który zmieniono, liczy się wersja "
        "obowiązująca tego dnia. Zespołów, których prace są poufne, nie wliczamy."
    ),
    clause=_PLANNING,
    about=About.INSTITUTIONS,
    unit=("działanie", "działania", "działań"),
    dimension="Wykonanie",
    labels={
        "IN_TIME": "Wykonane w terminie",
        "LATE": "Wykonane po terminie",
        "NOT_DONE": "Niewykonane",
    },
    count=activities_on_time,
    tables=(ActionPlan, PlanGoal, PlanActivity, Undertaking, Team),
    share=Share.OF_TOTAL,
)
