"""A kooperant leaves: what that touches, the form, the notice; the paper to sign (REG §1.6)."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe
from uuid6 import uuid7

from kooperacja.audit.actor import actor
from kooperacja.documents.actions import signatures_of
from kooperacja.documents.drawing import FORMATS
from kooperacja.documents.errors import RejectedUpload
from kooperacja.tenancy.request import TenantRequest
from kooperacja.tenancy.urls import root_reverse
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import Missing
from tenants.partnership import actions, consequences, perms, rules
from tenants.partnership.actions.resignations import membership_to_end
from tenants.partnership.forms import ResignationForm
from tenants.partnership.models import Organisation, Person, RegulationVersion, ResignationNotice
from tenants.partnership.papers.resignation import printed_resignation
from tenants.partnership.people import person_of
from tenants.partnership.views.common import form_page, say_already_saved


def _resigning(request: TenantRequest, pk: UUID) -> tuple[Person, Organisation]:
    person = person_of(request)
    organisation = get_object_or_404(Organisation, pk=pk)
    perms.resign.require(person, pk)
    return person, organisation


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: TenantRequest, pk: UUID) -> HttpResponse:
    """First what would end, then the form that ends it."""
    person, organisation = _resigning(request, pk)
    today = timezone.localdate()
    try:
        membership = membership_to_end(organisation, _sent_key(request))
    except actions.AlreadySaved as saved:
        say_already_saved(request)
        return redirect("partnership:resignation", pk=saved.obj.pk)
    form = ResignationForm(
        request.POST or None,
        request.FILES or None,
        initial={"key": uuid7(), "received_on": today},
        joined_on=membership.from_on,
        is_online=not perms.keep_organisations(person),
    )
    context = {
        "organisation": organisation,
        "touched": consequences.touched_by(membership, today),
        "effect": _effect_on(today),
    }
    page = "partnership/resignation_new.html"
    if not form.is_valid():
        return form_page(request, page, form, **context)
    try:
        notice = actions.resign(
            by=actor(request),
            person=person,
            key=form.cleaned_data["key"],
            organisation_id=pk,
            signatory_name=form.cleaned_data["signatory_name"],
            upload=form.cleaned_data["file"],
            values=form.values(),
        )
    except actions.AlreadySaved as saved:
        say_already_saved(request)
        return redirect("partnership:resignation", pk=saved.obj.pk)
    except RejectedUpload as rejected:
        form.add_error("file", str(rejected))
        return form_page(request, page, form, **context)
    messages.success(request, f"Złożono rezygnację. Skutek od: {pl_date(notice.effective_on)}")
    # The door here has just closed to whoever resigned.
    has_left = form.is_online and notice.effective_on <= today
    page_of_notice = reverse("partnership:resignation", args=[notice.pk])
    return redirect(root_reverse("places") if has_left else page_of_notice)


def _effect_on(day: date) -> str:
    """When a resignation takes effect, as the regulation in force says."""
    regulation = RegulationVersion.in_force(day)
    if regulation is None:
        return rules.effect_said("")
    return rules.effect_said(regulation.resignation_effect, regulation.resignation_days)


def _sent_key(request: TenantRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


@require_safe
def show(request: TenantRequest, pk: UUID) -> HttpResponse:
    person = person_of(request)
    notices = ResignationNotice.objects.select_related(
        "membership__organisation", "signatory", "recorded_by", "file__signature_report"
    )
    notice = get_object_or_404(notices, pk=pk)
    if not perms.see_resignation(person, notice):
        raise Missing("Nie ma takiej rezygnacji", "Widzi ją Lider i instytucja, która ją złożyła.")
    organisation = notice.membership.organisation
    context = {
        "notice": notice,
        "organisation": organisation,
        "signatures": signatures_of(notice.file),
    }
    return render(request, "partnership/resignation.html", context)


@require_safe
def printed(request: TenantRequest, pk: UUID, kind: str) -> HttpResponse:
    """The resignation to print and sign."""
    _, organisation = _resigning(request, pk)
    if kind not in FORMATS:
        raise Missing("Nie ma takiego druku", "Druk rezygnacji jest w formacie PDF i Word.")
    membership = membership_to_end(organisation)
    membership.organisation = organisation
    regulation = RegulationVersion.in_force(timezone.localdate())
    content = printed_resignation(membership, regulation, FORMATS[kind])
    response = HttpResponse(content, content_type=FORMATS[kind])
    name = f"Rezygnacja – {organisation.name[:100]}.{kind}".replace("/", "-")
    disposition = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["Cache-Control"] = "private, no-store"
    return response
