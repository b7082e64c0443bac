"""A template of the region that nobody here has considered yet (REG §9)."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Max
from django.urls import reverse

from tenants.exchange.models import RegulationTemplate
from tenants.partnership import perms
from tenants.partnership.models import Person, RegulationVersion
from tenants.partnership.today.waiting import Waiting


def template_waits(person: Person, day: date) -> Iterator[Waiting]:
    """For whoever writes the regulation."""
    if not perms.write_regulation(person):
        return
    newest = RegulationTemplate.objects.aggregate(last=Max("number"))["last"]
    if newest is None:
        return
    known = RegulationVersion.objects.aggregate(last=Max("template_number"))["last"] or 0
    if newest > known:
        yield Waiting(
            f"ROPS opublikował wzór regulaminu nr {newest}",
            reverse("partnership:regulation_template"),
            "§ 9 regulaminu",
            "Zobacz, czym różni się od Waszego.",
        )
