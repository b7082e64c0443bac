"""How far the resignations have come toward dissolution, and dissolving (REG §1.7)."""

from functools import partial
from typing import Any

from django import forms
from django.db.models import F
from django.http import HttpResponse

from kooperacja.pages import form_page, sent, step
from tenants.accession import perms
from tenants.accession.actions.dissolution import dissolve
from tenants.accession.models.resignations import tally
from tenants.partnership.models import Membership, Partnership
from tenants.partnership.workflow import PartnershipState
from tenants.people.identity import PersonRequest
from tenants.regulation.models import RegulationVersion


@step(perms.see_dissolution)
def page(request: PersonRequest) -> HttpResponse:
    return form_page(
        request,
        forms.Form(**sent(request)),
        partial(dissolve, by=request.actor),
        said="Partnerstwo zostało rozwiązane.",
        to=Partnership.list_url(),
        template="accession/dissolution.html",
        # The answer to the question shows nothing.
        **({} if request.method == "POST" else _shown(request)),
    )


def _shown(request: PersonRequest) -> dict[str, Any]:
    today = request.actor.today
    partnership, resigned = Partnership.objects.get(), tally(today)
    is_dissolved = partnership.state == PartnershipState.DISSOLVED
    may_end = not is_dissolved and resigned is not None and resigned.is_majority
    left = Membership.objects.exclude(resignation=None).annotate(
        received_on=F("resignation__received_on"), effective_on=F("resignation__effective_on")
    )
    return {
        "partnership": partnership,
        "regulation": RegulationVersion.in_force(today),
        "is_dissolved": is_dissolved,
        "tally": resigned,
        "members_count": Membership.objects.on(today).count(),
        "resigned": left.select_related("organisation").order_by("received_on", "pk"),
        "may_dissolve": may_end and perms.dissolve(request.person),
    }
