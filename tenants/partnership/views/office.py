"""What the office says of itself (REG §1.3.b)."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from kooperacja.pages import form_page, sent, step
from tenants.partnership import perms
from tenants.partnership.actions import settings
from tenants.partnership.forms import PartnershipForm
from tenants.partnership.models import Partnership
from tenants.people.identity import PersonRequest


@step(perms.edit_partnership)
def edit(request: PersonRequest) -> HttpResponse:
    return form_page(
        request,
        PartnershipForm(**sent(request), instance=get_object_or_404(Partnership)),
        partial(settings.edit_partnership, by=request.actor),
        said="Zapisano dane ośrodka.",
        to="people:office",
        title="Dane ośrodka",
        lead="Pełna nazwa Lidera stoi na dokumentach Partnerstwa "
        f"({perms.edit_partnership.clause}).",
    )
