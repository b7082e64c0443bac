"""Items of a meeting end with one outcome each, and go on where they were put off (REG §2.5, §2.9)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from uuid6 import uuid7

from kooperacja import offers
from kooperacja.audit.models import Entry
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.meetings import today
from tenants.meetings.actions import agenda, outcomes, planning
from tenants.meetings.actions.carrying import due_for
from tenants.meetings.actions.outcomes import Ended
from tenants.meetings.forms.outcomes import OutcomesForm
from tenants.meetings.models.meetings import AgendaItem, Meeting, Outcome
from tenants.meetings.subjects import SubjectOfItem
from tenants.teams.models import Team
from tests.factories import meetings as make
from tests.factories import people as make_people


@pytest.fixture(autouse=True)
def _inside(partnership: TenantRef):  # type: ignore[no-untyped-def]
    with inside(partnership):
        yield


def end(item: AgendaItem, outcome: str, **more: Any) -> Meeting:
    return outcomes.record_outcomes(
        by=make.by(),
        meeting_id=item.meeting_id,
        items={item.pk: Ended(item.version, outcome, **more)},
    )


def close(meeting: Meeting) -> Meeting:
    return outcomes.close(by=make.by(), meeting_id=meeting.pk, version=meeting.version)


def closed(outcome: str, **more: Any) -> AgendaItem:
    """The item of a meeting that was closed after it had ended so."""
    meeting = make.held()
    item = meeting.items.get()
    end(item, outcome, **more)
    close(meeting)
    return AgendaItem.objects.get(pk=item.pk)


def another_team() -> Team:
    return Team.objects.create(
        kind="PARTNERSHIP", rests_on_kind="test", rests_on=uuid7(), from_on=make_people.ESTABLISHED
    )


def test_a_meeting_with_an_item_that_has_not_ended_is_not_closed_and_names_it() -> None:
    meeting = make.held()
    with pytest.raises(Problem) as told:
        close(meeting)
    assert "1. „Potrzeby seniorów”" in told.value.explanation
    assert Meeting.objects.get(pk=meeting.pk).state == "HELD"


def test_information_is_taken_note_of_by_itself() -> None:
    meeting = make.held()
    end(meeting.items.get(), Outcome.DECIDED, text="Dyżury od marca.")
    told = make.item(meeting, "Nowa dyrektorka", kind="INFORMATION")
    shown = OutcomesForm(items=[told], teams=[])
    assert shown[f"outcome-{told.pk}"].value() == Outcome.NOTED
    assert close(meeting).state == "CLOSED"
    assert AgendaItem.objects.get(pk=told.pk).outcome == Outcome.NOTED


def test_only_items_of_a_held_meeting_end() -> None:
    day = timezone.localdate() + timedelta(days=60)
    with pytest.raises(Problem, match="nie można teraz"):
        end((convened := make.convened(day)).items.get(), Outcome.DECIDED)
    with pytest.raises(Problem):
        close(convened)
    item = closed(Outcome.WITHDRAWN)
    with pytest.raises(Problem, match="nie można teraz"):
        end(item, Outcome.NOTED)
    assert AgendaItem.objects.get(pk=item.pk).outcome == Outcome.WITHDRAWN


def test_two_minute_takers_lose_nothing_and_the_same_again_is_no_change() -> None:
    item = make.held().items.get()
    end(item, Outcome.DECIDED, text="Dyżury od marca.")
    with pytest.raises(StaleForm):
        end(item, Outcome.NOTED)
    with pytest.raises(AlreadySaved):
        end(item, Outcome.DECIDED, text="Dyżury od marca.")
    assert AgendaItem.objects.get(pk=item.pk).outcome_text == "Dyżury od marca."
    assert Entry.objects.filter(verb="OUTCOMES_RECORDED").count() == 1


def test_what_ended_is_not_taken_off_the_agenda() -> None:
    item = make.held().items.get()
    end(item, Outcome.NOTED)
    with pytest.raises(Problem, match="nie można usunąć"):
        agenda.remove_item(by=make.by(), item_id=item.pk)
    assert AgendaItem.objects.filter(pk=item.pk).exists()


def test_a_postponed_item_comes_onto_the_next_agenda_when_it_is_planned() -> None:
    item = closed(Outcome.POSTPONED, text="Brak danych.")
    later = make.planned()
    carried = later.items.get(carries=item)
    assert (carried.title, carried.position, carried.outcome) == (item.title, 1, "")
    assert not make.planned().items.exclude(carries=None).exists()  # it goes on once


def test_it_is_appended_where_a_meeting_is_planned_already_and_goes_on_if_that_is_cancelled() -> (
    None
):
    first, second = (make.planned(timezone.localdate() + timedelta(days=n)) for n in (40, 50))
    item = closed(Outcome.POSTPONED)
    assert first.items.get(carries=item).position == 2
    assert not second.items.filter(carries=item).exists()
    planning.cancel(by=make.by(), meeting_id=first.pk, version=first.version, reason="Choroba")
    assert second.items.get(carries=item).title == item.title


def test_what_was_decided_or_withdrawn_does_not_come_again() -> None:
    for outcome in (Outcome.DECIDED, Outcome.NOTED, Outcome.WITHDRAWN):
        closed(outcome)
    assert not make.planned().items.exclude(carries=None).exists()


def test_a_matter_is_passed_to_another_team_of_the_tenant_only_if_there_is_one() -> None:
    meeting = make.held()
    assert outcomes.teams_for(meeting) == []
    form = OutcomesForm(items=meeting.items.all(), teams=[])
    shown = form.fields[f"outcome-{meeting.items.get().pk}"]
    assert "PASSED_ON" not in dict(shown.choices)  # type: ignore[attr-defined]
    other = another_team()
    Team.objects.create(kind="ZZK", rests_on_kind="test", rests_on=uuid7(), from_on=other.from_on)
    assert outcomes.teams_for(meeting) == [other]


def test_what_was_passed_on_comes_to_the_other_team() -> None:
    other = another_team()
    item = closed(Outcome.PASSED_ON, passed_to=other.pk)
    assert not make.planned().items.exclude(carries=None).exists()
    assert list(due_for(other)) == [item]


def test_the_app_of_a_subject_hears_the_outcome_in_the_same_transaction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[tuple[Any, str]] = []

    def decided(item: AgendaItem, by: Any) -> None:
        heard.append((item.subject, item.outcome))
        if item.outcome == Outcome.WITHDRAWN:
            raise Problem("Tej sprawy nie można wycofać")

    kinds = (SubjectOfItem("test", decided), SubjectOfItem("other", lambda *_: heard.clear()))
    asked = offers.of
    monkeypatch.setattr(offers, "of", lambda kind: kinds if kind is SubjectOfItem else asked(kind))
    meeting, subject = make.held(), uuid7()
    make.item(meeting, "Bez sprawy")
    item = make.item(meeting, "Plan działania", subject_kind="test", subject=subject)
    end(item, Outcome.DECIDED, text="Przyjęto plan.")
    item.refresh_from_db()
    with pytest.raises(Problem):
        end(item, Outcome.WITHDRAWN)
    assert heard == [(subject, "DECIDED"), (subject, "WITHDRAWN")]
    assert AgendaItem.objects.get(pk=item.pk).outcome == Outcome.DECIDED


def test_a_form_asks_for_what_was_decided_and_for_the_team() -> None:
    item, other = make.held().items.get(), another_team()
    for outcome, wrong in ((Outcome.DECIDED, "outcome_text"), (Outcome.PASSED_ON, "passed_to")):
        data = {f"version-{item.pk}": "0", f"outcome-{item.pk}": outcome}
        form = OutcomesForm(data=data, items=[item], teams=[other])
        assert list(form.errors) == [f"{wrong}-{item.pk}"]


def test_only_whoever_runs_it_ends_its_items() -> None:
    meeting = make.held()
    by = make_people.by(make_people.person("TENANT_ADMIN"))
    with pytest.raises(Refused):
        outcomes.record_outcomes(by=by, meeting_id=meeting.pk, items={})
    with pytest.raises(Refused):
        outcomes.close(by=by, meeting_id=meeting.pk, version=meeting.version)
    assert Meeting.objects.get(pk=meeting.pk).state == "HELD"


def test_attendance_and_then_closing_wait_for_whoever_runs_it() -> None:
    lead, day = make.lead(), timezone.localdate()
    assert not list(today.to_hold(lead, day))
    meeting = make.begun()
    (waiting,) = today.to_hold(lead, day)
    assert waiting.title.startswith("Zapisz obecność na spotkaniu")
    meeting = make.confirm(meeting, make.all_present(meeting))
    (waiting,) = today.to_hold(lead, day)
    assert waiting.title.startswith("Zakończ spotkanie")
    assert not list(today.to_hold(make_people.person("TENANT_ADMIN"), day))
    end(meeting.items.get(), Outcome.NOTED)
    close(meeting)
    assert not list(today.to_hold(lead, day))
