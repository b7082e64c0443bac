"""The Lider dissolves the partnership when most kooperanci have resigned (REG §1.7)."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.notifications.base import send
from kooperacja.ui.problems import Problem
from kooperacja.writes import AlreadySaved
from tenants.partnership import perms
from tenants.partnership.actions.invitations import publish_figures, recipients
from tenants.partnership.actions.resignations import end_membership
from tenants.partnership.models import (
    EndCause,
    MajorityBase,
    Membership,
    Partnership,
    Person,
    RegulationVersion,
    RoleAssignment,
)
from tenants.partnership.notifications import PartnershipDissolved
from tenants.partnership.rules import dissolution as rules
from tenants.partnership.workflow import PartnershipState, partnership_may_become
from tenants.registry.roles import Role

CLAUSE = "§ 1 ust. 7 regulaminu"
LEAD_ALONE = "Partnerstwo może rozwiązać tylko osoba reprezentująca Lidera."


@transaction.atomic
def dissolve(*, by: Actor, person: Person) -> Partnership:
    """Dissolve it from today; every remaining membership and what rests on it ends."""
    perms.dissolve.require(person)
    today = timezone.localdate()
    partnership = Partnership.objects.select_for_update().get()
    if partnership.state == PartnershipState.DISSOLVED:
        raise AlreadySaved(partnership)
    memberships = list(Membership.objects.on(today).order_by("pk").select_for_update())
    _require_majority(partnership, today)
    told = recipients(_voices(memberships))
    for membership in memberships:
        end_membership(by=by, membership=membership, day=today, cause=EndCause.DISSOLUTION)
    partnership.state, partnership.dissolved_on = PartnershipState.DISSOLVED, today
    partnership.version += 1
    partnership.save(update_fields=["state", "dissolved_on", "version"])
    data = {"dissolved_on": [None, today.isoformat()], "members": [len(memberships), 0]}
    record(by=by, verb="PARTNERSHIP_DISSOLVED", obj=partnership, data=data)
    send(
        PartnershipDissolved(area=partnership.area),
        to=told,
        dedupe=f"partnership-dissolved:{partnership.pk}",
    )
    publish_figures(Partnership, cause=partnership.pk)
    return partnership


def best_tally(day: date) -> rules.ResignationTally | None:
    """How far the resignations have come toward a majority, by the regulation of a day."""
    regulation = RegulationVersion.in_force(day)
    base = regulation.majority_base if regulation else MajorityBase.FIRST_RESIGNATION
    columns = ("organisation", "from_on", "ended_on", "resignation__received_on")
    return rules.best((rules.Stay(*row) for row in Membership.objects.values_list(*columns)), base)


def _require_majority(partnership: Partnership, day: date) -> None:
    tally = best_tally(day)
    may = partnership_may_become(partnership.state, PartnershipState.DISSOLVED)
    if not may or tally is None or not tally.is_majority:
        raise Problem(
            "Partnerstwa nie można teraz rozwiązać",
            "Rozwiązać je można dopiero wtedy, gdy pisemną rezygnację złożyła ponad połowa "
            "kooperantów.",
            clause=CLAUSE,
            kept="Niczego nie zmieniliśmy.",
            href=reverse("partnership:dissolution"),
            action="Zobacz, ile rezygnacji wpłynęło",
        )


def _voices(memberships: list[Membership]) -> list[Person]:
    """Heads and coordinators of all kooperanci, as long as they still act for them."""
    of = [membership.organisation_id for membership in memberships]
    roles = RoleAssignment.objects.on(timezone.localdate()).filter(
        organisation__in=of, role__in=[Role.PARTNER_HEAD, Role.PARTNER_COORDINATOR]
    )
    seats = Person.objects.filter(
        coordinates__membership__in=memberships, coordinates__ended_on=None
    )
    return [*(one.person for one in roles.select_related("person")), *seats]
