"""What an institution says of itself (REG §1.8)."""

from functools import partial

from django.http import HttpResponse

from kooperacja.pages import form_page, row, sent, step
from tenants.partnership.views.institution import of_institution
from tenants.people import perms as people_perms
from tenants.people.actions.profiles import edit_profile
from tenants.people.forms import ProfileForm
from tenants.people.identity import PersonRequest
from tenants.people.models import Organisation


@step(people_perms.edit_profile, row(Organisation))
def edit(request: PersonRequest, organisation: Organisation) -> HttpResponse:
    return form_page(
        request,
        ProfileForm(**sent(request), instance=organisation),
        partial(edit_profile, by=request.actor, organisation_id=organisation.pk),
        said="Zapisano profil instytucji.",
        title="Profil instytucji",
        lead="Członkowie Partnerstwa znają i akceptują swoje działania i kompetencje "
        f"({people_perms.edit_profile.clause}). Ten opis widzą wszyscy członkowie.",
        **of_institution(organisation),
    )
