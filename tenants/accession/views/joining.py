"""The open path: what anybody may read of the partnership, and how one asks to join (REG §1.4)."""

from contextlib import suppress
from functools import partial
from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kooperacja.accounts.limits import is_within
from kooperacja.audit.actor import Actor
from kooperacja.ops.context import current_request_id
from kooperacja.pages import ACTING, form_page
from kooperacja.pages import sent as sent_by
from kooperacja.tenancy.middleware import public
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.polish import polish_order
from kooperacja.ui.problems import Problem
from kooperacja.writes import AlreadySaved
from tenants.accession.actions.forgetting import KEPT
from tenants.accession.actions.recruitment import ask_to_join, refuse_unless_active
from tenants.accession.forms.recruitment import JoinForm
from tenants.partnership.models import Membership, Partnership
from tenants.partnership.workflow import PartnershipState
from tenants.people.models import Organisation, Sector
from tenants.regulation.models import RegulationVersion
from tenants.regulation.text import filled

# Nobody sees this field; a program that fills in whatever it finds does.
TRAP = "adres_strony"
ASKED_AN_HOUR = 5


@public
@require_http_methods(ACTING)
def join(request: TenantRequest) -> HttpResponse:
    """The partnership in brief and the form by which an institution asks to join."""
    partnership = get_object_or_404(Partnership)
    if request.method == "POST":
        refuse_unless_active(partnership, "To Partnerstwo nie przyjmuje zgłoszeń")
    return form_page(
        request,
        JoinForm(**sent_by(request)),
        partial(_ask, request),
        said="",
        to="join_sent",
        template="accession/join.html",
        trap=TRAP,
        kept_days=KEPT.days,
        **_about(partnership),
    )


def _ask(request: TenantRequest, **asked: Any) -> None:
    """A stranger isn't told of a repeat, a program not even that it was recognised."""
    if request.POST.get(TRAP):
        return
    if not is_within(request, action="join", most=ASKED_AN_HOUR, seconds=3600):
        raise Problem(
            "Zbyt wiele zgłoszeń z jednego miejsca",
            "Spróbuj za godzinę albo skontaktuj się z Liderem bezpośrednio.",
            kept="Tego zgłoszenia nie zapisaliśmy.",
            status=429,
        )
    visitor = Actor(
        account_id=None, name="Strona publiczna Partnerstwa", request_id=current_request_id()
    )
    with suppress(AlreadySaved):
        ask_to_join(by=visitor, **asked)


def _about(partnership: Partnership) -> dict[str, Any]:
    """Numbers, and the names of institutions that agreed to be named."""
    day = timezone.localdate()
    members = Membership.objects.on(day)
    counts = members.values_list("organisation__sector").annotate(Count("pk"))
    labels = dict(Sector.choices)
    sectors = sorted((labels[sector], count) for sector, count in counts)
    agreed = members.filter(declaration__publish_consent=True).values("organisation")
    published = Organisation.objects.filter(pk__in=agreed).order_by(polish_order("name"))
    return {
        "partnership": partnership,
        "is_active": partnership.state == PartnershipState.ACTIVE,
        "is_dissolved": partnership.state == PartnershipState.DISSOLVED,
        "sectors": sectors,
        "members_count": sum(count for _, count in sectors),
        "published": published.values_list("name", flat=True),
        "regulation": RegulationVersion.in_force(day),
    }


@public
@require_safe
def sent(request: TenantRequest) -> HttpResponse:
    """The request has arrived, and who answers it."""
    context = {"partnership": get_object_or_404(Partnership)}
    return render(request, "accession/join_sent.html", context)


@public
@require_safe
def regulation(request: TenantRequest) -> HttpResponse:
    """The regulation in force: whoever joins accepts it, so must be able to read it (REG §1.5)."""
    partnership = get_object_or_404(Partnership)
    version = RegulationVersion.in_force(timezone.localdate())
    context = {
        "partnership": partnership,
        "regulation": version,
        "clauses": list(filled(version)) if version else [],
    }
    return render(request, "accession/join_regulation.html", context)
