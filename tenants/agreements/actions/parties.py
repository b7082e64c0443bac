"""The parties of a draft and the people they name (POR preamble, §3.3)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.polish import pl_date, quoted
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.writes import AlreadySaved, StaleForm, insert_once, save_edited
from tenants.agreements import perms
from tenants.agreements.actions import annex
from tenants.agreements.actions.consents import end_consents
from tenants.agreements.actions.drafts import lock_draft, require_draft
from tenants.agreements.actions.once import refuse_twice
from tenants.agreements.actions.people import acts_somebody, release_all
from tenants.agreements.actions.protecting import protection_of, tell_protection
from tenants.agreements.actions.sharing import tell_new_party
from tenants.agreements.annexed import named_on
from tenants.agreements.models import Agreement, ContactPerson, Party
from tenants.agreements.models.annexes import Why
from tenants.agreements.seats import begins_hidden
from tenants.agreements.workflow import AgreementState
from tenants.people.actions.invitations import publish_figures
from tenants.people.models import Person

MOST_PARTIES, MOST_CONTACTS = 60, 20


@transaction.atomic
def add_party(
    *, by: Actor, agreement_id: UUID, key: UUID, number: int, values: dict[str, Any]
) -> Party:
    """Add a party under a number; those from it on move by one."""
    agreement = lock_draft(by, agreement_id)
    if saved := Party.objects.filter(pk=key).first():
        raise AlreadySaved(saved)
    others = list(agreement.parties.with_names())
    if len(others) >= MOST_PARTIES:
        raise ValidationError(f"Porozumienie może mieć najwyżej {MOST_PARTIES} Stron.")
    refuse_twice(others, values, by.today)
    if begins_hidden(values["organisation"]):
        values = values | {"hides_seat": True}
    party = Party(id=key, agreement=agreement, position=len(others) + 1, **values)
    insert_once(party)
    _arrange(agreement, party, number)
    tell_protection(protection_of(party))
    _note(by, "AGREEMENT_PARTY_ADDED", party, None, party.name)
    tell_new_party(by, party)
    return party


@transaction.atomic
def edit_party(
    *, by: Actor, party_id: UUID, version: int, number: int, values: dict[str, Any]
) -> Party:
    """Change what the agreement says of a party, or its number."""
    party = _locked(by, party_id)
    others = list(party.agreement.parties.with_names().exclude(pk=party.pk))
    before, protected = party.name, protection_of(party)
    was = party.organisation_id
    refuse_twice(others, values, by.today)
    _refuse_other(by, party, values)
    of = values["organisation"]
    if of is not None and of.pk != was and begins_hidden(of):
        values = values | {"hides_seat": True}
    is_moved = _arrange(party.agreement, party, number)
    try:
        save_edited(party, version, values)
    except AlreadySaved:
        if not is_moved:
            raise
    tell_protection(protection_of(party), protected)
    _note(by, "AGREEMENT_PARTY_EDITED", party, before, party.name)
    if party.organisation_id != was:
        tell_new_party(by, party)
    return party


@transaction.atomic
def remove_party(*, by: Actor, party_id: UUID, version: int) -> Agreement:
    """Take a party out of a draft, with the people it named; those after it move up."""
    party = _locked(by, party_id)
    if party.version != version:
        raise StaleForm(party)
    _note(by, "AGREEMENT_PARTY_REMOVED", party, party.name, None)
    party.contacts.all().delete()
    agreement, was = party.agreement, party.organisation_id
    protected = protection_of(party)
    if party.has_answered:
        party.removed_on, party.organisation, party.is_office = by.today, None, False
        party.save(update_fields=["removed_on", "organisation", "is_office"])
    else:
        party.delete()
    tell_protection((None, False), protected)
    release_all(by=by, organisation_id=was)
    _number(list(agreement.parties.all()))
    return agreement


@transaction.atomic
def add_contact(*, by: Actor, party_id: UUID, key: UUID, values: dict[str, Any]) -> ContactPerson:
    """Name a person of a party, from a day on."""
    party = _locked_for_people(by, party_id)
    if sum(not one.is_over for one in party.contacts.all()) >= MOST_CONTACTS:
        raise ValidationError(f"Strona może wskazać najwyżej {MOST_CONTACTS} osób.")
    contact = ContactPerson(id=key, party=party, **values)
    insert_once(contact)
    _note_person(by, "AGREEMENT_CONTACT_ADDED", party)
    return contact


@transaction.atomic
def edit_contact(
    *, by: Actor, contact_id: UUID, version: int, values: dict[str, Any]
) -> ContactPerson:
    """Mend what is said of a person."""
    contact = _locked_contact(by, contact_id)
    save_edited(contact, version, values)
    end_consents(by, contact)
    _note_person(by, "AGREEMENT_CONTACT_EDITED", contact.party)
    return contact


@transaction.atomic
def end_contact(*, by: Actor, contact_id: UUID, version: int, ended_on: date) -> ContactPerson:
    """From a day on a party no longer names a person."""
    contact = _locked_contact(by, contact_id)
    if contact.ended_on == ended_on:
        raise AlreadySaved(contact)
    if contact.version != version:
        raise StaleForm(contact)
    if ended_on < contact.from_on:
        began = pl_date(contact.from_on)
        raise ValidationError({"ended_on": f"Osoba jest wyznaczona dopiero od {began}"})
    contact.end(ended_on, version=contact.version + 1)
    _note_person(by, "AGREEMENT_CONTACT_ENDED", contact.party)
    return contact


def _note_person(by: Actor, verb: str, party: Party) -> None:
    """In force, the list of people is made anew, and the team follows."""
    data = {"party": [party.name, party.name]}
    entry = record(by=by, verb=verb, obj=party.agreement, data=data)
    if party.agreement.state == AgreementState.IN_FORCE:
        annex.refresh(by=by, agreement=party.agreement, why=Why.PEOPLE)
        publish_figures(ContactPerson, cause=entry.pk)


def _note(by: Actor, verb: str, party: Party, before: str | None, after: str | None) -> None:
    """The journal tells of the agreement, whose page stays when a party is taken out of it."""
    record(by=by, verb=verb, obj=party.agreement, data={"party": [before, after]})


def _locked(by: Actor, party_id: UUID) -> Party:
    """A party of a draft; the draft is locked first."""
    agreement_id = Party.objects.values_list("agreement", flat=True).get(pk=party_id)
    agreement = lock_draft(by, agreement_id)
    party = Party.objects.get(pk=party_id)
    party.agreement = agreement
    return party


def _locked_for_people(by: Actor, party_id: UUID) -> Party:
    """A party whose people may change: of a draft, or of an agreement in force."""
    agreement_id = Party.objects.values_list("agreement", flat=True).get(pk=party_id)
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    party = Party.objects.get(pk=party_id)
    party.agreement = agreement
    perms.name_people.require(Person.objects.acting(by), party)
    require_people_open(party, by.today)
    return party


def require_people_open(party: Party, today: date) -> None:
    """Raise why the people of a party can't change now."""
    agreement = party.agreement
    if agreement.state != AgreementState.IN_FORCE:
        require_draft(agreement)
        return
    named = named_on(agreement, today)
    if party.pk not in {one.party.pk for one in named}:
        raise Problem(
            "Tej Strony porozumienie nie obowiązuje",
            "Osoby wskazują Strony, między którymi porozumienie obowiązuje.",
            kept=NOTHING_SAVED,
            at=agreement,
            action="Przejdź do porozumienia",
        )


