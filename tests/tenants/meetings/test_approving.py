"""Minutes that the next meeting approves, where the regulation says so (REG §2.9)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.actor import SYSTEM
from kooperacja.documents.models import Document
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from tenants.meetings import awaiting
from tenants.meetings.actions import agenda, carrying, deciding, outcomes
from tenants.meetings.actions import minutes as acts
from tenants.meetings.actions.deciding import Said
from tenants.meetings.actions.outcomes import Ended
from tenants.meetings.models.meetings import AgendaItem, Meeting, Outcome
from tenants.meetings.models.minutes import Minutes, Rectification
from tenants.meetings.today import minutes_wait
from tenants.people.followers import follow
from tests.factories import meetings as make
from tests.factories import people as make_people
from tests.factories import regulation as make_regulation

TITLE = "Zatwierdzenie protokołu nr 1/"


@pytest.fixture(autouse=True)
def _inside(partnership: TenantRef) -> Iterator[None]:
    with inside(partnership):
        make_regulation.in_force(minutes_approval="NEXT_MEETING")
        follow()
        make.lead()
        yield


@pytest.fixture
def minutes() -> Minutes:
    """The time for remarks on them is over."""
    return make.over(make.reviewed())


def item_of(minutes: Minutes) -> AgendaItem:
    """The item about them at a meeting that is held now, alone on its agenda."""
    meeting = make.begun()
    other = meeting.items.get(subject=None)
    agenda.remove_item(by=make.by(), item_id=other.pk)
    make.confirm(meeting, make.all_present(meeting))
    return AgendaItem.objects.select_related("meeting__team").get(subject=minutes.pk)


def end(item: AgendaItem, outcome: str, text: str = "") -> Meeting:
    """The item ends so, and its meeting is closed."""
    ended = {item.pk: Ended(item.version, outcome, text)}
    outcomes.record_outcomes(by=make.by(), meeting_id=item.meeting_id, items=ended)
    return close(item)


def close(item: AgendaItem) -> Meeting:
    meeting = Meeting.objects.get(pk=item.meeting_id)
    return outcomes.close(by=make.by(), meeting_id=meeting.pk, version=meeting.version)


def test_the_chair_alone_does_not_approve_them(minutes: Minutes) -> None:
    with pytest.raises(Problem, match="zatwierdza następne spotkanie"):
        acts.approve(by=make.by(), minutes_id=minutes.pk, version=minutes.version)
    assert Minutes.objects.get().state == "REVIEW"
    waits = minutes_wait(make.lead(), timezone.localdate())
    assert minutes.pk not in [one.about for one in waits]


def test_they_come_onto_the_next_agenda_once_the_time_for_remarks_is_over() -> None:
    ahead, today = make.planned(), timezone.localdate()
    minutes = make.reviewed()
    assert carrying.teams_awaiting(today) == []
    make.over(minutes)
    for _ in range(2):  # the second night finds nothing to do
        for team in carrying.teams_awaiting(today):
            carrying.carry_due(by=SYSTEM, team_id=team)
    item = ahead.items.get(subject_kind=awaiting.MINUTES)
    assert (item.subject, item.kind) == (minutes.pk, "DECISION")
    assert item.title.startswith(TITLE)
    assert not make.planned(today + timedelta(days=40)).items.exclude(subject=None).exists()


def test_where_the_chair_approves_nothing_comes_onto_an_agenda() -> None:
    make_regulation.RegulationVersion.objects.update(minutes_approval="CHAIR")
    follow()
    make.over(make.reviewed())
    assert carrying.teams_awaiting(timezone.localdate()) == []
    assert not make.planned().items.exclude(subject=None).exists()


def test_what_was_decided_approves_and_freezes_them_when_the_meeting_is_closed(
    minutes: Minutes,
) -> None:
    item = item_of(minutes)
    ended = {item.pk: Ended(item.version, Outcome.DECIDED, "Zatwierdzono.")}
    outcomes.record_outcomes(by=make.by(), meeting_id=item.meeting_id, items=ended)
    assert Minutes.objects.get(pk=minutes.pk).state == "REVIEW"  # it may still be corrected
    meeting = close(item)
    now = Minutes.objects.get(pk=minutes.pk)
    assert (now.state, now.approved_on) == ("APPROVED", meeting.day)
    assert now.approver == f"spotkanie nr {meeting.serial}"
    assert now.texts.count() == now.meeting.items.count()
    context = Document.objects.get(kind="MINUTES").context
    assert context["approved_by"] == f"spotkanie nr {meeting.serial}"
    assert carrying.teams_awaiting(timezone.localdate()) == []


@pytest.mark.parametrize("outcome", [Outcome.NOTED, Outcome.WITHDRAWN, Outcome.POSTPONED])
def test_after_any_other_outcome_they_wait_and_come_again_once(
    minutes: Minutes, outcome: str
) -> None:
    end(item_of(minutes), outcome)
    assert Minutes.objects.get(pk=minutes.pk).state == "REVIEW"
    assert not Document.objects.exists()
    again = make.planned().items.filter(subject=minutes.pk)
    assert [one.outcome for one in again] == [""]
    later = make.planned(timezone.localdate() + timedelta(days=60))
    assert not later.items.filter(subject=minutes.pk).exists()


@pytest.mark.parametrize(("voice", "state"), [("YES", "APPROVED"), ("NO", "REVIEW")])
def test_voices_against_them_do_not_approve(minutes: Minutes, voice: str, state: str) -> None:
    item = item_of(minutes)
    said = dict.fromkeys(deciding.voters(item), Said(voice, "Brak uwagi"))
    deciding.decide(
        by=make.by(), item_id=item.pk, version=item.version, way="AGREEMENT", text="x", said=said
    )
    item.refresh_from_db()
    if voice == "NO":  # what was written is that the team decided otherwise
        end(item, Outcome.DECIDED, "Poprawić i wrócić.")
    else:
        close(item)
    assert Minutes.objects.get(pk=minutes.pk).state == state


def test_nothing_is_decided_before_each_remark_is_answered() -> None:
    minutes = make.reviewed()
    remark = acts.add_remark(by=make.by(), minutes_id=minutes.pk, key=uuid7(), words="Uwaga")
    item = item_of(make.over(minutes))
    with pytest.raises(Problem, match="Nie na każdą uwagę"):
        end(item, Outcome.DECIDED, "Zatwierdzono.")
    item.refresh_from_db()
    assert item.outcome == ""
    acts.answer_remark(by=make.by(), remark_id=remark.pk, is_taken=True, why="")
    end(item, Outcome.DECIDED, "Zatwierdzono.")
    assert Minutes.objects.get(pk=minutes.pk).state == "APPROVED"


def test_a_rectification_is_approved_in_the_same_way(minutes: Minutes) -> None:
    end(item_of(minutes), Outcome.DECIDED, "Zatwierdzono.")
    values: dict[str, Any] = {"reason": "Błąd pisarski", "text": "Zamiast „x” powinno być „y”."}
    row = acts.rectify(by=make.by(), minutes_id=minutes.pk, key=uuid7(), values=values)
    assert (row.number, row.approved_on) == (None, None)
    assert Document.objects.filter(kind="MINUTES").count() == 1  # nothing new is printed
    meeting = end(item_of_rectification(row), Outcome.DECIDED, "Zatwierdzono.")
    row.refresh_from_db()
    assert (row.number, row.approved_on) == (1, meeting.day)
    newest = Document.objects.filter(kind="MINUTES").order_by("-version").first()
    assert newest is not None
    assert [one["number"] for one in newest.context["rectifications"]] == ["1"]


def item_of_rectification(row: Rectification) -> AgendaItem:
    meeting = make.begun()
    agenda.remove_item(by=make.by(), item_id=meeting.items.get(subject=None).pk)
    make.confirm(meeting, make.all_present(meeting))
    return AgendaItem.objects.get(subject=row.pk)


def test_one_that_was_withdrawn_does_not_come_again(minutes: Minutes) -> None:
    end(item_of(minutes), Outcome.DECIDED, "Zatwierdzono.")
    values: dict[str, Any] = {"reason": "Błąd", "text": "Inaczej."}
    row = acts.rectify(by=make.by(), minutes_id=minutes.pk, key=uuid7(), values=values)
    end(item_of_rectification(row), Outcome.WITHDRAWN)
    assert not make.planned().items.filter(subject=row.pk).exists()
    assert Rectification.objects.get().approved_on is None


def test_the_page_says_who_approves_and_where(partnership: TenantRef, minutes: Minutes) -> None:
    browser, _ = make_people.signed_in(partnership, "LEAD")
    at = f"{partnership.prefix}/spotkania/protokoly/{minutes.pk}/"
    shown = browser.get(at).content.decode()
    assert "zatwierdza następne spotkanie zespołu" in shown
    assert "/zatwierdz/" not in shown
    with inside(partnership):
        meeting = make.planned()
    assert f"/spotkania/{meeting.pk}/" in browser.get(at).content.decode()
