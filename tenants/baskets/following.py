"""The text of a service that follows its master: what of it is the master's, what this unit's (REG §3.2)."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from kooperacja.tenancy.context import current_tenant
from tenants.baskets.models.adoptions import Adoption
from tenants.masters.models import MasterService
from tenants.registry.models import Unit
from tenants.registry.rules import UnitLevel
from tenants.services.described import facts_of
from tenants.services.units import named, typed
from tenants.services.visibility import Visibility, strictest

# Whatever else may be said differently in a unit follows the master; these the Lider looks at again.
REVIEWED = frozenset(
    {
        *("groups", "ways", "referral", "needs_decision", "conditions", "papers"),
        *("cost", "cost_about"),
    }
)
PLACE = ("street", "postal_code", "city")
_CONTACT = ("contact_name", "phone", "email")
_LEVELS = ("sees_service", "sees_contact", "sees_place")
_LONGEST_AREA = 300


def facts_here(master: MasterService, adoption: Adoption) -> dict[str, Any]:
    """All that is said of the service in this unit."""
    facts = facts_of(master)
    if adoption.city and not master.is_protected:
        here = named([current_tenant().code])
        facts |= {name: getattr(adoption, name) for name in PLACE} | {"seat": here}
    if any(getattr(adoption, name) for name in _CONTACT):
        facts |= {name: getattr(adoption, name) for name in _CONTACT}
    if adoption.hours is not None:
        facts |= {"hours": adoption.hours, "hours_about": adoption.hours_about}
    elif adoption.hours_about:
        facts["hours_about"] = adoption.hours_about
    if adoption.note:
        facts["access"] = f"{master.access}\n{adoption.note}"
    if adoption.units:
        facts |= {"units": named(adoption.units), "area": area_said(adoption.units)}
    for name in _LEVELS:  # a unit may narrow, never widen
        levels = (Visibility(getattr(one, name)) for one in (master, adoption))
        facts[name] = strictest(*levels)
    return facts


class Part(models.TextChoices):
    """Parts of a followed service in which a reader finds a mistake."""

    CONTACT = "CONTACT", "telefon, e-mail albo osoba do kontaktu"
    PLACE = "PLACE", "adres"
    HOURS = "HOURS", "godziny"
    NOTE = "NOTE", "jak skorzystać"
    OTHER = "OTHER", "coś innego"


def is_of_unit(adoption: Adoption, part: str) -> bool:
    """The unit itself said that part, or nobody keeps the master any more."""
    own = {
        Part.CONTACT: any(getattr(adoption, name) for name in _CONTACT),
        Part.PLACE: bool(adoption.city),
        Part.HOURS: adoption.hours is not None or bool(adoption.hours_about),
        Part.NOTE: bool(adoption.note),
    }
    return adoption.withdrawn_on is not None or own.get(Part(part), False)


def within(code: str) -> "dict[str, str]":
    """The gminas within the borders of a unit, by their codes."""
    rows = Unit.objects.filter(
        level=UnitLevel.MUNICIPALITY, code__startswith=code, is_gone=False
    ).order_by("code")
    return {one.code: one.label for one in rows}


def area_said(codes: Iterable[str]) -> str:
    """The names of gminas in one line."""
    return typed(named(codes))[:_LONGEST_AREA]
