"""The person of the register whom a form names."""

from kooperacja.ui.polish import fold
from tenants.people.models import Organisation, Person


def email_owner(email: str, full_name: str) -> Person | None:
    """Another person of the register who has this address."""
    for person in Person.objects.filter(email__iexact=email):
        if fold(person.full_name) != fold(full_name):
            return person
    return None


def find_or_add_person(
    *,
    full_name: str,
    email: str,
    phone: str,
    organisation: Organisation | None,
    named: Person | None = None,
) -> Person:
    """The person of the register who bears this name and address, else a new one.

    `named` is who is there already: the same form sent again means the same person.
    """
    candidates = _candidates(email, organisation)
    if named is not None and named.email.lower() == email.lower():
        candidates.append(named)
    for known in candidates:
        if fold(known.full_name) == fold(full_name):
            _fill_in(known, email=email, phone=phone)
            return known
    return Person.objects.create(full_name=full_name, email=email, phone=phone)


def _candidates(email: str, organisation: Organisation | None) -> list[Person]:
    if email and (known := list(Person.objects.filter(email__iexact=email))):
        return known
    if organisation is None:
        return []
    people = Person.objects.filter(posts__organisation=organisation).distinct()
    return [person for person in people if not email or not person.email]


def _fill_in(person: Person, *, email: str, phone: str) -> None:
    """Add contact data that were missing; what is there stays."""
    changed = []
    for name, value in (("email", email), ("phone", phone)):
        if value and not getattr(person, name):
            setattr(person, name, value)
            changed.append(name)
    if changed:
        person.save(update_fields=changed)
