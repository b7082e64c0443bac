"""The accessibility declaration of the tenant's pages (act of 4 April 2019)."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kooperacja.pages import form_page, sent, step
from kooperacja.tenancy.middleware import public
from tenants.partnership import perms
from tenants.partnership.actions.settings import edit_accessibility
from tenants.partnership.forms import AccessibilityForm
from tenants.partnership.models import AccessibilityStatement
from tenants.people.identity import PersonRequest


@public
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Anybody may read it; its ids are those of the ministry's technical conditions 2.0."""
    statement = get_object_or_404(AccessibilityStatement)
    context = {"statement": statement, "site": request.build_absolute_uri(reverse("home"))}
    return render(request, "partnership/accessibility.html", context)


@step(perms.edit_accessibility)
def edit(request: PersonRequest) -> HttpResponse:
    return form_page(
        request,
        AccessibilityForm(**sent(request), instance=get_object_or_404(AccessibilityStatement)),
        partial(edit_accessibility, by=request.actor),
        said="Zapisano deklarację dostępności.",
        to="accessibility",
        title="Deklaracja dostępności",
        lead="Przegląd jest obowiązkowy co roku do 31 marca.",
    )
