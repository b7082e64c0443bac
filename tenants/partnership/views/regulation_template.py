"""What the region's template of the regulation says otherwise, and taking it over (REG §9)."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from uuid6 import uuid7

from kooperacja.audit.actor import actor
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.difference import Piece, difference
from kooperacja.ui.problems import Missing
from tenants.exchange.clauses import Clause, order
from tenants.exchange.models import RegulationTemplate
from tenants.partnership import actions, perms
from tenants.partnership.models import RegulationVersion
from tenants.partnership.people import person_of
from tenants.partnership.regulation_text import to_edit
from tenants.partnership.workflow import RegulationState


@dataclass(frozen=True, slots=True)
class Offer:
    """One clause that the template words otherwise."""

    ref: str
    name: str
    pieces: list[Piece]


class _ChoiceForm(forms.Form):
    """Which clauses to take over; `ustepy` are their refs."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    ustepy = forms.MultipleChoiceField(
        required=False, error_messages={"invalid_choice": "Tego ustępu wzór już nie zmienia."}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: TenantRequest) -> HttpResponse:
    """The differences, each with a box to take it over."""
    person = person_of(request)
    perms.write_regulation.require(person)
    template = RegulationTemplate.objects.first()
    if template is None:
        raise Missing("Nie ma jeszcze wzoru regulaminu", "ROPS nie opublikował żadnego wzoru.")
    own = _own()
    offers = _offers(own, template)
    form = _ChoiceForm(request.POST or None, initial={"key": uuid7()})
    form.fields["ustepy"].choices = [(one.ref, one.name) for one in offers]  # type: ignore[attr-defined]
    if form.is_valid():
        return _taken(request, form, template)
    context = {"template": template, "own": own, "offers": offers, "form": form}
    status = 422 if form.errors else 200
    return render(request, "partnership/regulation_template.html", context, status=status)


def _taken(request: TenantRequest, form: _ChoiceForm, template: RegulationTemplate) -> HttpResponse:
    by, person, refs = actor(request), person_of(request), form.cleaned_data["ustepy"]
    if not refs:
        actions.keep_own_wording(by=by, person=person, number=template.number)
        messages.success(request, "Zapisano: regulamin zostaje przy swoim brzmieniu.")
        return redirect("partnership:regulations")
    key: UUID = form.cleaned_data["key"]
    draft = actions.take_over_clauses(
        by=by, person=person, key=key, number=template.number, refs=refs
    )
    messages.success(request, "Przejęto wybrane ustępy do projektu zmiany regulaminu.")
    return redirect("partnership:regulation", draft.pk)


def _own() -> RegulationVersion:
    """The draft that is being written, else the newest version."""
    drafts = RegulationVersion.objects.filter(state=RegulationState.DRAFT)
    found = drafts.first() or RegulationVersion.objects.exclude(number=None).first()
    assert found is not None  # founding makes one
    return found


def _offers(own: RegulationVersion, template: RegulationTemplate) -> list[Offer]:
    before = {row["ref"]: row["text"] for row in own.clauses}
    after = {row["ref"]: row["text"] for row in template.clauses}
    changed = [ref for ref in before | after if before.get(ref) != after.get(ref)]
    return [
        Offer(
            ref,
            Clause(ref, "").name,
            difference(to_edit(before.get(ref, "")), to_edit(after.get(ref, ""))),
        )
        for ref in sorted(changed, key=lambda ref: order(Clause(ref, "")))
    ]
