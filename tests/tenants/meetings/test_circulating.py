"""Members decide by circulation until an e-mail meeting ends (REG §2.2)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved
from tenants.meetings.actions import circulating, deciding, holding
from tenants.meetings.models.attendance import Presence
from tenants.meetings.models.decisions import Decision, Voice
from tenants.meetings.models.meetings import AgendaItem, Meeting
from tenants.partnership.models import Membership, PartnershipCoordinator
from tenants.people.followers import follow
from tenants.people.models import Person, RoleAssignment
from tests.factories import meetings as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.factories import regulation as make_regulation


@pytest.fixture(autouse=True)
def _inside(partnership: TenantRef):  # type: ignore[no-untyped-def]
    with inside(partnership):
        yield


@pytest.fixture
def membership() -> Membership:
    return make_partnership.member(make_people.organisation(name="Bank"))


@pytest.fixture
def coordinator(membership: Membership) -> Person:
    return make.let_in(membership)


@pytest.fixture
def item(coordinator: Person) -> AgendaItem:
    return make.circulated()


def give(person: Person, item: AgendaItem, institution: Any, choice: str, reason: str = "") -> None:
    circulating.give_voice(
        by=make_people.by(person),
        item_id=item.pk,
        institution=institution,
        choice=choice,
        reason=reason,
    )


def held(item: AgendaItem) -> AgendaItem:
    """The item after the circulation is over and its attendance was kept."""
    Meeting.objects.filter(pk=item.meeting_id).update(ends_at=timezone.now())
    meeting = Meeting.objects.get(pk=item.meeting_id)
    make.confirm(meeting, make.all_present(meeting))
    return AgendaItem.objects.get(pk=item.pk)


def test_members_voice_themselves_and_silence_is_no_voice(
    item: AgendaItem, membership: Membership, coordinator: Person
) -> None:
    give(coordinator, item, membership.organisation_id, "YES")
    assert Decision.objects.get(item=item).result == "OPEN"
    ended = held(item)  # the Lider said nothing
    assert ended.outcome == "DECIDED"
    assert Decision.objects.get(item=item).result == "PASSED"
    assert Voice.objects.get().written_by == make_people.BY.name


def test_a_voice_may_be_changed_and_an_objection_says_why(
    item: AgendaItem, membership: Membership, coordinator: Person
) -> None:
    own = membership.organisation_id
    give(coordinator, item, own, "YES")
    with pytest.raises(AlreadySaved):
        give(coordinator, item, own, "YES")
    with pytest.raises(ValidationError):
        give(coordinator, item, own, "NO")
    assert Voice.objects.get().choice == "YES"
    give(coordinator, item, own, "NO", "Brak środków")
    assert (Voice.objects.get().choice, Voice.objects.get().reason) == ("NO", "Brak środków")
    assert held(item).outcome == ""


def test_nobody_voices_for_others_or_without_a_seat(item: AgendaItem, coordinator: Person) -> None:
    with pytest.raises(ValidationError):
        give(coordinator, item, None, "YES")
    with pytest.raises(Refused):
        give(make_people.person("TENANT_ADMIN"), item, None, "YES")
    assert not Voice.objects.exists()
    assert not Decision.objects.exists()


def test_who_took_over_the_seat_meanwhile_voices_and_who_gave_it_up_does_not(
    item: AgendaItem, coordinator: Person, membership: Membership
) -> None:
    begun, bank = timezone.now() - timedelta(days=3), membership.organisation_id
    Meeting.objects.filter(pk=item.meeting_id).update(starts_at=begun)
    yesterday, after = timezone.localdate() - timedelta(days=1), make_people.person("SOCIAL_WORKER")
    membership.coordinators.get().end(yesterday)
    RoleAssignment.objects.filter(person=coordinator).update(
        role="SOCIAL_WORKER", organisation=None
    )
    PartnershipCoordinator.objects.create(membership=membership, person=after, from_on=yesterday)
    follow()
    with pytest.raises(Refused):
        give(coordinator, item, bank, "YES")
    assert not Voice.objects.exists()
    give(after, item, bank, "YES")
    assert Voice.objects.get().organisation_id == bank


def test_after_its_end_and_in_another_meeting_nobody_voices(
    item: AgendaItem, membership: Membership, coordinator: Person
) -> None:
    own = membership.organisation_id
    give(coordinator, item, own, "YES")
    Meeting.objects.filter(pk=item.meeting_id).update(ends_at=timezone.now())
    with pytest.raises(Problem, match="nie można teraz głosować"):
        give(coordinator, item, own, "ABSTAIN")
    with pytest.raises(Problem, match="nie można teraz głosować"):
        give(coordinator, make.convened().items.get(), own, "YES")
    assert Voice.objects.get().choice == "YES"


def test_whoever_voiced_is_proposed_as_present_and_nobody_writes_voices_for_others(
    item: AgendaItem, membership: Membership, coordinator: Person
) -> None:
    give(coordinator, item, membership.organisation_id, "ABSTAIN")
    sheet = {row.organisation_id: row.presence for row in holding.sheet(item.meeting)}
    assert sheet[membership.organisation_id] == Presence.PRESENT
    assert sheet[None] == Presence.ABSENT
    ended = held(item)
    with pytest.raises(Problem, match="w obiegu"):
        deciding.decide(
            by=make.by(),
            item_id=item.pk,
            version=ended.version,
            way="MAJORITY",
            text="Inaczej.",
            said={},
        )
    assert Voice.objects.get().choice == "ABSTAIN"


def test_where_all_are_the_base_each_must_have_answered(
    item: AgendaItem, membership: Membership, coordinator: Person
) -> None:
    make_regulation.in_force(voices_base="ALL")
    follow()
    give(coordinator, item, membership.organisation_id, "YES")
    assert held(item).outcome == ""  # the Lider said nothing
    assert Decision.objects.get().result == "NOT_PASSED"