def _locked_contact(by: Actor, contact_id: UUID) -> ContactPerson:
    party_id = ContactPerson.objects.values_list("party", flat=True).get(pk=contact_id)
    party = _locked_for_people(by, party_id)
    contact = ContactPerson.objects.get(pk=contact_id)
    contact.party = party
    return contact


def _refuse_other(by: Actor, party: Party, values: dict[str, Any]) -> None:
    """Nobody who was let in for one institution acts for another, or reads what it handed in."""
    if not (party.organisation_id or party.is_office):
        return
    now = (getattr(values["organisation"], "pk", None), values["is_office"])
    if now == (party.organisation_id, party.is_office):
        return
    if party.organisation_id and acts_somebody(by, party.organisation_id):
        words = (
            f"Za instytucję {quoted(party.organisation)} ktoś już tu działa. Zakończ najpierw jego "
            "dostęp albo usuń tę Stronę i dodaj nową."
        )
        raise ValidationError({"organisation": words})
    if party.has_answered:
        words = (
            f"{quoted(party.name)} już podpisała albo odmówiła podpisu pod wcześniejszym tekstem. "
            "Usuń tę Stronę i dodaj nową."
        )
        raise ValidationError({"organisation": words})


def _arrange(agreement: Agreement, party: Party, number: int) -> bool:
    """Put a party under a number and tell if that changed anything."""
    others = list(agreement.parties.exclude(pk=party.pk))
    before = party.position
    others.insert(max(number, 1) - 1, party)
    _number(others)
    return party.position != before


def _number(parties: list[Party]) -> None:
    for position, one in enumerate(parties, 1):
        if one.position != position:
            one.position = position
            one.save(update_fields=["position"])
