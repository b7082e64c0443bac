"""A team decides by the voices of institutions that are there (REG §2.5, §2.7)."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.meetings import text
from tenants.meetings.actions import agenda, deciding, outcomes
from tenants.meetings.actions.deciding import Said
from tenants.meetings.actions.holding import Guest, Sat
from tenants.meetings.forms.deciding import DecisionForm
from tenants.meetings.models.decisions import Decision, Exclusion, Voice, items_of
from tenants.meetings.models.meetings import AgendaItem
from tenants.partnership.models import Membership
from tenants.people.followers import follow
from tenants.teams.kinds import KINDS, PZK
from tests.factories import meetings as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.factories import regulation as make_regulation


@pytest.fixture(autouse=True)
def _inside(partnership: TenantRef):  # type: ignore[no-untyped-def]
    with inside(partnership):
        yield


@pytest.fixture
def members() -> list[Membership]:
    return [
        make_partnership.member(make_people.organisation(name=name)) for name in ("Bank", "Szkoła")
    ]


@pytest.fixture
def item(members: list[Membership]) -> AgendaItem:
    return make.held(Guest("Ewa Gościnna", "Sąd")).items.get()


def decide(item: AgendaItem, way: str = "MAJORITY", **more: Any) -> AgendaItem:
    """Everybody is for it, but for those in `said`."""
    item.refresh_from_db()
    said = dict.fromkeys(deciding.voters(item), Said("YES")) | more.pop("said", {})
    values = {"way": way, "text": "Dyżury od marca.", "said": said, "version": item.version, **more}
    return deciding.decide(by=make.by(), item_id=item.pk, **values)


def exclude(item: AgendaItem, membership: Membership) -> Exclusion:
    row = item.meeting.attendance.get(organisation=membership.organisation)
    deciding.exclude(
        by=make.by(), item_id=item.pk, key=uuid7(), attendance_id=row.pk, reason="Jego umowa."
    )
    return Exclusion.objects.get(item=item, attendance=row)


def test_what_passed_ends_the_item_and_the_voices_are_kept_by_name(
    item: AgendaItem, members: list[Membership]
) -> None:
    item = decide(item)
    assert (item.outcome, item.outcome_text) == ("DECIDED", "Dyżury od marca.")
    assert Decision.objects.get(item=item).result == "PASSED"
    names = {voice.institution for voice in Voice.objects.all()}
    assert names == {"Bank", "Szkoła", "Ośrodek Pomocy Społecznej w Gogolinie"}
    assert Entry.objects.filter(verb="DECISION_RECORDED").count() == 1
    with pytest.raises(AlreadySaved):
        decide(item)


def test_a_guest_and_whoever_is_absent_have_no_voice(members: list[Membership]) -> None:
    meeting = make.begun()
    seats = make.all_present(meeting)
    absent = members[0].coordinators.get().person.seats.get().pk
    make.confirm(meeting, seats | {absent: Sat("EXCUSED")}, Guest("Ewa Gościnna", "Sąd"))
    voters = deciding.voters(meeting.items.get())
    assert set(voters) == {None, members[1].organisation_id}


def test_an_institution_has_one_voice_however_many_it_sent(members: list[Membership]) -> None:
    make_partnership.PartnershipCoordinator.objects.create(
        membership=members[0], person=make_people.person(), from_on=members[0].from_on
    )
    item = make.held().items.get()
    assert list(deciding.voters(item)).count(members[0].organisation_id) == 1
    decide(item)
    voice = Voice.objects.get(organisation=members[0].organisation)
    with pytest.raises(IntegrityError), transaction.atomic():
        Voice.objects.bulk_create([Voice(decision=voice.decision, institution="x", choice="NO")])


def test_whoever_is_excluded_has_no_voice_and_the_reason_is_kept(
    item: AgendaItem, members: list[Membership]
) -> None:
    exclusion = exclude(item, members[0])
    assert exclusion.reason == "Jego umowa."
    assert members[0].organisation_id not in deciding.voters(item)
    deciding.include(by=make.by(), item_id=item.pk, exclusion_id=exclusion.pk)
    assert members[0].organisation_id in deciding.voters(item)
    decide(item)
    with pytest.raises(Problem, match="już zapisana"):
        exclude(item, members[1])
    assert not Exclusion.objects.exists()


def test_an_objection_stands_against_agreement_and_is_kept_with_its_reason(
    item: AgendaItem, members: list[Membership]
) -> None:
    said = {members[0].organisation_id: Said("NO", "Brak środków")}
    item = decide(item, "AGREEMENT", said=said)
    assert item.outcome == ""  # the minute-taker says how the item ends
    assert Decision.objects.get(item=item).result == "NOT_PASSED"
    assert Voice.objects.get(organisation=members[0].organisation).reason == "Brak środków"
    assert decide(item, "MAJORITY", said=said).outcome == "DECIDED"
    assert decide(item, "AGREEMENT", said=said).outcome == ""


def test_what_is_common_stands_beside_the_objections(
    item: AgendaItem, members: list[Membership]
) -> None:
    make.unagreed(item, "Dyżury są potrzebne, termin ustali Lider.")
    [read] = items_of(item.meeting)
    assert read.decision.text == "Dyżury zaczynają się w marcu."
    said = text.written(read)
    assert "Wspólne stanowisko mimo sprzeciwu: Dyżury są potrzebne, termin ustali Lider." in said
    assert "(Brak środków)" in said


def test_where_the_kind_lists_no_voices_they_are_counted_alone(
    item: AgendaItem, members: list[Membership], monkeypatch: pytest.MonkeyPatch
) -> None:
    make.unagreed(item)
    assert "Szkoła – za" in text.written(items_of(item.meeting)[0])
    monkeypatch.setitem(KINDS, PZK, replace(KINDS[PZK], lists_voices=False))
    [read] = items_of(item.meeting)
    said = text.written(read)
    assert "Głosy: za (zgoda): 2, przeciw (sprzeciw): 1, wstrzymanie się: 0." in said
    assert "Powód sprzeciwu: Brak środków." in said
    assert not any(name in said for name in ("Szkoła", "Bank", "Ośrodek"))
    assert read.decision.listed == []


def test_agreed_by_other_voices_it_has_no_position_beside_it(
    item: AgendaItem, members: list[Membership]
) -> None:
    make.unagreed(item)
    decide(item, "AGREEMENT", position="Dyżury są potrzebne.")
    assert Decision.objects.get(item=item).position == ""
    assert "Wspólne stanowisko" not in text.written(items_of(item.meeting)[0])


def test_it_is_written_down_later_once_and_only_without_an_agreement(
    item: AgendaItem, members: list[Membership]
) -> None:
    item = make.unagreed(item, "")
    write = {"by": make.by(), "item_id": item.pk, "position": "Dyżury są potrzebne."}
    with pytest.raises(StaleForm):
        deciding.record_position(**write, version=item.version - 1)
    assert Decision.objects.get(item=item).common_position == ""
    deciding.record_position(**write, version=item.version)
    with pytest.raises(AlreadySaved):
        deciding.record_position(**write, version=item.version)
    assert Decision.objects.get(item=item).common_position == "Dyżury są potrzebne."
    assert Entry.objects.filter(verb="POSITION_RECORDED").count() == 1
    decide(item)
    with pytest.raises(Problem, match="nie było uzgodnienia"):
        deciding.record_position(**write, version=item.version + 2)
    assert Decision.objects.get(item=item).position == ""


def test_a_tie_does_not_pass(item: AgendaItem, members: list[Membership]) -> None:
    keys = list(deciding.voters(item))
    tie = {keys[0]: Said("YES"), keys[1]: Said("NO")}
    item.refresh_from_db()
    deciding.decide(
        by=make.by(), item_id=item.pk, version=item.version, way="MAJORITY", text="x", said=tie
    )
    assert Decision.objects.get(item=item).result == "NOT_PASSED"


def test_a_voice_of_somebody_not_there_and_a_late_form_change_nothing(
    item: AgendaItem, members: list[Membership]
) -> None:
    stranger = make_people.organisation()
    with pytest.raises(StaleForm):
        decide(item, said={stranger.pk: Said("YES")})
    with pytest.raises(StaleForm):
        decide(item, version=item.version + 1)
    assert not Voice.objects.exists()
    assert not Decision.objects.exists()


def test_only_a_held_meeting_decides_and_only_by_whoever_runs_it(item: AgendaItem) -> None:
    values: dict[str, Any] = {"way": "MAJORITY", "text": "x", "said": {}, "version": 0}
    by = make_people.by(make_people.person("TENANT_ADMIN"))
    with pytest.raises(Refused):
        deciding.decide(by=by, item_id=item.pk, **values)
    decide(item)
    with pytest.raises(Problem, match="nie można usunąć"):
        agenda.remove_item(by=make.by(), item_id=item.pk)
    meeting = item.meeting
    outcomes.close(by=make.by(), meeting_id=meeting.pk, version=meeting.version)
    with pytest.raises(Problem, match="nie można teraz"):
        decide(item, text="Inaczej.")
    assert Decision.objects.get(item=item).text == "Dyżury od marca."


def test_the_form_wants_a_reason_of_an_objection_and_leaves_out_who_has_left(
    item: AgendaItem, members: list[Membership]
) -> None:
    voters = deciding.voters(item)
    bank, school = (one.organisation_id for one in members)
    data = {"version": "0", "way": "AGREEMENT", "text": "Dyżury.", "rest": "YES"}
    data |= {f"choice-{key}": "REST" for key in voters}
    form = DecisionForm(
        data={**data, f"choice-{bank}": "NO"}, item=item, voters=voters, decision=None
    )
    assert list(form.errors) == [f"reason-{bank}"]
    data |= {f"choice-{bank}": "NO", f"reason-{bank}": "Brak środków", f"choice-{school}": "NONE"}
    form = DecisionForm(data=data, item=item, voters=voters, decision=None)
    assert list(form.errors) == ["position"]
    data["position"] = "Dyżury są potrzebne."
    form = DecisionForm(data=data, item=item, voters=voters, decision=None)
    assert form.is_valid()
    assert form.values()["position"] == "Dyżury są potrzebne."
    said = form.values()["said"]
    assert said == {None: Said("YES"), bank: Said("NO", "Brak środków")}


def by_all() -> None:
    """The regulation measures voices by the number of all institutions of the team."""
    make_regulation.in_force(voices_base="ALL")
    follow()


def test_where_all_are_the_base_whoever_did_not_come_is_not_for_it(
    members: list[Membership],
) -> None:
    by_all()
    meeting = make.begun()
    seats = make.all_present(meeting)
    gone = [one.coordinators.get().person.seats.get().pk for one in members]
    make.confirm(meeting, seats | dict.fromkeys(gone, Sat("ABSENT")))
    item = decide(meeting.items.get())  # the Lider alone, of three
    assert Decision.objects.get().result == "NOT_PASSED"
    assert item.outcome == ""
    words = text.written(items_of(meeting).get())
    assert "Sposób: większość głosów wszystkich instytucji zespołu." in words


def test_where_all_are_the_base_an_excluded_one_counts_for_nothing(
    members: list[Membership],
) -> None:
    by_all()
    item = make.held().items.get()
    exclude(item, members[0])
    voters = list(deciding.voters(item))
    item.refresh_from_db()
    said = dict.fromkeys(voters, Said("YES"))
    deciding.decide(
        by=make.by(), item_id=item.pk, version=item.version, way="AGREEMENT", text="x", said=said
    )
    assert Decision.objects.get().result == "PASSED"
    assert Decision.objects.get().base == "ALL"


def test_a_decision_keeps_the_base_of_its_day(item: AgendaItem) -> None:
    decide(item)
    by_all()
    assert (Decision.objects.get().base, Decision.objects.get().result) == ("PRESENT", "PASSED")
