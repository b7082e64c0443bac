"""Risks reported, how soon everybody was told, and how long they stay open (REG §7.2)."""

from collections import Counter
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.timezone import make_aware

from kooperacja.indicators import UNITS, About, Indicator, KeyDay, by_median
from kooperacja.ui.polish import localtime
from tenants.dialogue.indicators.year import YEAR, year_before
from tenants.dialogue.models.risks import Risk, RiskKind
from tenants.teams import perms as teams
from tenants.teams.models import Team

_TABLES = (Risk, Team)
_CLAUSE = "§ 7 ust. 2 regulaminu PZK"
_LONG = timedelta(days=30)


def _rows(as_of: date) -> "QuerySet[Risk]":
    rows = Risk.objects.filter(team__in=teams.open_teams())
    return rows.filter(reported_at__lte=make_aware(datetime.combine(as_of, time.max)))


def _of_a_year(as_of: date) -> "QuerySet[Risk]":
    """Risks reported until a day, in its month and the eleven before it."""
    since = make_aware(datetime.combine(year_before(as_of), time.min))
    return _rows(as_of).filter(reported_at__gte=since)


def reported(as_of: date) -> dict[str, int]:
    """Risks of a year, by what was reported."""
    return dict(Counter(_of_a_year(as_of).order_by().values_list("kind", flat=True)))


RISKS = Indicator(
    order=85,
    code="RISKS",
    title="Zgłoszone ryzyka, nieprawidłowości i zagrożenia",
    definition=(
        "Liczba ryzyk, nieprawidłowości i zagrożeń, które kooperanci albo Lider zgłosili "
        + YEAR
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

# The greatest number of seconds, and the dimension of a median up to it.
_TIMES = ((60, "MINUTE"), (60 * 60, "HOUR"), (24 * 60 * 60, "DAY"))


def time_to_notify(as_of: date) -> dict[str, int]:
    """One for the median of the time from a report to the message to the last member."""
    told = _of_a_year(as_of).order_by().only("reported_at", "queued_at")
    seconds = [(row.queued_at - row.reported_at).total_seconds() for row in told if row.queued_at]
    return by_median(seconds, _TIMES, "LATER")


RISK_NOTICE = Indicator(
    order=86,
    code="RISK_NOTICE",
    title="Jednostki według czasu do zawiadomienia o ryzyku",
    definition=(
        "Liczba jednostek według mediany czasu od zgłoszenia ryzyka, nieprawidłowości albo "
        "zagrożenia do chwili, w której wiadomość do ostatniego członka zespołu była gotowa do "
        "wysłania, dla zgłoszeń złożonych " + YEAR + "Jednostek bez zgłoszeń nie wliczamy."
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
