"""What an institution says of itself (REG §1.8)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kooperacja.audit.actor import actor
from kooperacja.tenancy.request import TenantRequest
from tenants.partnership import actions, perms
from tenants.partnership.forms import ProfileForm
from tenants.partnership.models import Organisation
from tenants.partnership.people import person_of
from tenants.partnership.views.common import form_page, save_version


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: TenantRequest, pk: UUID) -> HttpResponse:
    person = person_of(request)
    organisation = get_object_or_404(Organisation, pk=pk)
    perms.edit_profile.require(person, organisation)
    back = reverse("partnership:organisation", args=[pk])
    # A second instance, since a form writes into the one it checks.
    form = ProfileForm(
        request.POST or None,
        instance=Organisation.objects.get(pk=pk) if request.method == "POST" else organisation,
        initial={"version": organisation.version},
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
    return save_version(
        request,
        form,
        lambda version, values: actions.edit_profile(
            by=actor(request), person=person, organisation_id=pk, version=version, values=values
        ),
        said="Zapisano profil instytucji.",
        back=back,
    )
