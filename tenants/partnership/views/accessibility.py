"""The accessibility declaration of the tenant's pages (act of 4 April 2019)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kooperacja.audit.actor import actor
from kooperacja.tenancy.middleware import public
from kooperacja.tenancy.request import TenantRequest
from tenants.partnership import actions, perms
from tenants.partnership.forms import AccessibilityForm
from tenants.partnership.models import AccessibilityStatement
from tenants.partnership.people import person_of
from tenants.partnership.views.common import form_page, save_version

_EDITORS = "Deklarację dostępności zmienia osoba reprezentująca Lidera albo administrator OPS."


@public
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Anybody may read it; its ids are those of the ministry's technical conditions 2.0."""
    statement = get_object_or_404(AccessibilityStatement)
    context = {"statement": statement, "site": request.build_absolute_uri(reverse("home"))}
    return render(request, "partnership/accessibility.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: TenantRequest) -> HttpResponse:
    person = person_of(request)
    perms.edit_accessibility.require(person)
    statement = get_object_or_404(AccessibilityStatement)
    back = reverse("accessibility")
    version = {"version": statement.version}
    form = AccessibilityForm(request.POST or None, instance=statement, initial=version)
    if not form.is_valid():
        return form_page(request, "partnership/accessibility_form.html", form, back=back)
    return save_version(
        request,
        form,
        lambda version, values: actions.edit_accessibility(
            by=actor(request), person=person, version=version, values=values
        ),
        said="Zapisano deklarację dostępności.",
        back=back,
    )
