"""The page on which the office enters the publication of an agreement (POR signatures)."""

from functools import partial

from django.http import HttpResponse

from kooperacja.pages import question, sent, step
from tenants.agreements import perms
from tenants.agreements.actions import force as acts
from tenants.agreements.forms.force import PublishAgreementForm
from tenants.agreements.models import Agreement
from tenants.agreements.views.drafts import crumbs_of, find
from tenants.people.identity import PersonRequest


@step(perms.write_agreements, find)
def publish(request: PersonRequest, agreement: Agreement) -> HttpResponse:
    return question(
        request,
        PublishAgreementForm(**sent(request), row=agreement),
        partial(acts.publish, by=request.actor, agreement_id=agreement.pk),
        ready=partial(acts.require_unpublished, agreement),
        question="Wpisać dzień ogłoszenia porozumienia?",
        consequence="Od tego dnia porozumienie będzie obowiązywać między Stronami, które podpisały "
        "je najpóźniej w dniu ogłoszenia. Dowiedzą się o tym wszystkie Strony. Innych podpisów nie "
        "będzie już można wpisać.",
        button="Wpisz dzień ogłoszenia",
        said="Porozumienie weszło w życie.",
        to=agreement.url,
        crumbs=crumbs_of(agreement),
        danger=False,
    )
