"""Arrangements of meetings as an indicator."""

from datetime import date

from django.db.models import F, Q

from kooperacja.indicators import About, Indicator, Share
from tenants.meetings.models.arrangements import Arrangement
from tenants.meetings.workflow import ArrangementState


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
