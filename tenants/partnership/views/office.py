"""The office describes itself and the accessibility of its pages (REG §1.3.b, act of 4 April 2019)."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kooperacja.pages import form_page, sent, step
from kooperacja.tenancy.middleware import public
from tenants.partnership import perms
from tenants.partnership.actions import partnership
from tenants.partnership.forms.office import AccessibilityForm, PartnershipForm
from tenants.partnership.models import AccessibilityStatement, Partnership
from tenants.people.identity import PersonRequest

_OFFICE = ("Dane i szablony", "partnership:word_templates")


@step(perms.edit_partnership)
def edit(request: PersonRequest) -> HttpResponse:
    return form_page(
        request,
        PartnershipForm(**sent(request), instance=get_object_or_404(Partnership)),
        partial(partnership.edit_partnership, by=request.actor),
        said="Zapisano dane ośrodka.",
        to="partnership:word_templates",
        title="Dane ośrodka",
        aside="partnership/_office_shown.html",
        crumbs=[_OFFICE],
        lead="Nazwę ośrodka i obszar wpisuje się tylko tutaj. Stąd bierze je regulamin, każde "
        "pismo, strona publiczna i deklaracja dostępności "
        f"({perms.edit_partnership.clause}). Wydane dokumenty się nie zmienią.",
    )


@public
@require_safe
def show_accessibility(request: HttpRequest) -> HttpResponse:
    """Anybody may read it; its ids are those of the ministry's technical conditions 2.0."""
    statement = get_object_or_404(AccessibilityStatement)
    context = {
        "statement": statement,
        "partnership": get_object_or_404(Partnership),
        "site": request.build_absolute_uri(reverse("home")),
    }
    return render(request, "partnership/accessibility.html", context)


@step(perms.edit_accessibility)
def edit_accessibility(request: PersonRequest) -> HttpResponse:
    return form_page(
        request,
        AccessibilityForm(**sent(request), instance=get_object_or_404(AccessibilityStatement)),
        partial(partnership.edit_accessibility, by=request.actor),
        said="Zapisano deklarację dostępności.",
        to="accessibility",
        title="Deklaracja dostępności",
        crumbs=[_OFFICE],
        lead="Przegląd jest obowiązkowy co roku do 31 marca.",
    )
