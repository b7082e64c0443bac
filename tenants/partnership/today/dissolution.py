"""That the partnership is dissolved, or may be (REG §1.7)."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from kooperacja.ui.polish import pl_date
from tenants.partnership import perms
from tenants.partnership.models import Partnership, Person
from tenants.partnership.today.waiting import Waiting
from tenants.partnership.workflow import PartnershipState


def dissolved(person: Person, day: date) -> Iterator[Waiting]:
    """To everybody who still comes in: nothing is done here any more."""
    if not perms.see_dissolution(person):
        return
    for one in Partnership.objects.filter(state=PartnershipState.DISSOLVED):
        yield Waiting(
            title=f"Partnerstwo jest rozwiązane od {pl_date(one.dissolved_on)}",
            href=reverse("partnership:dissolution"),
            clause="§ 1 ust. 7 regulaminu",
            text="Rejestr i dokumenty można nadal czytać.",
        )
