"""What the actions share: inserting once, finding a person, refusing a stale form."""

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction

from kooperacja.documents.actions import store_signed, store_upload
from kooperacja.documents.models import StoredFile
from kooperacja.tenancy.models import TenantModel
from kooperacja.ui.polish import fold
from tenants.partnership.models import Organisation, Person


class AlreadySaved(Exception):
    """The same form was sent again; nothing happened the second time."""

    def __init__(self, obj: TenantModel) -> None:
        super().__init__("To już zapisano.")
        self.obj = obj


class StaleForm(Exception):
    """Somebody saved the row after this form was opened; holds what is saved now."""

    def __init__(self, current: Any) -> None:
        super().__init__("Ktoś zmienił te dane w międzyczasie.")
        self.current = current


def insert_once(obj: TenantModel) -> None:
    """Insert a row whose id the form carried, so that a form sent twice makes one row."""
    manager = type(obj)._default_manager
    try:
        with transaction.atomic():
            obj.save(force_insert=True)
    except IntegrityError:
        if saved := manager.filter(pk=obj.pk).first():
            raise AlreadySaved(saved) from None
        raise


def save_edited(obj: Any, version: int, values: dict[str, Any]) -> list[str]:
    """Write values into a locked row if it is still the version one has seen; what changed.

    The same values sent again are no conflict: they are already there.
    """
    changed = [name for name, value in values.items() if getattr(obj, name) != value]
    if not changed:
        raise AlreadySaved(obj)
    if obj.version != version:
        raise StaleForm(obj)
    for name in changed:
        setattr(obj, name, values[name])
    obj.version += 1
    obj.save(update_fields=[*changed, "version"])
    return changed


def keeper_of(*, is_electronic: bool) -> Callable[..., StoredFile]:
    """How what was signed is kept: a scan as it is, an electronic signature only if it holds."""
    return store_signed if is_electronic else store_upload


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
    if email:
        found = list(Person.objects.filter(email__iexact=email))
        if found:
            return found
    if organisation is None:
        return []
    of_organisation = Person.objects.filter(posts__organisation=organisation).distinct()
    return [one for one in of_organisation if not email or not one.email]


def _fill_in(person: Person, *, email: str, phone: str) -> None:
    """Add contact data that were missing; what is there is changed on the person's own page."""
    changed = []
    for name, value in (("email", email), ("phone", phone)):
        if value and not getattr(person, name):
            setattr(person, name, value)
            changed.append(name)
    if changed:
        person.save(update_fields=changed)
