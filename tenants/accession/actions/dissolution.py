"""The Lider dissolves the partnership when most kooperanci have resigned (REG §1.7)."""

from datetime import date

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.notifications.base import send
from kooperacja.workflow import move, require_may
from kooperacja.writes import AlreadySaved
from tenants.accession import perms
from tenants.accession.actions.resignations import end_membership
from tenants.accession.models.resignations import tally
from tenants.accession.notifications import PartnershipDissolved
from tenants.partnership.models import EndCause, Membership, Partnership
from tenants.partnership.workflow import PartnershipState
from tenants.people.actions.invitations import publish_figures, recipients
from tenants.people.models import Person, RoleAssignment
from tenants.registry.roles import Role


@transaction.atomic
def dissolve(*, by: Actor) -> Partnership:
    """Dissolve it from today; every remaining membership and what rests on it ends."""
    perms.dissolve.require(Person.objects.acting(by))
    today = by.today
    partnership = Partnership.objects.select_for_update().get()
    if partnership.state == PartnershipState.DISSOLVED:
        raise AlreadySaved(partnership)
    memberships = list(Membership.objects.on(today).order_by("pk").select_for_update())
    _require_majority(by, partnership)
    told = recipients(_voices(memberships, today))
    for membership in memberships:
        end_membership(by=by, membership=membership, day=today, cause=EndCause.DISSOLUTION)
    move(
        partnership,
        PartnershipState.DISSOLVED,
        by=by,
        on=today,
        data={"dissolved_on": [None, today.isoformat()], "members": [len(memberships), 0]},
        dissolved_on=today,
    )
    send(
        PartnershipDissolved(area=partnership.area),
        to=told,
        dedupe=f"partnership-dissolved:{partnership.pk}",
    )
    publish_figures(Partnership, cause=partnership.pk)
    return partnership


def _require_majority(by: Actor, partnership: Partnership) -> None:
    require_may(partnership, PartnershipState.DISSOLVED, by)
    resigned = tally(by.today)
    if resigned is None or not resigned.is_majority:
        raise partnership.not_now(PartnershipState.DISSOLVED, by)


def _voices(memberships: list[Membership], day: date) -> list[Person]:
    """Heads and coordinators of all kooperanci, as long as they still act for them."""
    of = [membership.organisation_id for membership in memberships]
    roles = RoleAssignment.objects.on(day).filter(
        organisation__in=of, role__in=[Role.PARTNER_HEAD, Role.PARTNER_COORDINATOR]
    )
    seats = Person.objects.filter(
        coordinates__membership__in=memberships, coordinates__ended_on=None
    )
    return [*(role.person for role in roles.select_related("person")), *seats]
