"""What an institution says of itself (REG §1.8)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kooperacja.audit.actor import actor
from kooperacja.tenancy.request import TenantRequest
from tenants.partnership import actions, perms
from tenants.partnership.actions.profiles import CLAUSE, WHOSE
from tenants.partnership.forms import ProfileForm
from tenants.partnership.models import Organisation
from tenants.partnership.people import person_of
from tenants.partnership.views.common import conflict_page, form_page, say_already_saved


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: TenantRequest, pk: UUID) -> HttpResponse:
    person = person_of(request)
    organisation = get_object_or_404(Organisation, pk=pk)
    perms.require(perms.can_edit_profile(person, organisation), WHOSE, CLAUSE)
    back = reverse("partnership:organisation", args=[pk])
    # A second instance, since a form writes into the one it checks.
    form = ProfileForm(
        request.POST or None,
        instance=Organisation.objects.get(pk=pk) if request.method == "POST" else organisation,
        initial={"wersja": organisation.version},
    )
    if not form.is_valid():
        page = {
            "organisation": organisation,
            "title": "Profil instytucji",
            "lead": "Członkowie Partnerstwa znają i akceptują swoje działania i kompetencje "
            "(§ 1 ust. 8 regulaminu). Ten opis widzą wszyscy członkowie.",
            "back": back,
        }
        return form_page(request, "partnership/institution_form.html", form, **page)
    values = form.values()
    try:
        actions.edit_profile(
            by=actor(request),
            person=person,
            organisation_id=pk,
            version=form.cleaned_data["wersja"],
            values=values,
        )
    except actions.AlreadySaved:
        say_already_saved(request)
    except actions.StaleForm as stale:
        data = request.POST.copy()
        data["wersja"] = str(stale.current.version)
        mine = ProfileForm(data, instance=organisation)
        return conflict_page(request, mine, current=stale.current, fields=values, back=back)
    else:
        messages.success(request, "Zapisano profil instytucji.")
    return redirect(back)
