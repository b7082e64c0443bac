"""Who may be authorised, and who authorises (REG §8.2)."""

from datetime import date

from kooperacja.ui.polish import sort_key
from tenants.data_protection import gate
from tenants.data_protection.forms import OFFICE
from tenants.people.models import Organisation, RoleAssignment
from tenants.registry.roles import Role


def subjects(day: date) -> list[tuple[str, str]]:
    """Everybody who may be authorised, each in one place, in Polish order."""
    found = [
        (f"{person_id}:{of or OFFICE}", f"{person.full_name}, {_name(organisation)}")
        for (person_id, of), (person, organisation) in gate.pairs_on(day).items()
    ]
    return sorted(found, key=lambda one: sort_key(one[1]))


def _name(organisation: Organisation | None) -> str:
    return organisation.name if organisation else "ośrodek Lidera"


def lead_name(day: date) -> str:
    leads = RoleAssignment.objects.on(day).filter(role=Role.LEAD).select_related("person")
    first = leads.order_by("from_on", "pk").first()
    return first.person.full_name if first else ""
