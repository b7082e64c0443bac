"""Parties of a draft and the people they name (POR preamble, §3.3)."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from kooperacja.pages import form_page, question, row, sent, step
from kooperacja.ui.polish import quoted
from tenants.agreements import perms
from tenants.agreements.actions import parties as acts
from tenants.agreements.actions.drafts import require_draft
from tenants.agreements.forms.parties import (
    EditContactPersonForm,
    EditPartyForm,
    EndContactPersonForm,
    NewContactPersonForm,
    NewPartyForm,
    RemoveForm,
)
from tenants.agreements.models import Agreement, ContactPerson, Party
from tenants.agreements.views import drafts
from tenants.agreements.workflow import AgreementState
from tenants.people.identity import PersonRequest
from tenants.people.models import Person

_ROWS = Party.objects.select_related("agreement__document__pdf", "organisation")
_party = row(Party.objects.select_related("agreement", "organisation"))
_contact = row(ContactPerson.objects.select_related("party__agreement"))


def find_party(person: Person | None, pk: UUID) -> Party:
    """A party of an agreement that exists for its reader: an unshared draft does not."""
    party = get_object_or_404(_ROWS, pk=pk)
    if not perms.see_agreement(person, party.agreement):
        raise Http404
    return party


@step(perms.write_agreements, drafts.find)
def new(request: PersonRequest, agreement: Agreement) -> HttpResponse:
    return form_page(
        request,
        NewPartyForm(**sent(request), last=agreement.parties.count()),
        partial(acts.add_party, by=request.actor, agreement_id=agreement.pk),
        ready=partial(require_draft, agreement),
        said="Dodano Stronę. Wskaż jeszcze osobę do współpracy.",
        to=lambda party: party.agreement.url,
        back=agreement.url,
        title="Nowa Strona porozumienia",
        crumbs=drafts.crumbs_of(agreement),
        submit="Dodaj Stronę",
    )


@step(perms.write_agreements, _party)
def edit(request: PersonRequest, party: Party) -> HttpResponse:
    form = EditPartyForm(**sent(request), instance=party, last=party.position)
    return form_page(
        request,
        form,
        partial(acts.edit_party, by=request.actor, party_id=party.pk),
        said="Zapisano dane Strony.",
        **_below(party, str(party)),
    )


@step(perms.write_agreements, _party, again=True, act="usunięcie Strony z projektu")
def remove(request: PersonRequest, party: Party) -> HttpResponse:
    return question(
        request,
        RemoveForm(**sent(request), row=party),
        partial(acts.remove_party, by=request.actor, party_id=party.pk),
        ready=partial(require_draft, party.agreement),
        question="Usunąć Stronę z projektu?",
        consequence=f"{party} i osoby, które wskazuje, znikną z projektu, a następne Strony "
        "dostaną numery o jeden mniejsze.",
        button="Usuń Stronę",
        said="Usunięto Stronę z projektu.",
        to=party.agreement.url,
        crumbs=drafts.crumbs_of(party.agreement),
    )


@step(perms.name_people, _party)
def name_person(request: PersonRequest, party: Party) -> HttpResponse:
    return form_page(
        request,
        NewContactPersonForm(**sent(request), party=party),
        partial(acts.add_contact, by=request.actor, party_id=party.pk),
        said="Zapisano osobę do współpracy.",
        **{**_people(party, "Osoba do współpracy"), "to": lambda one: _people_of(one.party)},
    )


@step(perms.edit_contact, _contact)
def edit_person(request: PersonRequest, contact: ContactPerson) -> HttpResponse:
    return form_page(
        request,
        EditContactPersonForm(**sent(request), instance=contact, party=contact.party),
        partial(acts.edit_contact, by=request.actor, contact_id=contact.pk),
        said="Zapisano dane osoby.",
        **_people(contact.party, contact.full_name),
    )


@step(perms.edit_contact, _contact)
def end_person(request: PersonRequest, contact: ContactPerson) -> HttpResponse:
    return question(
        request,
        EndContactPersonForm(**sent(request), row=contact),
        partial(acts.end_contact, by=request.actor, contact_id=contact.pk),
        ready=partial(acts.require_people_open, contact.party, request.actor.today),
        question="Zakończyć wskazanie osoby?",
        consequence=f"{contact.full_name} nie będzie już osobą do współpracy, którą wskazała Strona "
        f"{quoted(contact.party)}. Wpis zostaje z dniem końca.",
        button="Zakończ wskazanie",
        said="Zakończono wskazanie osoby.",
        to=_people_of(contact.party),
        crumbs=drafts.crumbs_of(contact.party.agreement),
    )


def _below(party: Party, title: str) -> dict[str, Any]:
    """The words that the forms of a party share."""
    agreement = party.agreement
    return {
        "ready": partial(require_draft, agreement),
        "to": agreement.url,
        "back": agreement.url,
        "title": title,
        "lead": f"{party.label}: {party}",
        "crumbs": drafts.crumbs_of(agreement),
    }


def _people(party: Party, title: str) -> dict[str, Any]:
    """The same for its people, who may change while the agreement is in force too."""
    return {
        **_below(party, title),
        "ready": partial(acts.require_people_open, party, timezone.localdate()),
        "to": _people_of(party),
        "back": _people_of(party),
    }


def _people_of(party: Party) -> str:
    """The page on which its people stand: of a draft, or of the list in force."""
    agreement = party.agreement
    if agreement.state == AgreementState.IN_FORCE:
        return reverse("agreements:annex", args=[agreement.pk])
    return agreement.url
