"""The partnership itself: founded, described by its office, dissolved (REG title, §1.1, §1.7)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.audit.record import record
from kooperacja.offers import Offer, of
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.polish import genitive_of_unit, locative_of_unit, pl_date
from kooperacja.ui.problems import NOTHING_DONE, Problem
from kooperacja.writes import found_or_new, save_edited
from tenants.partnership import perms
from tenants.partnership.models import AccessibilityStatement, Membership, Partnership
from tenants.partnership.workflow import PartnershipState
from tenants.people.actions.invitations import publish_figures
from tenants.people.models import Person


@dataclass(frozen=True, slots=True)
class OfficeRenamed(Offer):
    """Learns, in the same transaction, that the office changed what it is called or where it works."""

    learn: Callable[[Partnership], object]


_NAMES = frozenset({"lead_name", "area", "area_locative"})
_PUBLISHED = frozenset({"lead_name", "contact_phone", "contact_email"})  # the region reads them


@transaction.atomic
def found_partnership(*, by: Actor, area: str, lead_name: str) -> Partnership:
    """The partnership and its accessibility statement; once a tenant.

    It works from the day its first regulation is in force (`adopt_first_regulation`).
    """
    names = {"area": area, "lead_name": lead_name}
    forms = {
        "area_locative": locative_of_unit(area),
        "area_genitive": genitive_of_unit(area),
    }
    partnership, is_new = found_or_new(Partnership, is_only=True, defaults=names | forms)
    if is_new:
        AccessibilityStatement.objects.create(
            published_on=by.today,
            updated_on=by.today,
            prepared_on=by.today,
            reviewed_on=by.today,
        )
        record(by=by, verb="PARTNERSHIP_FOUNDED", obj=partnership)
    return partnership


def on_tenant_opened(tenant: TenantRef) -> Partnership:
    """Found the partnership of a tenant that opens; may be repeated.

    The office enters its name: it may be a MOPS, an MGOPS or a CUS.
    """
    return found_partnership(by=SYSTEM, area=tenant.name, lead_name="")


@transaction.atomic
def edit_partnership(*, by: Actor, version: int, values: dict[str, Any]) -> Partnership:
    """Correct the Lider's full name, its address and the area (REG title, §1.3.b)."""
    partnership = Partnership.objects.select_for_update().get()
    perms.edit_partnership.require(Person.objects.acting(by))
    changed = save_edited(partnership, version, values)
    entry = record(by=by, verb="PARTNERSHIP_EDITED", obj=partnership, data=changed)
    if changed.keys() & _PUBLISHED:
        publish_figures(Partnership, cause=entry.pk)
    if changed.keys() & _NAMES:
        for offer in of(OfficeRenamed):
            offer.learn(partnership)
    return partnership


@transaction.atomic
def edit_accessibility(
    *, by: Actor, version: int, values: dict[str, Any]
) -> AccessibilityStatement:
    """Correct the accessibility declaration."""
    statement = AccessibilityStatement.objects.select_for_update().get()
    perms.edit_accessibility.require(Person.objects.acting(by))
    changed = save_edited(statement, version, values)
    record(by=by, verb="ACCESSIBILITY_EDITED", obj=statement, data=changed)
    return statement


def refuse_when_dissolved() -> None:
    """Nobody joins, resigns or votes in a partnership that was dissolved (REG §1.7)."""
    partnership = Partnership.here()
    if partnership is not None and partnership.state == PartnershipState.DISSOLVED:
        raise Problem(
            "Partnerstwo jest rozwiązane",
            f"Rozwiązano je {pl_date(partnership.dissolved_on)} Rejestr i dokumenty można czytać, "
            "ale nie można już przystępować, rezygnować ani głosować.",
            clause="§ 1 ust. 7 regulaminu",
            kept=NOTHING_DONE,
            at=Membership,
            action="Przejdź do rejestru członków",
        )
