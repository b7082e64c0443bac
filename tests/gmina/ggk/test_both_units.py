"""A delegate is asked for, named, seated and recalled between two units, or in a city alone."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import timezone
from uuid6 import uuid7

from gmina.ggk.actions import asking, ending, groups, seating
from gmina.ggk.models import DelegationRequest, Group
from gmina.ggk.said import agreement_said
from gmina.ggk.standing import county_of, founding
from gmina.ggk.tasks import look_in_one as night_of_gmina
from gmina.ggk.today import groups_wait
from kooperacja.audit.actor import Actor, named
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from powiat.pzk.actions import answering
from powiat.pzk.actions.publishing import publish
from powiat.pzk.models import AskedDelegation
from powiat.pzk.tasks import confirm_in_one, look_in_one
from tenants.agreements.models import Agreement, Party
from tenants.exchange.models import Letter
from tenants.people.followers import follow
from tenants.people.models import Person
from tenants.registry import actions as registry
from tenants.registry.models import Tenant
from tenants.teams import perms as teams
from tenants.teams.models import Seat, Team
from tests.factories import agreement_life as life
from tests.factories import county
from tests.factories import ggk as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.factories.exchange import carried

SCHOOL = "Szkoła Przykładowa"


@dataclass
class Both:
    """The unit that asks, its county's, and a school there with its head."""

    here: TenantRef
    there: TenantRef
    head: Person
    row: DelegationRequest

    def carry(self) -> None:
        """What the workers do until nothing waits."""
        for _ in range(3):
            carried(self.here, self.there)

    @property
    def by_head(self) -> Actor:
        return make.by(self.head)

    @property
    def states(self) -> tuple[str, str]:
        """The state here, and what the county's unit knows of it."""
        with inside(self.here):
            here = DelegationRequest.objects.get(pk=self.row.pk).state
        with inside(self.there):
            return here, self.asked().state

    def asked(self) -> AskedDelegation:
        return AskedDelegation.objects.get(request_id=self.row.pk)


@pytest.fixture(params=["gmina", "city"])
def both(request: pytest.FixtureRequest, db: None) -> Both:
    here: TenantRef = request.getfixturevalue(request.param)
    there: TenantRef = request.getfixturevalue("powiat") if request.param == "gmina" else here
    with inside(there):
        make_partnership.found(there)
        school = make_people.organisation(name=SCHOOL)
        head = make_people.head(school)
        agreement = county.in_force(school, units=[here.code])
    carried(there)
    with inside(here):
        by = make.by(make_people.lead())
        assert [one.agreement_id for one in founding(by.today)] == [agreement.pk]
        group = groups.found(by=by, key=uuid7(), agreement_id=agreement.pk)
        row = _ask(by, group)
    both = Both(here, there, head, row)
    both.carry()
    return both


def _ask(by: Actor, group: Group, function: str = "psycholog") -> DelegationRequest:
    parties = founding(by.today)[0].parties.all()
    school = next(one for one in parties if one.name == SCHOOL)
    return asking.ask(
        by=by,
        group_id=group.pk,
        key=uuid7(),
        party_id=school.party_id,
        function=function,
        from_on=make.tomorrow(0),
        answer_by=make.tomorrow(10),
    )


def name(both: Both) -> None:
    with inside(both.there):
        county.named(both.asked(), both.by_head)


def accept(both: Both) -> Person:
    """Whom the school named accepts."""
    with inside(both.here):
        person = DelegationRequest.objects.get(pk=both.row.pk).person
        assert person is not None
        seating.accept(by=make.by(person), delegation_id=both.row.pk)
        return Person.objects.get(pk=person.pk)


def reads(both: Both, person: Person) -> bool:
    with inside(both.here):
        team = Team.objects.get(rests_on=both.row.group_id)
        return teams.read(Person.objects.get(pk=person.pk), team)


def test_a_delegate_is_asked_for_named_seated_and_recalled(both: Both) -> None:
    assert both.states == ("ASKED", "ASKED")
    name(both)
    both.carry()
    assert both.states == ("NAMED", "NAMED")
    person = accept(both)
    both.carry()
    assert both.states == ("SEATED", "SEATED")
    assert reads(both, person)
    with inside(both.there):
        asked = both.asked()
        answering.recall(
            by=both.by_head,
            asked_id=asked.pk,
            version=asked.version,
            ended_on=timezone.localdate(),
        )
    both.carry()
    assert both.states == ("ENDED", "ENDED")
    assert not reads(both, person)
    assert not Letter.objects.filter(delivered_at=None).exists()


