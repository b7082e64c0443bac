"""What the Lider says of a member: its level of engagement and the four flags (REG §5.1.b, d)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kooperacja.audit.actor import actor
from kooperacja.tenancy.request import TenantRequest
from tenants.partnership import actions, perms
from tenants.partnership.actions.engagement import FLAGS_CLAUSE, LEVEL_CLAUSE
from tenants.partnership.forms import EngagementForm, FlagsForm
from tenants.partnership.models import Organisation
from tenants.partnership.people import person_of
from tenants.partnership.views.common import conflict_page
from tenants.partnership.views.people import member_of
from tenants.partnership.views.saving import save_form

_SAID = ("level", "reason", "from_on")


@require_http_methods(["GET", "HEAD", "POST"])
def level(request: TenantRequest, pk: UUID) -> HttpResponse:
    person, organisation = person_of(request), get_object_or_404(Organisation, pk=pk)
    perms.set_engagement.require(person)
    member = member_of(organisation, LEVEL_CLAUSE)
    now = member.engagements.filter(ended_on=None).first()
    seen = {"seen": now.pk, "level": now.level} if now else {}
    back = reverse("partnership:organisation", args=[pk])
    try:
        return save_form(
            request,
            EngagementForm(request.POST or None, initial=seen),
            lambda values: actions.set_engagement(
                by=actor(request), person=person, membership_id=member.pk, **values
            ),
            said="Zapisano stopień zaangażowania.",
            back=back,
            organisation=organisation,
            title="Stopień zaangażowania",
            lead=f"Lider określa stopień koniecznego zaangażowania kooperanta ({LEVEL_CLAUSE}). "
            "Poprzedni stopień kończy się tego samego dnia i zostaje w historii.",
        )
    except actions.StaleForm as stale:
        data = request.POST.copy()
        data["seen"] = str(stale.current.pk)
        mine = EngagementForm(data)
        return conflict_page(request, mine, current=stale.current, fields=_SAID, back=back)


@require_http_methods(["GET", "HEAD", "POST"])
def flags(request: TenantRequest, pk: UUID) -> HttpResponse:
    person, organisation = person_of(request), get_object_or_404(Organisation, pk=pk)
    perms.set_flags.require(person)
    member = member_of(organisation, FLAGS_CLAUSE)
    held = sorted(member.flags.filter(ended_on=None).values_list("kind", flat=True))
    return save_form(
        request,
        FlagsForm(request.POST or None, initial={"widziane": ",".join(held), "kinds": held}),
        lambda values: actions.set_flags(
            by=actor(request), person=person, membership_id=member.pk, **values
        ),
        said="Zapisano cechy instytucji.",
        back=reverse("partnership:organisation", args=[pk]),
        organisation=organisation,
        title="Cechy instytucji",
        lead=f"Lider określa, które organizacje są kluczowe, współpracują okazjonalnie, "
        f"prowadzą diagnozę albo oferują istotne usługi ({FLAGS_CLAUSE}).",
    )
