"""Facts that apps share in a request: never stale after an action, never somebody else's (adr/0020)."""

from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kooperacja import offers
from kooperacja.tenancy.context import inside, reading, writing
from kooperacja.tenancy.ref import TenantRef
from tenants.partnership.actions.partnership import edit_partnership
from tenants.partnership.models import Partnership
from tenants.people.calendar import DaySource
from tenants.people.models import Organisation, Person
from tenants.people.today import TodaySource, WaitsForOthers
from tenants.registry.roles import Role
from tenants.regulation.models import RegulationAcknowledgement, RegulationVersion
from tenants.teams.sides import seats_of
from tests.factories import accounts
from tests.factories import baskets as make_baskets
from tests.factories import data_protection as make_protection
from tests.factories import meetings as make_meetings
from tests.factories import partnership as make_partnership
from tests.factories import people as make


def _name() -> str:
    here = Partnership.here()
    assert here is not None
    return here.lead_name


def _rename(by: Person, name: str) -> None:
    version = Partnership.objects.get().version
    edit_partnership(by=make.by(by), version=version, values={"lead_name": name})


def test_what_an_action_changed_is_seen_in_the_same_request(lead: Person) -> None:
    with reading():
        before = _name()
        with writing():
            _rename(lead, "OPS po zmianie")
            assert _name() == "OPS po zmianie"
        assert _name() == "OPS po zmianie" != before

    assert _name() == "OPS po zmianie"
    _rename(lead, "OPS po drugiej zmianie")
    assert _name() == "OPS po drugiej zmianie"


def test_two_people_never_share_what_is_known_of_one(lead: Person) -> None:
    member = make_partnership.voiced_member()
    coordinator = member.coordinators.get().person
    with reading():
        of_lead = {(one.person_id, one.organisation_id) for one in seats_of(lead)}
        of_member = {one.organisation_id for one in seats_of(coordinator)}
        assert seats_of(Person.objects.get(pk=lead.pk)) is seats_of(lead)
    assert of_lead == {(lead.pk, None)}
    assert of_member == {member.organisation_id}


def test_who_is_in_two_tenants_never_brings_what_is_known_there(
    in_partnership: TenantRef, powiat: TenantRef, lead: Person
) -> None:
    make_meetings.pzk()
    with inside(powiat):
        twin = Person.objects.create(pk=lead.pk, full_name=lead.full_name)
    with reading():
        assert len(seats_of(lead)) == 1
        with inside(powiat):
            assert twin == lead
            assert (seats_of(twin), twin.roles_today) == ((), ())
        assert len(seats_of(lead)) == 1


Source = TodaySource | WaitsForOthers | DaySource


def _sources() -> dict[str, Source]:
    kinds: tuple[Any, ...] = (TodaySource, WaitsForOthers, DaySource)
    every: list[Any] = [one for kind in kinds for one in offers.of(kind)]
    return {f"{one.find.__module__}.{one.find.__name__}": one for one in every}


def _cost(person: Person, source: Source) -> int | None:
    """Queries of one source after all others have asked theirs; none of one that tells something."""
    day = timezone.localdate()
    with reading():
        seats_of(person)  # of use to many, but asked only where something goes on
        for other in _sources().values():
            if other is not source:
                list(other.find(person, day))
        with CaptureQueriesContext(connections["default"]) as asked:
            told = list(source.find(person, day))
    return None if told else len(asked)


# A meeting is due, and no plan of the team was written.
TOLD_LEAD = {"tenants.meetings.today.meetings_due", "tenants.dialogue.today.plans_wait"}


def _reader(role: str, of: Organisation | None = None) -> Person:
    """Somebody who has read everything, and whose card of services is in the basket."""
    person = make.person(role, organisation=of, account=accounts.account())
    lead = make.person(Role.LEAD, account=accounts.account())
    make_baskets.accepted(make.by(lead), of)
    make_protection.may_see(person, of)
    version = RegulationVersion.objects.get()
    RegulationAcknowledgement.objects.create(regulation=version, person=person)
    return person


@pytest.mark.parametrize("role", [Role.LEAD, Role.PARTNER_HEAD])
def test_a_source_with_nothing_to_tell_costs_one_query(
    in_partnership: TenantRef, role: Role
) -> None:
    lead = role == Role.LEAD
    of = None if lead else make_partnership.member(make.organisation()).organisation
    person = _reader(role, of)
    costs = {name: _cost(person, source) for name, source in _sources().items()}
    assert {name: cost for name, cost in costs.items() if cost and cost > 1} == {}
    told = {name for name, cost in costs.items() if cost is None}
    assert told == (TOLD_LEAD if lead else set())
