"""Contacts between meetings are logged, corrected on their day and later added to (REG §6.1 s.1)."""

from typing import Any
from uuid import UUID

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.writes import insert_once, save_edited
from tenants.dialogue.models.contacts import Contact, ContactAddition
from tenants.dialogue.perms import notes as perms
from tenants.dialogue.perms.sides import member_for
from tenants.people.models import Person
from tenants.teams.actions import lock_in_team
from tenants.teams.models import Team
from tenants.teams.sides import chosen


@transaction.atomic
def log(*, by: Actor, team_id: UUID, key: UUID, of: str, values: dict[str, Any]) -> Contact:
    """Write down a contact that needs no note."""
    team = Team.objects.select_for_update().get(pk=team_id)
    person = Person.objects.acting(by)
    perms.log_contact.require(person, team)
    assert person is not None  # nobody else may write
    contact = Contact(id=key, team=team, person=person, **values)
    contact.organisation_id = chosen(of, member_for(person, team))
    insert_once(contact)
    record(by=by, verb="CONTACT_LOGGED", obj=contact)
    return contact


@transaction.atomic
def correct(*, by: Actor, contact_id: UUID, version: int, values: dict[str, Any]) -> Contact:
    """Correct an entry on the day on which it was written."""
    contact = _locked(contact_id)
    perms.correct_contact.require(Person.objects.acting(by), contact)
    require_day(contact, by)
    save_edited(contact, version, values)
    # The words stay behind the page of the entry.
    record(by=by, verb="CONTACT_CORRECTED", obj=contact)
    return contact


def require_day(contact: Contact, by: Actor) -> None:
    """It is still the day on which it was written."""
    if not contact.is_of_day(by.today):
        raise Problem(
            "Ten wpis jest już zamknięty",
            "Poprawić go można było tylko w dniu wpisu. Teraz można do niego dopisać.",
            clause="§ 6 ust. 1 regulaminu",
            kept=NOTHING_SAVED,
            at=contact,
        )


@transaction.atomic
def add(*, by: Actor, contact_id: UUID, key: UUID, text: str) -> ContactAddition:
    """Add to an entry; what stood there stays."""
    contact = _locked(contact_id)
    person = Person.objects.acting(by)
    perms.add_to_contact.require(person, contact)
    assert person is not None  # nobody else may add
    row = ContactAddition(id=key, contact=contact, who=person.full_name, text=text)
    insert_once(row)
    record(by=by, verb="CONTACT_ADDED", obj=contact)
    return row


def _locked(contact_id: UUID) -> Contact:
    contact: Contact = lock_in_team(Contact.objects.select_related("team"), contact_id)
    return contact
