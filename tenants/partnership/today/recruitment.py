"""Institutions that asked to join and have no answer yet (REG §1.4)."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from kooperacja.ui.polish import pl_date
from tenants.partnership import perms
from tenants.partnership.models import Person, Recruitment
from tenants.partnership.today.waiting import Waiting
from tenants.partnership.workflow import RecruitmentState

_SHOWN = 20


def unanswered(person: Person, day: date) -> Iterator[Waiting]:
    if not perms.recruit(person):
        return
    asked = Recruitment.objects.filter(state=RecruitmentState.ASKED)
    for one in asked.order_by("began_on", "pk")[:_SHOWN]:
        yield Waiting(
            title=f"Chce dołączyć do Partnerstwa: {one.institution_name}",
            href=reverse("partnership:recruitment", args=[one.pk]),
            clause="§ 1 ust. 4 regulaminu",
            text=f"Zgłoszenie z {pl_date(one.began_on)} czeka na odpowiedź.",
        )
