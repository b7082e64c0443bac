"""Requests to take somebody in that wait for an answer, and how soon answers come (REG §3.4)."""

from collections.abc import Iterator
from datetime import date
from statistics import median

from django.db.models import Q

from kooperacja.ui.polish import counted
from tenants.baskets.models.referrals import Referral
from tenants.baskets.models.services import Service
from tenants.baskets.standing import of_lead, of_today
from tenants.baskets.workflow import USING, ReferralState
from tenants.people.models import Person, holds
from tenants.people.perms import OFFICE, voiced_organisations
from tenants.people.today import Waiting

# Fewer answers tell of one case rather than of the service.
_LEAST = 5


def referrals_wait(person: Person, day: date) -> Iterator[Waiting]:
    """Requests that the person's institutions are to answer."""
    mine = Q(service__card__organisation__in=voiced_organisations(person))
    if holds(person, OFFICE):
        mine |= of_lead(day, "service__card")
    elif not voiced_organisations(person):
        return
    rows = Referral.objects.filter(mine, of_today(day, "service__card"), state=ReferralState.ASKED)
    for one in rows.select_related("service", "asking").order_by("asked_on", "pk"):
        yield Waiting(
            f"Odpowiedz na zapytanie o przyjęcie: {one.service.name}",
            one.url_of("answer"),
            USING,
            f"Numer {one.number}. Pyta: {one.asker}",
            is_overdue=one.late_on < day,
            due=one.late_on,
            matter="Zapytanie o przyjęcie do usługi",
        )


def usually_answers(service: Service) -> str:
    """How soon its institution usually answers; nothing where there were fewer than five answers."""
    rows = Referral.objects.filter(service=service, answered_on__isnull=False)
    pairs = rows.order_by().values_list("asked_on", "answered_on")
    days = [(answered - asked).days for asked, answered in pairs if answered]
    if len(days) < _LEAST:
        return ""
    middle = round(median(days))
    said = counted(middle, "dnia", "dni", "dni")
    return f"zwykle w ciągu {said}" if middle else "zwykle tego samego dnia"
