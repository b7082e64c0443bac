"""Further duties and own clauses of a draft (POR §2.3.6, POR-C §2.4.7, POR-C §3.4.5)."""

from functools import partial

from django.http import HttpResponse

from kooperacja.pages import form_page, question, row, sent, step
from tenants.agreements import perms
from tenants.agreements.actions import additions as acts
from tenants.agreements.actions.drafts import require_draft
from tenants.agreements.forms.additions import EditAdditionForm, NewAdditionForm
from tenants.agreements.forms.parties import RemoveForm
from tenants.agreements.models import Addition, Agreement
from tenants.agreements.numbering import places_of
from tenants.agreements.text import Text, place_said
from tenants.agreements.views import drafts
from tenants.people.identity import PersonRequest

_addition = row(Addition.objects.select_related("agreement"))
_LEAD = (
    "Numery i odesłania w całym tekście przeliczą się same. Wzór nie mówi o czasie obowiązywania, "
    "wypowiedzeniu ani danych osobowych; jeśli Strony chcą to uregulować, jest to miejsce na ich "
    "własne postanowienia."
)


def _places(agreement: Agreement) -> list[tuple[str, str]]:
    text = Text(agreement)
    return [(place, place_said(text, place)) for place in places_of(agreement.variant)]


@step(perms.write_agreements, drafts.find)
def new(request: PersonRequest, agreement: Agreement) -> HttpResponse:
    return form_page(
        request,
        NewAdditionForm(**sent(request), agreement=agreement, places=_places(agreement)),
        partial(acts.add, by=request.actor, agreement_id=agreement.pk),
        ready=partial(require_draft, agreement),
        said="Dodano do porozumienia.",
        to=lambda addition: addition.agreement.url,
        back=agreement.url,
        title="Dodaj obowiązek albo postanowienie",
        lead=_LEAD,
        crumbs=drafts.crumbs_of(agreement),
        submit="Dodaj",
    )


@step(perms.write_agreements, _addition)
def edit(request: PersonRequest, addition: Addition) -> HttpResponse:
    agreement = addition.agreement
    return form_page(
        request,
        EditAdditionForm(
            **sent(request), instance=addition, agreement=agreement, places=_places(agreement)
        ),
        partial(acts.edit, by=request.actor, addition_id=addition.pk),
        ready=partial(require_draft, agreement),
        said="Zapisano.",
        to=agreement.url,
        title=str(addition),
        lead=_LEAD,
        crumbs=drafts.crumbs_of(agreement),
    )


@step(perms.write_agreements, _addition)
def remove(request: PersonRequest, addition: Addition) -> HttpResponse:
    agreement = addition.agreement
    return question(
        request,
        RemoveForm(**sent(request), row=addition),
        partial(acts.remove, by=request.actor, addition_id=addition.pk),
        ready=partial(require_draft, agreement),
        question="Usunąć z projektu?",
        consequence="To, co dodano, zniknie z projektu, a numery i odesłania przeliczą się same. "
        "Treść zostaje w zachowanych wersjach tekstu i w dzienniku.",
        button="Usuń",
        said="Usunięto z projektu.",
        to=agreement.url,
        crumbs=drafts.crumbs_of(agreement),
    )