def test_of_a_withdrawal_and_an_answer_on_their_way_the_answer_is_refused(both: Both) -> None:
    with inside(both.here):
        by, people = make.by(make_people.lead()), Person.objects.count()
        asking.withdraw(by=by, delegation_id=both.row.pk, version=0)
    name(both)
    both.carry()
    here, there = both.states
    assert (here, there in {"WITHDRAWN", "TOO_LATE"}) == ("WITHDRAWN", True)
    with inside(both.here):
        assert Person.objects.count() == people


def test_with_the_county_silent_for_a_day_reading_closes_until_it_confirms(both: Both) -> None:
    name(both)
    both.carry()
    person = accept(both)
    make.aged(both.row.group.agreement_id, 25)
    assert not reads(both, person)
    confirm_in_one(str(both.there.id))
    carried(both.there)
    assert reads(both, person)


@pytest.mark.parametrize("both", ["city"], indirect=True)
@pytest.mark.parametrize("end", ["leave", "end"])
def test_in_one_unit_the_seat_closes_with_the_part_of_the_party_and_waits_for_no_letter(
    both: Both, end: str
) -> None:
    name(both)
    both.carry()
    person = accept(both)
    assert reads(both, person)
    with inside(both.there):
        party = Party.objects.select_related("agreement").get(organisation__name=SCHOOL)
        life.leave(party) if end == "leave" else life.end(party.agreement)
    assert not reads(both, person)
    assert both.states[0] == "SEATED"  # the letter is on its way
    both.carry()
    assert both.states == ("ENDED", "ENDED")


@pytest.mark.parametrize("both", ["gmina"], indirect=True)
def test_what_ended_while_the_gmina_was_closed_ends_there_when_it_opens_again(both: Both) -> None:
    name(both)
    both.carry()
    person = accept(both)
    both.carry()
    change(registry.close_tenant, both.here)
    look_in_one(str(both.there.id))
    both.carry()
    assert both.states == ("SEATED", "ENDED")
    change(registry.reopen_tenant, both.here)
    both.carry()
    assert both.states == ("ENDED", "ENDED")
    assert not reads(both, person)
    with inside(both.here):
        row = DelegationRequest.objects.get(pk=both.row.pk)
        assert row.end_reason == "GMINA_CLOSED"
        assert make.roles_of(person) == set()
        again = _ask(make.by(make_people.lead()), row.group)
    both.carry()
    with inside(both.there):
        assert AskedDelegation.objects.get(request_id=again.pk).state == "ASKED"
    assert not Letter.objects.filter(delivered_at=None).exists()


@pytest.mark.parametrize("both", ["gmina"], indirect=True)
def test_of_a_gmina_that_opens_again_before_anybody_ended_it_the_delegate_stays(
    both: Both,
) -> None:
    name(both)
    both.carry()
    accept(both)
    both.carry()
    for action in (registry.close_tenant, registry.reopen_tenant):
        change(action, both.here)
    look_in_one(str(both.there.id))
    both.carry()
    assert both.states == ("SEATED", "SEATED")


@pytest.mark.parametrize("both", ["gmina"], indirect=True)
def test_a_county_that_opens_again_hears_what_ended_meanwhile(both: Both) -> None:
    name(both)
    both.carry()
    accept(both)
    both.carry()
    change(registry.close_tenant, both.there)
    with inside(both.here):
        by = make.by(make_people.lead())
        version = DelegationRequest.objects.get(pk=both.row.pk).version
        ending.release(by=by, delegation_id=both.row.pk, version=version)
    both.carry()
    change(registry.reopen_tenant, both.there)
    both.carry()
    assert both.states == ("ENDED", "ENDED")


def seat(both: Both) -> tuple[Person, DelegationRequest]:
    """The delegate accepts, and another request waits for its answer."""
    name(both)
    both.carry()
    person = accept(both)
    with inside(both.here):
        waiting = _ask(make.by(make_people.lead()), both.row.group, "pedagog")
    both.carry()
    return person, waiting


def found(row: DelegationRequest) -> tuple[str, str]:
    """The state of a request and the reason for its end."""
    now = DelegationRequest.objects.get(pk=row.pk)
    return now.state, now.end_reason


def news(both: Both) -> int:
    """What the office is about to be told of requests."""
    with inside(both.here):
        rows = Outgoing.objects.filter(kind__in=["MAIL", "INBOX"], done_at=None)
        return rows.filter(payload__code="DELEGATION_ANSWERED").count()


