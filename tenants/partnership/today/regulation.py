"""What of the regulation waits: the first one to adopt (REG §1.1, fn.1)."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from tenants.partnership import perms
from tenants.partnership.models import Person, RegulationVersion
from tenants.partnership.today.waiting import Waiting
from tenants.partnership.workflow import OPEN_REGULATIONS, RegulationState

_KNOWN = frozenset({*OPEN_REGULATIONS, RegulationState.ADOPTED})


def regulation_waits(person: Person, day: date) -> Iterator[Waiting]:
    """For whoever writes the regulation, and for everybody who must have read it."""
    light = ("state", "number", "amends_id", "title", "in_force_from")
    known = list(RegulationVersion.objects.filter(state__in=_KNOWN).only(*light))
    if not any(one.number for one in known):
        yield from _first(person, known)


def _first(person: Person, known: list[RegulationVersion]) -> Iterator[Waiting]:
    if known and perms.can_write_regulation(person):
        yield Waiting(
            "Uzupełnij i przyjmij regulamin",
            reverse("partnership:regulation", args=[known[0].pk]),
            "§ 1 ust. 1 i przypis do tytułu regulaminu",
            "Dopóki Partnerstwo nie ma regulaminu, nie można składać deklaracji.",
        )
