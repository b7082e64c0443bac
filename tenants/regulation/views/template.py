"""Differences from the region's template of the regulation, and taking them over (REG §9)."""

from functools import partial
from uuid import UUID

from django import forms
from django.http import HttpResponse

from kooperacja.audit.actor import Actor
from kooperacja.pages import form_page, sent, step
from kooperacja.ui.forms import KeyedForm, give
from kooperacja.ui.problems import Missing
from tenants.exchange.models import RegulationTemplate
from tenants.people.identity import PersonRequest
from tenants.regulation import perms
from tenants.regulation.actions.template import keep_own_wording, take_over_clauses
from tenants.regulation.changes import rewordings
from tenants.regulation.models import RegulationVersion
from tenants.regulation.workflow import RegulationState


class _ChoiceForm(KeyedForm):
    """The clauses to take over."""

    keeps_draft = False  # its page draws the boxes by itself

    refs = forms.MultipleChoiceField(
        required=False, error_messages={"invalid_choice": "Tego ustępu wzór już nie zmienia."}
    )


@step(perms.write_regulation)
def show(request: PersonRequest) -> HttpResponse:
    """The differences, each with a box to take it over."""
    template = RegulationTemplate.objects.first()
    if template is None:
        raise Missing("Nie ma jeszcze wzoru regulaminu", "ROPS nie opublikował żadnego wzoru.")
    own = _own()
    offers = rewordings(own, template)
    form = _ChoiceForm(**sent(request))
    give(form, "refs", [(offer.ref, offer.name) for offer in offers])
    return form_page(
        request,
        form,
        partial(_consider, request.actor, template.number),
        said=lambda _: (
            "Przejęto wybrane ustępy do projektu regulaminu."
            if form.cleaned_data["refs"]
            else "Zapisano: regulamin zostaje przy swoim brzmieniu."
        ),
        to=lambda version: version.url if form.cleaned_data["refs"] else version.list_url(),
        template="regulation/regulation_template.html",
        wording=template,
        own=own,
        is_first=own.number is None and own.amends_id is None,
        offers=offers,
    )


def _consider(by: Actor, number: int, key: UUID, refs: list[str]) -> RegulationVersion:
    if refs:
        return take_over_clauses(by=by, key=key, number=number, refs=refs)
    return keep_own_wording(by=by, number=number)


def _own() -> RegulationVersion:
    """The draft that is being written, else the newest version."""
    drafts = RegulationVersion.objects.filter(state=RegulationState.DRAFT)
    version = drafts.first() or RegulationVersion.objects.exclude(number=None).first()
    assert version is not None  # founding makes one
    return version
