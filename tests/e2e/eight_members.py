"""A partnership of eight in the gmina Walce: the Lider and seven kooperanci, two with a browser.

Run as a program it votes for the other kooperanci: a choice for each, the first ones vote.
"""

import sys

import django

django.setup()

from django.test import Client  # noqa: E402

from kooperacja.audit.actor import named  # noqa: E402
from kooperacja.tenancy.context import inside  # noqa: E402
from kooperacja.tenancy.ref import TenantRef  # noqa: E402
from tenants.partnership.models import PartnershipCoordinator  # noqa: E402
from tenants.people.followers import follow  # noqa: E402
from tenants.people.models import RoleAssignment  # noqa: E402
from tenants.registry import directory  # noqa: E402
from tenants.registry.roles import Role  # noqa: E402
from tenants.regulation.actions import versions  # noqa: E402
from tenants.regulation.models import RegulationVersion, RegulationVote  # noqa: E402
from tenants.schemas import actions as schemas  # noqa: E402
from tests.factories import partnership as make_partnership  # noqa: E402
from tests.factories import people as make  # noqa: E402
from tests.factories import voting  # noqa: E402
from tests.waiting import until  # noqa: E402

VOTER = Role.PARTNER_COORDINATOR


def found() -> dict[str, Client]:
    """Open the gmina and found its partnership; browsers of the Lider and of two members."""
    tenant = schemas.open_tenant(by=named("test"), code="160504")
    # The site's worker may be at it already.
    until(lambda: schemas.finish_opening(tenant), what="Walce is open")
    walce = place()
    with inside(walce):
        make_partnership.found(walce)
        first, second, *others = voting.members(7)
        for one in others:
            make.person(VOTER, organisation=one)
        signed_in = {
            "WALCE_LEAD": make.signed_in(walce, Role.LEAD),
            "WALCE_FIRST": make.signed_in(walce, VOTER, organisation=first),
            "WALCE_SECOND": make.signed_in(walce, VOTER, organisation=second),
        }
        for of, name in ((first, "WALCE_FIRST"), (second, "WALCE_SECOND")):
            sent = PartnershipCoordinator.objects.filter(membership__organisation=of)
            sent.update(person=signed_in[name][1])
        follow()
        regulation = RegulationVersion.objects.get()
        for _, who in signed_in.values():
            versions.acknowledge_regulation(by=make.by(who), regulation_id=regulation.pk)
    return {name: client for name, (client, _) in signed_in.items()}


def others_vote(choices: list[str]) -> None:
    with inside(place()):
        version = RegulationVersion.objects.get(state="VOTING")
        voters = RoleAssignment.objects.filter(role=VOTER, person__account_id=None)
        for held, choice in zip(voters.order_by("pk"), choices, strict=False):
            voting.vote(version, held.person, held.organisation, choice)
        assert RegulationVote.objects.filter(ballot__regulation=version).count() >= len(choices)


def place() -> TenantRef:
    walce = directory.find("walce")
    assert walce is not None
    return walce


if __name__ == "__main__":
    others_vote(sys.argv[1:])
