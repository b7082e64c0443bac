"""Risks reported, how soon everybody was told, and how long they stay open (REG §2.10, §7.2)."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from statistics import median

from django.db.models import F, Q, QuerySet
from django.utils.text import capfirst
from django.utils.timezone import make_aware

from kooperacja.indicators import UNITS, About, Indicator, KeyDay, Share
from kooperacja.ui.polish import localtime
from tenants.dialogue.models.activities import PlanActivity
from tenants.dialogue.models.disputes import Dispute
from tenants.dialogue.models.plan import ActionPlan
from tenants.dialogue.models.risks import Risk, RiskKind
from tenants.dialogue.models.undertakings import Undertaking
from tenants.dialogue.workflow import UndertakingState
from tenants.people.dated import holding
from tenants.teams import perms as teams
from tenants.teams.models import Team

_TABLES = (Risk, Team)
_CLAUSE = "§ 7 ust. 2 regulaminu PZK"
_LONG = timedelta(days=30)


def _rows(as_of: date) -> "QuerySet[Risk]":
    rows = Risk.objects.filter(team__in=teams.open_teams())
    return rows.filter(reported_at__lte=make_aware(datetime.combine(as_of, time.max)))


def _year_before(as_of: date) -> date:
    """The first day of twelve months, of which that of the day is the last."""
    year, month = divmod(as_of.year * 12 + as_of.month - 12, 12)
    return date(year, month + 1, 1)


def _of_a_year(as_of: date) -> "QuerySet[Risk]":
    """Risks reported until a day, in its month and the eleven before it."""
    since = make_aware(datetime.combine(_year_before(as_of), time.min))
    return _rows(as_of).filter(reported_at__gte=since)


_YEAR = (
    "w ciągu dwunastu miesięcy, łącznie z tym, którego dotyczy liczba (w bieżącym miesiącu: do "
    "dziś). "
)


def reported(as_of: date) -> dict[str, int]:
    """Risks of a year, by what was reported."""
    return dict(Counter(_of_a_year(as_of).order_by().values_list("kind", flat=True)))


RISKS = Indicator(
    order=85,
    code="RISKS",
    title="Zgłoszone ryzyka, nieprawidłowości i zagrożenia",
    definition=(
        "Liczba ryzyk, nieprawidłowości i zagrożeń, które kooperanci albo Lider zgłosili "
        + _YEAR
        + "Zgłoszenia wycofane wliczamy."
    ),
    clause=_CLAUSE,
    about=About.INSTITUTIONS,
    unit=("zgłoszenie", "zgłoszenia", "zgłoszeń"),
    dimension="Co zgłoszono",
    labels={kind.value: capfirst(kind.label) for kind in RiskKind},
    count=reported,
    tables=_TABLES,
    levels=(1, 2, 4, 6, 12),
)

# The greatest time, and the dimension of a median up to it.
_TIMES = (
    (timedelta(minutes=1), "MINUTE"),
    (timedelta(hours=1), "HOUR"),
    (timedelta(days=1), "DAY"),
)


def time_to_notify(as_of: date) -> dict[str, int]:
    """One for the median of the time from a report to the message to the last member."""
    told = _of_a_year(as_of).order_by().only("reported_at", "queued_at")
    seconds = [(row.queued_at - row.reported_at).total_seconds() for row in told if row.queued_at]
    if not seconds:
        return {}
    middle = timedelta(seconds=median(seconds))
    return {next((name for most, name in _TIMES if middle <= most), "LATER"): 1}


RISK_NOTICE = Indicator(
    order=86,
    code="RISK_NOTICE",
    title="Jednostki według czasu do zawiadomienia o ryzyku",
    definition=(
        "Liczba jednostek według mediany czasu od zgłoszenia ryzyka, nieprawidłowości albo "
        "zagrożenia do chwili, w której wiadomość do ostatniego członka zespołu była gotowa do "
        "wysłania, dla zgłoszeń złożonych " + _YEAR + "Jednostek bez zgłoszeń nie wliczamy."
    ),
    clause=_CLAUSE,
    about=About.INSTITUTIONS,
    unit=UNITS,
    dimension="Mediana czasu",
    labels={
        "MINUTE": "Do minuty",
        "HOUR": "Do godziny",
        "DAY": "Do doby",
        "LATER": "Ponad dobę",
    },
    count=time_to_notify,
    tables=_TABLES,
    levels=(1, 2, 3, 4, 5),
)


def still_open(as_of: date) -> dict[str, int]:
    """Risks that were not closed or withdrawn by a day, by how long they had been open."""
    rows = _rows(as_of).exclude(ended_on__lte=as_of).order_by()
    days = [localtime(moment).date() for moment in rows.values_list("reported_at", flat=True)]
    return dict(Counter("LONG" if as_of - day > _LONG else "RECENT" for day in days))


RISKS_OPEN = Indicator(
    order=87,
    code="RISKS_OPEN",
    title="Otwarte ryzyka, nieprawidłowości i zagrożenia",
    definition=(
        "Liczba zgłoszonych ryzyk, nieprawidłowości i zagrożeń, których w ostatnim dniu miesiąca "
        "(w bieżącym miesiącu: dziś) nie zamknięto ani nie wycofano, z podziałem na otwarte do 30 "
        "dni i dłużej."
    ),
    clause=_CLAUSE,
    about=About.INSTITUTIONS,
    unit=("zgłoszenie", "zgłoszenia", "zgłoszeń"),
    dimension="Jak długo",
    labels={"RECENT": "Do 30 dni", "LONG": "Ponad 30 dni"},
    count=still_open,
    tables=_TABLES,
    levels=(1, 2, 4, 6, 12),
)


def last_reported(as_of: date) -> date | None:
    last = _rows(as_of).order_by("-reported_at", "-pk").values_list("reported_at", flat=True)
    moment = last.first()
    return localtime(moment).date() if moment else None


LAST_RISK = KeyDay(
    order=70,
    code="LAST_RISK",
    title="Ostatnie zgłoszone ryzyko albo zagrożenie",
    definition="Dzień, w którym ostatnio zgłoszono ryzyko, nieprawidłowość albo zagrożenie.",
    clause=_CLAUSE,
    find=last_reported,
    tables=_TABLES,
)


def disputes(as_of: date) -> dict[str, int]:
    """Disputes reported in the month of a day."""
    rows = Dispute.objects.filter(team__in=teams.open_teams())
    month = rows.filter(reported_at__date__gte=as_of.replace(day=1), reported_at__date__lte=as_of)
    return {"REPORTED": month.count()}


# So few that each is somebody's: they leave the unit only under disclosure control.
DISPUTES = Indicator(
    order=97,
    code="DISPUTES",
    title="Spory między kooperantami",
    definition="Liczba sporów zgłoszonych w miesiącu. Liczy się każdy spór, także wycofany.",
    clause="§ 10 regulaminu PZK",
    about=About.PEOPLE,
    unit=("spór", "spory", "sporów"),
    dimension="Spory",
    labels={"REPORTED": "Zgłoszone"},
    count=disputes,
    tables=(Dispute, Team),
    is_flow=True,
)

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
    rows = rows.filter(until_on__range=(_year_before(as_of), as_of))
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
        + _YEAR
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
    tables=(ActionPlan, PlanActivity, Undertaking, Team),
    share=Share.OF_TOTAL,
)