@pytest.mark.parametrize("both", ["gmina"], indirect=True)
def test_with_a_closed_county_every_delegation_and_request_ends_that_night(both: Both) -> None:
    person, waiting = seat(both)
    change(registry.close_tenant, both.there)
    both.carry()
    assert not reads(both, person)
    assert news(both) == 0
    night_of_gmina(str(both.here.id))
    told = news(both)
    assert told
    night_of_gmina(str(both.here.id))
    assert news(both) == told
    with inside(both.here):
        assert found(both.row) == ("ENDED", "COUNTY_CLOSED")
        assert found(waiting) == ("EXPIRED", "COUNTY_CLOSED")
        assert make.roles_of(person) == set()
        assert not Seat.objects.on(timezone.localdate()).filter(person=person).exists()
    change(registry.reopen_tenant, both.there)
    both.carry()
    assert both.states == ("ENDED", "ENDED")
    with inside(both.there):
        rows = AskedDelegation.objects.order_by("request_id").values_list("state", "ended_why")
        assert set(rows) == {("ENDED", "COUNTY_CLOSED"), ("EXPIRED", "COUNTY_CLOSED")}


@pytest.mark.parametrize("both", ["gmina"], indirect=True)
def test_a_county_opened_again_before_that_night_ends_nothing_and_confirms_itself(
    both: Both,
) -> None:
    person, waiting = seat(both)
    for action in (registry.close_tenant, registry.reopen_tenant):
        change(action, both.there)
        both.carry()
    with inside(both.here):
        lead, today = make_people.lead(), timezone.localdate()
        assert "GGK bez porozumienia" not in {one.matter for one in groups_wait(lead, today)}
        page = agreement_said(county_of(both.row.group))
    assert page.startswith("niepotwierdzone od ")
    night_of_gmina(str(both.here.id))
    assert not reads(both, person)
    with inside(both.here):
        assert (found(both.row), found(waiting)) == (("SEATED", ""), ("ASKED", ""))
        assert make.roles_of(person) == {"DELEGATE"}
    confirm_in_one(str(both.there.id))
    carried(both.there)
    assert reads(both, person)


@pytest.mark.parametrize("both", ["gmina"], indirect=True)
def test_what_ended_while_the_county_was_closed_ends_as_the_agreement_did(both: Both) -> None:
    person, waiting = seat(both)
    change(registry.close_tenant, both.there)
    both.carry()
    with inside(both.there):
        Agreement.objects.update(ended_on=timezone.localdate())
    change(registry.reopen_tenant, both.there)
    confirm_in_one(str(both.there.id))
    both.carry()
    night_of_gmina(str(both.here.id))
    assert not reads(both, person)
    with inside(both.here):
        assert found(both.row) == ("ENDED", "AGREEMENT_ENDED")
        assert found(waiting) == ("EXPIRED", "AGREEMENT_ENDED")


@pytest.mark.parametrize("both", ["gmina"], indirect=True)
def test_what_a_county_says_while_it_closes_confirms_nothing(both: Both) -> None:
    person, _ = seat(both)
    change(registry.close_tenant, both.there)
    with inside(both.there):
        publish(agreement_id=both.row.group.agreement_id, tenant=both.there)
    assert not reads(both, person)


@pytest.mark.parametrize("both", ["gmina"], indirect=True)
def test_a_suspended_county_ends_nothing_however_long(both: Both) -> None:
    person, waiting = seat(both)
    change(registry.suspend_tenant, both.there)
    both.carry()
    make.aged(both.row.group.agreement_id, 48)
    night_of_gmina(str(both.here.id))
    assert not reads(both, person)
    with inside(both.here):
        assert found(both.row) == ("SEATED", "")
        assert found(waiting) == ("ASKED", "")
        assert make.roles_of(person) == {"DELEGATE"}


def test_a_request_that_waits_lapses_with_the_agreement_and_nobody_answered_it(both: Both) -> None:
    with inside(both.there):
        Agreement.objects.update(state="FAILED", in_force_from=None)
        follow(Agreement)
    both.carry()
    night_of_gmina(str(both.here.id))
    both.carry()
    assert both.states == ("EXPIRED", "EXPIRED")
    with inside(both.here):
        row = DelegationRequest.objects.get(pk=both.row.pk)
        assert row.state_said == "wygasła: porozumienie nie obowiązuje"
        assert (row.answered_on, row.reason) == (None, "")
    with inside(both.there):
        assert both.asked().state_said == "wygasła: porozumienie już nie obowiązuje"
        assert both.asked().answered_on is None


def change(action: Any, tenant: TenantRef) -> None:
    """The region closes a unit, or opens it again."""
    action(by=named("Anna"), tenant=Tenant.objects.get(pk=tenant.id), reason="brak umowy")
