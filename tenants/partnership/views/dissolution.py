"""How far the resignations have come toward dissolution, and dissolving (REG §1.7)."""

from django.contrib import messages
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kooperacja.audit.actor import actor
from kooperacja.tenancy.request import TenantRequest
from tenants.partnership import actions, perms
from tenants.partnership.actions.dissolution import best_tally
from tenants.partnership.models import Membership, Partnership, RegulationVersion
from tenants.partnership.people import person_of
from tenants.partnership.views.common import say_already_saved
from tenants.partnership.workflow import PartnershipState


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: TenantRequest) -> HttpResponse:
    person, today = person_of(request), timezone.localdate()
    perms.see_dissolution.require(person)
    if request.method == "POST":
        try:
            actions.dissolve(by=actor(request), person=person)
        except actions.AlreadySaved:
            say_already_saved(request)
        else:
            messages.success(request, "Partnerstwo zostało rozwiązane.")
        return redirect("partnership:dissolution")
    partnership, tally = Partnership.objects.get(), best_tally(today)
    is_dissolved = partnership.state == PartnershipState.DISSOLVED
    left = Membership.objects.exclude(resignation=None).annotate(
        received_on=F("resignation__received_on"), effective_on=F("resignation__effective_on")
    )
    context = {
        "partnership": partnership,
        "regulation": RegulationVersion.in_force(today),
        "is_dissolved": is_dissolved,
        "tally": tally,
        "members_count": Membership.objects.on(today).count(),
        "resigned": left.select_related("organisation").order_by("received_on", "pk"),
        "may_dissolve": not is_dissolved
        and tally is not None
        and tally.is_majority
        and perms.dissolve(person),
    }
    return render(request, "partnership/dissolution.html", context)
