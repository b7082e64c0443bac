"""The person of the register whom a form names."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.polish import fold
from kooperacja.writes import save_edited
from tenants.people import perms
from tenants.people.actions.invitations import withdraw_from_other_addresses
from tenants.people.models import Organisation, Person, PersonQuerySet, holds
from tenants.people.perms import OFFICE

_TAKEN = "Ten adres jest zajęty. Każdy loguje się własnym adresem."


def _taken() -> ValidationError:
    return ValidationError({"email": _TAKEN})


def find_or_add_person(
    *,
    by: Actor,
    full_name: str,
    email: str = "",
    phone: str = "",
    organisation: Organisation | None,
    named: Iterable[Person | None] = (),
    is_own_email: bool = True,
) -> Person:
    """The person of the register who bears this name and address, else a new one.

    `named` are those who are there already: the same form sent again means the same person.
    Whoever writes and is not of the office finds and writes the institution's own people alone, and
    gives no address to one who holds a role: an invitation to that role would go there.
    """
    is_office = _is_office(by)
    if is_own_email:
        _require_own_email(email, full_name, is_office=is_office)
    there = [person for person in named if person is not None]
    again = [person for person in there if person.email.lower() == email.lower()]
    candidates = [*_candidates(email, organisation), *again]
    if organisation is not None and not is_office:
        own = [one for one in candidates if _is_own(by, one, organisation, there)]
        if email and len(own) < len(candidates):
            raise _taken()
        candidates = own
    for known in candidates:
        if fold(known.full_name) == fold(full_name):
            may_fill_address = is_office or not known.role_assignments.on(by.today).exists()
            _fill_in(by, known, email=email if may_fill_address else "", phone=phone)
            return known
    return Person.objects.create(full_name=full_name, email=email, phone=phone)


def edit_person(*, by: Actor, person_id: UUID, version: int, values: dict[str, Any]) -> Person:
    """Correct what the register says of a person; what waits at another address is withdrawn."""
    by.require_proof()
    # The tenant's journal comes first: no invitation is withdrawn without its record.
    with transaction.atomic(using="shared"), transaction.atomic():
        person = Person.objects.current().select_for_update(of=("self",)).get(pk=person_id)
        perms.mend.require(Person.objects.acting(by), person)
        others = Person.objects.exclude(pk=person_id).confirmed()
        email = values["email"]
        if email != person.email and _has_another(others, email, values["full_name"]):
            raise _taken()
        changed = save_edited(person, version, values)
        named = {name: said for name, said in changed.items() if name == "full_name"}
        fields = {"fields": [None, sorted(changed)]}
        record(by=by, verb="PERSON_EDITED", obj=person, data=named | fields)
        if "email" in changed:
            withdraw_from_other_addresses(by=by, person=person)
    return person


def require_address(by: Actor, email: str) -> None:
    """Only the office may enter, from paper, somebody to whom no invitation can go."""
    if not email and not _is_office(by):
        raise ValidationError({"email": "Podaj własny adres tej osoby."})


def _is_office(by: Actor) -> bool:
    """The office writes, or the system for it."""
    return by.person_id is None or holds(Person.objects.acting(by), OFFICE)


def _require_own_email(email: str, full_name: str, *, is_office: bool) -> None:
    """Everybody signs in with an address of their own; whose the address is, is said to nobody.

    What the office itself says goes before a name that only a declaration gives to an address.
    """
    people = Person.objects.confirmed() if is_office else Person.objects.all()
    if _has_another(people, email, full_name):
        raise _taken()


def is_taken(email: str, full_name: str) -> bool:
    """Somebody of another name signs in or works here by this address."""
    return _has_another(Person.objects.confirmed(), email, full_name)


def _has_another(people: PersonQuerySet, email: str, full_name: str) -> bool:
    holders = people.current().filter(email__iexact=email) if email else ()
    return any(fold(person.full_name) != fold(full_name) for person in holders)


def _is_own(by: Actor, person: Person, organisation: Organisation, named: Iterable[Person]) -> bool:
    """Whoever writes, or somebody of this institution and of nothing else here, now or ever."""
    if person.pk == by.person_id:
        return True
    of = [*person.role_assignments.values_list("organisation", flat=True)]
    of += person.posts.values_list("organisation", flat=True)
    return set(of) == {organisation.pk} or (not of and person in named)


def _candidates(email: str, organisation: Organisation | None) -> list[Person]:
    if email and (known := list(Person.objects.current().filter(email__iexact=email))):
        return known
    if organisation is None:
        return []
    people = Person.objects.current().filter(posts__organisation=organisation).distinct()
    return [person for person in people if not email or not person.email]


def _fill_in(by: Actor, person: Person, *, email: str, phone: str) -> None:
    """Add contact data that were missing; what is there stays."""
    given = {"email": email, "phone": phone}
    missing = {name: value for name, value in given.items() if value and not getattr(person, name)}
    if missing:
        save_edited(person, person.version, missing)
        data = {"fields": [None, sorted(missing)]}
        record(by=by, verb="CONTACT_FILLED_IN", obj=person, data=data)
