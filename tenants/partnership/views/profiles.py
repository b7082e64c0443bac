"""What an institution says of itself (REG §1.8)."""

from functools import partial

from django.http import HttpResponse

from kooperacja.pages import form_page, row, sent, step
from tenants.partnership import perms
from tenants.partnership.actions.profiles import edit_profile
from tenants.partnership.forms.people import ProfileForm
from tenants.partnership.models import Organisation
from tenants.partnership.people import PersonRequest
from tenants.partnership.views.institution import of_institution


@step(perms.edit_profile, row(Organisation))
def edit(request: PersonRequest, organisation: Organisation) -> HttpResponse:
    return form_page(
        request,
        ProfileForm(**sent(request), instance=organisation),
        partial(edit_profile, by=request.actor, organisation_id=organisation.pk),
        said="Zapisano profil instytucji.",
        title="Profil instytucji",
        lead="Członkowie Partnerstwa znają i akceptują swoje działania i kompetencje "
        f"({perms.edit_profile.clause}). Ten opis widzą wszyscy członkowie.",
        **of_institution(organisation),
    )
