"""Permissions to write agreements (POR)."""

from kooperacja.permissions import permission
from tenants.agreements.models import Agreement
from tenants.people.models import Person, holds
from tenants.people.perms import OFFICE, OR_OFFICER_OF


@permission(f"Projekty porozumień widzi {OR_OFFICER_OF}")
def see_agreements(person: Person | None) -> bool:
    """A draft is read by those who write it."""
    return holds(person, OFFICE)


@permission(f"Projekt porozumienia widzi {OR_OFFICER_OF}")
def see_agreement(person: Person | None, agreement: Agreement) -> bool:
    return see_agreements(person)


@permission(f"Porozumienia przygotowuje {OR_OFFICER_OF}")
def write_agreements(person: Person | None) -> bool:
    """Whoever drafts the regulation drafts agreements too."""
    return holds(person, OFFICE)
