"""A party leaves, goes by another name or has a successor; the agreement ends (POR)."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from kooperacja.pages import form_page, question, row, sent, step
from kooperacja.tenancy.urls import root_reverse
from kooperacja.ui.polish import pl_date, quoted
from tenants.agreements import perms
from tenants.agreements.actions import ending as ending_acts
from tenants.agreements.actions import leaving as acts
from tenants.agreements.actions import succession
from tenants.agreements.consequences import ends_with, ends_with_all, leaves_too_few
from tenants.agreements.forms.departures import (
    EndAgreementForm,
    LeaveForm,
    RenamePartyForm,
    StaysForm,
    SuccessorForm,
)
from tenants.agreements.models import Agreement, Departure, Ending, Party
from tenants.agreements.views import drafts
from tenants.agreements.views.parties import find_party
from tenants.people.identity import PersonRequest
from tenants.people.models import Person

_TEMPLATE = "agreements/part_ends.html"


def _departure(person: Person | None, pk: UUID) -> Departure:
    rows = Departure.objects.select_related("party__agreement")
    departure: Departure = get_object_or_404(rows, pk=pk)
    if not perms.see_agreement(person, departure.party.agreement):
        raise Http404
    return departure


@step(perms.leave_for, find_party, again=True, act="odejście Strony z porozumienia")
def leave(request: PersonRequest, party: Party) -> HttpResponse:
    agreement = party.agreement
    return form_page(
        request,
        LeaveForm(**sent(request), party=party),
        partial(acts.leave, by=request.actor, party_id=party.pk),
        ready=partial(acts.require_to_leave, party, request.actor.today),
        said=lambda departure: f"Zapisano. Strona odchodzi od {pl_date(departure.from_on)}",
        to=partial(_still_open, request),
        back=agreement.url,
        template=_TEMPLATE,
        title="Odejście Strony",
        eyebrow=str(party),
        lead="Wzór porozumienia nie mówi o odejściu. Wpisujesz to, co Strona oświadczyła w piśmie; "
        "nikt nie musi tego przyjmować.",
        crumbs=drafts.crumbs_of(agreement),
        submit="Zapisz odejście",
        touched=ends_with(party, request.actor.today),
        too_few=leaves_too_few(party),
    )


def _still_open(request: PersonRequest, departure: Departure) -> str:
    """The agreement, unless whoever acted has just lost it with the party."""
    person = Person.objects.acting(request.actor)
    agreement = departure.party.agreement
    is_open = perms.see_agreement(person, agreement)
    return agreement.url if is_open else root_reverse("places")


@step(perms.withdraw_departure, _departure, again=True, act="wycofanie odejścia Strony")
def stay(request: PersonRequest, departure: Departure) -> HttpResponse:
    agreement = departure.party.agreement
    return question(
        request,
        StaysForm(**sent(request), row=departure),
        partial(acts.withdraw, by=request.actor, departure_id=departure.pk),
        ready=partial(acts.require_to_come, departure, request.actor.today),
        question="Wycofać odejście Strony?",
        consequence=f"Strona {quoted(departure.party)} miała odejść {pl_date(departure.from_on)} i "
        "zostaje. Dowiedzą się o tym wszystkie Strony; wpis zostaje w historii jako wycofany.",
        undo="Odejście można potem wpisać jeszcze raz.",
        button="Wycofaj odejście",
        said="Wycofano odejście. Strona zostaje.",
        to=agreement.url,
        crumbs=drafts.crumbs_of(agreement),
        danger=False,
    )


@step(perms.write_agreements, find_party)
def rename(request: PersonRequest, party: Party) -> HttpResponse:
    return form_page(
        request,
        RenamePartyForm(**sent(request)),
        partial(succession.rename, by=request.actor, party_id=party.pk),
        ready=partial(acts.require_part, party, request.actor.today),
        said="Zapisano nową nazwę. Strony dostaną o tym wiadomość.",
        **_below(party, "Nowa nazwa Strony"),
        lead="Tekst porozumienia zachowuje nazwę z dnia podpisu, a jego strona pokaże obok nową. "
        "Nazwę w rejestrze instytucji zmienia się osobno.",
    )


@step(perms.write_agreements, find_party, again=True, act="następca Strony porozumienia")
def merge(request: PersonRequest, party: Party) -> HttpResponse:
    return form_page(
        request,
        SuccessorForm(**sent(request), party=party),
        partial(succession.merge, by=request.actor, party_id=party.pk),
        ready=partial(acts.require_to_leave, party, request.actor.today),
        said="Zapisano następcę. Strony dostaną o tym wiadomość.",
        template=_TEMPLATE,
        **_below(party, "Następca Strony"),
        lead="Następca wstępuje w miejsce Strony na podstawie dokumentu, na przykład uchwały o "
        "połączeniu. Nikt nie podpisuje niczego na nowo. Jeśli następca jest już Stroną, zostaje "
        "jedną Stroną. Osoby następcy zaprosisz potem na stronie porozumienia.",
        touched=ends_with(party, request.actor.today),
        too_few=False,
    )


def _below(party: Party, title: str) -> dict[str, Any]:
    agreement = party.agreement
    return {
        "to": agreement.url,
        "title": title,
        "eyebrow": str(party),
        "crumbs": drafts.crumbs_of(agreement),
    }


@step(perms.write_agreements, drafts.find, again=True, act="koniec porozumienia")
def end(request: PersonRequest, agreement: Agreement) -> HttpResponse:
    return form_page(
        request,
        EndAgreementForm(**sent(request)),
        partial(ending_acts.end, by=request.actor, agreement_id=agreement.pk),
        ready=partial(ending_acts.require_to_end, agreement),
        said=lambda ending: f"Zapisano. Porozumienie nie obowiązuje od {pl_date(ending.from_on)}",
        to=agreement.url,
        template=_TEMPLATE,
        title="Koniec porozumienia",
        lead="Wzór porozumienia nie mówi, jak długo ono obowiązuje. Wpisujesz wspólne oświadczenie "
        "Stron. Tekst, podpisy i historia zostają do przeczytania.",
        crumbs=drafts.crumbs_of(agreement),
        submit="Zapisz koniec porozumienia",
        touched=ends_with_all(agreement, request.actor.today),
        too_few=False,
    )


_ending = row(Ending.objects.select_related("agreement"))


@step(perms.write_agreements, _ending, again=True, act="wycofanie końca porozumienia")
def go_on(request: PersonRequest, ending: Ending) -> HttpResponse:
    agreement = ending.agreement
    return question(
        request,
        StaysForm(**sent(request), row=ending),
        partial(ending_acts.withdraw, by=request.actor, ending_id=ending.pk),
        ready=partial(ending_acts.require_end_to_come, ending, request.actor.today),
        question="Wycofać koniec porozumienia?",
        consequence=f"Porozumienie miało nie obowiązywać od {pl_date(ending.from_on)} Będzie "
        "obowiązywać dalej. Dowiedzą się o tym wszystkie Strony; wpis zostaje w historii jako "
        "wycofany.",
        undo="Koniec można potem wpisać jeszcze raz.",
        button="Wycofaj koniec",
        said="Wycofano koniec porozumienia.",
        to=agreement.url,
        crumbs=drafts.crumbs_of(agreement),
        danger=False,
    )
