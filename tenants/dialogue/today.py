"""Risks that wait for whoever runs the team (REG §7.1-7.2)."""

from collections.abc import Iterator
from datetime import date

from kooperacja.ui.polish import localtime
from tenants.dialogue import perms
from tenants.dialogue.models.risks import Risk
from tenants.dialogue.workflow import RiskState
from tenants.meetings.perms import runs_somewhere
from tenants.people.models import Person
from tenants.people.today import Waiting

_SHOWN = 50


def risks_wait(person: Person, day: date) -> Iterator[Waiting]:
    """Risks that nobody has taken up yet; their text stays behind their page."""
    if not runs_somewhere(person):
        return
    rows = Risk.objects.filter(state=RiskState.OPEN).select_related("team", "organisation")
    for risk in rows.defer("text", "concerns", "done").order_by("reported_at", "pk")[:_SHOWN]:
        if perms.handle(person, risk):
            yield Waiting(
                f"Zajmij się {risk.instrumental}",
                risk.url,
                perms.report.clause,
                f"Zgłasza {risk.reporter}: {risk.get_urgency_display()}",
                since=localtime(risk.reported_at).date(),
                matter="Zgłoszone ryzyko albo zagrożenie",
                about=risk.pk,
            )
