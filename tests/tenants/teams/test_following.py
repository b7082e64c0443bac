"""The seats of the PZK follow members, coordinators and the Lider's people (REG §1.3, §2)."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.partnership.models import Membership, Partnership, PartnershipCoordinator
from tenants.people.followers import follow
from tenants.people.models import RoleAssignment
from tenants.registry.roles import Role
from tenants.regulation.models import RegulationVersion
from tenants.teams.models import Seat, Terms
from tests.budget import cases
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.factories import regulation as make_regulation

START = make.ESTABLISHED
DAYS = [START + timedelta(days=n) for n in range(10)]
STAYS = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(
    lambda pair: (DAYS[min(pair)], DAYS[max(pair)] if pair[0] < pair[1] else None)
)
Place = tuple[Any, Any]  # the institution (none: the Lider) and the person (none: nobody)


def taken(day: date) -> set[Place]:
    return {(seat.organisation_id, seat.person_id) for seat in Seat.objects.taken(day)}


def expected(day: date) -> set[Place]:
    """Whoever sits in the team on a day, straight from the partnership's own tables."""
    if Partnership.objects.filter(dissolved_on__lte=day).exists():
        return set()
    roles = RoleAssignment.objects.on(day).filter(role__in=[Role.LEAD, Role.NETWORK_OFFICER])
    places: set[Place] = {(None, row.person_id) for row in roles} or {(None, None)}
    for member in Membership.objects.on(day):
        sent = PartnershipCoordinator.objects.on(day).filter(membership=member)
        of = member.organisation_id
        places |= {(of, row.person_id) for row in sent} or {(of, None)}
    return places


@settings(max_examples=cases(25), deadline=None)
@given(
    members=st.lists(st.tuples(STAYS, st.lists(STAYS, max_size=2)), max_size=3),
    leads=st.lists(STAYS, max_size=2),
)
def test_seats_of_any_day_are_those_of_the_partnership(
    partnership: TenantRef, members: Any, leads: Any
) -> None:
    with inside(partnership), transaction.atomic():
        for stay, coordinators in members:
            row = make_partnership.member(make.organisation(), *stay)
            row.coordinators.all().delete()
            for days in coordinators:
                coordinates(row, *days)
        for days in leads:
            represents(*days)
        Seat.objects.all().delete()
        follow()
        for day in DAYS:
            assert taken(day) == expected(day)
        before = list(Seat.objects.order_by("pk").values())
        follow()
        assert list(Seat.objects.order_by("pk").values()) == before
        transaction.set_rollback(True)


def coordinates(of: Membership, from_on: date, ended_on: date | None) -> None:
    PartnershipCoordinator.objects.create(
        membership=of, person=make.person(), from_on=from_on, ended_on=ended_on
    )


def represents(from_on: date, ended_on: date | None) -> None:
    RoleAssignment.objects.create(
        person=make.person(), role=Role.LEAD, from_on=from_on, ended_on=ended_on, granted_by="Test"
    )


def test_terms_say_who_approves_minutes_and_from_whom_voices_are_measured(
    in_partnership: TenantRef,
) -> None:
    def said() -> dict[str, Any]:
        return Terms.objects.values("minutes_approval", "voices_base").get()

    version = make_regulation.in_force()
    follow()
    assert said() == {"minutes_approval": "CHAIR", "voices_base": "PRESENT"}
    new = {"minutes_approval": "NEXT_MEETING", "voices_base": "ALL"}
    RegulationVersion.objects.filter(pk=version.pk).update(**new)
    follow()
    assert said() == new
