"""Meetings held in time and arrangements kept, as indicators (REG §2.3; POR §2.3.3)."""

from collections.abc import Iterator
from datetime import date

from django.db.models import F, Q

from kooperacja.indicators import UNITS, About, Indicator, Share
from tenants.meetings.duty import Duty, duties
from tenants.meetings.models.arrangements import Arrangement
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.rhythm import Span
from tenants.meetings.workflow import ArrangementState
from tenants.teams import perms as teams
from tenants.teams.models import Team, Terms

_TABLES = (Meeting, Team, Terms)


def meetings_kept(as_of: date) -> dict[str, int]:
    """Required meetings of the periods that ended within a year, held and not (REG §2.3)."""
    counts = {"HELD": 0, "MISSING": 0}
    for span in _ended(as_of):
        held = min(span.held, span.required)
        counts["HELD"] += held
        counts["MISSING"] += span.required - held
    return counts


def _ended(as_of: date) -> Iterator[Span]:
    since = date(as_of.year - 1, as_of.month, 1)
    for duty in duties(teams.open_teams()):
        yield from (one for one in duty.spans(as_of) if since <= one.last < as_of)


def teams_in_time(as_of: date) -> dict[str, int]:
    """One for how the teams of a unit meet on a day; none where nothing is asked of them."""
    asked = [duty for duty in duties(teams.open_teams()) if _is_asked(duty, as_of)]
    if not asked:
        return {}
    is_overdue = any(duty.standing(as_of).is_overdue for duty in asked)
    return {"OVERDUE" if is_overdue else "IN_TIME": 1}


def _is_asked(duty: Duty, day: date) -> bool:
    return duty.team.holds_on(day) and duty.on(day) is not None


_COUNTED = (
    "Liczy się spotkanie, które się odbyło, a tura e-mailowa tylko wtedy, gdy tak mówi regulamin. "
    "Dwa spotkania jednego dnia liczą się jako jedno. Zespołów, których prace są poufne, nie "
    "wliczamy."
)

MEETINGS_KEPT = Indicator(
    order=78,
    code="MEETINGS_KEPT",
    title="Spotkania zespołów wymagane regulaminem",
    definition=(
        "Liczba spotkań, których regulamin wymagał w okresach zakończonych w ciągu dwunastu "
        "miesięcy przed ostatnim dniem miesiąca (w bieżącym miesiącu: przed dzisiejszym), z "
        "podziałem na odbyte i nieodbyte. Spotkania ponad wymaganą liczbę nie są wliczane. "
        + _COUNTED
    ),
    clause="§ 2 ust. 3 regulaminu PZK",
    about=About.INSTITUTIONS,
    unit=("spotkanie", "spotkania", "spotkań"),
    dimension="Spotkania wymagane",
    labels={"HELD": "Odbyte", "MISSING": "Nieodbyte"},
    count=meetings_kept,
    tables=_TABLES,
    levels=(1, 2, 4, 6, 12),
    share=Share.OF_TOTAL,
)

TEAMS_IN_TIME = Indicator(
    order=79,
    code="TEAMS_IN_TIME",
    title="Jednostki według tego, czy zespół spotyka się w terminie",
    definition=(
        "Liczba jednostek, w których w ostatnim dniu miesiąca (w bieżącym miesiącu: dziś) zespół "
        "spotyka się tak często, jak wymaga regulamin, albo choć jeden zespół nie spotkał się w "
        "terminie i od tej pory nie miał spotkania. Jednostek, w których regulamin jeszcze nie "
        "obowiązuje albo Partnerstwo rozwiązano, nie wliczamy. " + _COUNTED
    ),
    clause="§ 2 ust. 3 regulaminu PZK",
    about=About.INSTITUTIONS,
    unit=UNITS,
    dimension="Spotkania zespołu",
    labels={"IN_TIME": "W terminie", "OVERDUE": "Zespół nie spotkał się w terminie"},
    count=teams_in_time,
    tables=_TABLES,
    levels=(1, 2, 3, 4, 5),
)


def arrangements_in_time(as_of: date) -> dict[str, int]:
    """Arrangements whose day came until a day, by what had become of them (POR §2.3.3)."""
    rows = Arrangement.objects.filter(due_on__lte=as_of).exclude(
        state=ArrangementState.PASSED_ON, closed_on__lte=as_of
    )
    done = Q(state=ArrangementState.DONE, closed_on__lte=as_of)
    in_time = rows.filter(done, closed_on__lte=F("due_on")).count()
    late = rows.filter(done, closed_on__gt=F("due_on")).count()
    return {"IN_TIME": in_time, "LATE": late, "NOT_DONE": rows.count() - in_time - late}


ARRANGEMENTS = Indicator(
    order=80,
    code="ARRANGEMENTS",
    title="Ustalenia spotkań wykonane w terminie",
    definition=(
        "Liczba ustaleń spotkań, których termin minął do ostatniego dnia miesiąca (w bieżącym "
        "miesiącu: do dziś), według tego, czy wykonano je w terminie, po terminie, czy do tego "
        "dnia nie wykonano. Ustaleń przekazanych innemu wykonawcy nie wliczamy; liczy się to, "
        "które je zastąpiło."
    ),
    clause="§ 2 ust. 3 pkt 3 porozumienia",
    about=About.INSTITUTIONS,
    unit=("ustalenie", "ustalenia", "ustaleń"),
    dimension="Wykonanie",
    labels={
        "IN_TIME": "Wykonane w terminie",
        "LATE": "Wykonane po terminie",
        "NOT_DONE": "Niewykonane",
    },
    count=arrangements_in_time,
    tables=(Arrangement,),
    share=Share.OF_TOTAL,
)
