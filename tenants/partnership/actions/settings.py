"""What the office says of itself: the Lider's name, the accessibility of its pages."""

from typing import Any

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.writes import save_edited
from tenants.partnership import perms
from tenants.partnership.models import AccessibilityStatement, Partnership
from tenants.people.models import Person


@transaction.atomic
def edit_partnership(*, by: Actor, version: int, values: dict[str, Any]) -> Partnership:
    """Correct the Lider's full name, its address and the area (REG title, §1.3.b)."""
    perms.edit_partnership.require(Person.objects.acting(by))
    partnership = Partnership.objects.select_for_update().get()
    before = {name: getattr(partnership, name) for name in values}
    changed = save_edited(partnership, version, values)
    data = {name: [before[name], values[name]] for name in changed}
    record(by=by, verb="PARTNERSHIP_EDITED", obj=partnership, data=data)
    return partnership


@transaction.atomic
def edit_accessibility(
    *, by: Actor, version: int, values: dict[str, Any]
) -> AccessibilityStatement:
    """Correct the accessibility declaration."""
    perms.edit_accessibility.require(Person.objects.acting(by))
    statement = AccessibilityStatement.objects.select_for_update().get()
    before = {name: str(getattr(statement, name)) for name in values}
    changed = save_edited(statement, version, values)
    data = {name: [before[name], str(values[name])] for name in changed}
    record(by=by, verb="ACCESSIBILITY_EDITED", obj=statement, data=data)
    return statement
