"""A risk comes onto an agenda; what the meeting decides and arranges comes back to it (REG §7.2)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import StaleForm
from tenants.dialogue.actions import risks
from tenants.dialogue.models import Risk
from tenants.meetings.actions import arrangements, outcomes
from tenants.meetings.actions.outcomes import Ended
from tenants.meetings.models.meetings import AgendaItem, Meeting, Outcome
from tests.factories import dialogue as make
from tests.factories import meetings as make_meetings
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people


@pytest.fixture(autouse=True)
def _inside(in_partnership: TenantRef) -> None:
    """Be in a unit whose partnership was founded."""


@pytest.fixture
def risk() -> Risk:
    risk = make.risk(make_partnership.member(make_people.organisation()).organisation)
    # Meetings that are held began an hour ago, which may be yesterday.
    Risk.objects.filter(pk=risk.pk).update(reported_at=timezone.now() - timedelta(days=1))
    return Risk.objects.get(pk=risk.pk)


def ended(item: AgendaItem, outcome: str, text: str = "") -> Meeting:
    """Its meeting, closed, with this outcome of the item."""
    said = {item.pk: Ended(item.version, outcome, text)}
    for other in item.meeting.items.exclude(pk=item.pk):
        said[other.pk] = Ended(other.version, Outcome.NOTED)
    meeting = outcomes.record_outcomes(
        by=make_meetings.by(), meeting_id=item.meeting_id, items=said
    )
    return outcomes.close(by=make_meetings.by(), meeting_id=meeting.pk, version=meeting.version)


def test_what_the_meeting_decides_comes_back_and_takes_it_up(risk: Risk) -> None:
    item = make.placed(risk, make_meetings.held())
    assert (item.title, item.text, item.presenter) == (str(risk), risk.text, risk.reporter)
    meeting = ended(item, Outcome.DECIDED, "Szkoła prowadzi dyżur")
    risk.refresh_from_db()
    kinds = [step.kind for step in risk.steps.all()]
    assert (risk.state, kinds) == ("HANDLED", ["OPEN", "AGENDA", "MEETING", "HANDLED"])
    assert risk.steps.all()[2].text == f"{meeting}: podjęto decyzję. Szkoła prowadzi dyżur."


def test_one_that_was_put_off_waits_and_goes_on_by_itself(risk: Risk) -> None:
    item = make.placed(risk, make_meetings.held())
    later = make_meetings.planned(timezone.localdate() + timedelta(days=40))
    ended(item, Outcome.POSTPONED)
    risk.refresh_from_db()
    assert risk.state == "OPEN"
    assert [one.meeting_id for one in risks.items_of(risk)] == [item.meeting_id, later.pk]
    with pytest.raises(Problem, match="stoi już"):
        make.placed(risk, later)


def test_a_closed_risk_hears_the_outcome_and_stays_closed(risk: Risk) -> None:
    item = make.placed(risk, make_meetings.held())
    risks.close(by=make_meetings.by(), risk_id=risk.pk, version=risk.version, reason="Naprawiono")
    ended(item, Outcome.NOTED)
    risk.refresh_from_db()
    assert (risk.state, risk.steps.last().kind) == ("CLOSED", "MEETING")


def test_it_stands_once_on_the_agendas_to_come(risk: Risk) -> None:
    meeting = make_meetings.planned()
    make.placed(risk, meeting)
    with pytest.raises(Problem, match="stoi już"):
        make.placed(risk, make_meetings.planned(timezone.localdate() + timedelta(days=50)))
    assert risks.items_of(risk).count() == 1


def test_a_meeting_held_before_the_report_cannot_take_it_up(
    keeper: Client, in_partnership: TenantRef, risk: Risk
) -> None:
    past = make_meetings.held()
    starts = past.starts_at - timedelta(days=60)
    Meeting.objects.filter(pk=past.pk).update(starts_at=starts, ends_at=starts + timedelta(hours=1))
    ahead = make_meetings.planned()
    path = f"{in_partnership.prefix}/miedzy-spotkaniami/ryzyka/{risk.pk}/do-porzadku/"
    choice = keeper.get(path).context["form"]["meeting_id"]
    offered = [value for value, _ in choice.field.choices]
    assert (choice.initial, offered) == (str(ahead.pk), [str(ahead.pk)])
    with pytest.raises(ValidationError, match="nie można już wybrać"):
        make.placed(risk, past)
    assert not risks.items_of(risk).exists()


def test_nobody_else_puts_it_there_and_no_old_form(risk: Risk) -> None:
    meeting = make_meetings.planned()
    author = make_people.by(risk.person)
    with pytest.raises(Refused):
        risks.put_on_agenda(by=author, risk_id=risk.pk, version=0, meeting_id=meeting.pk)
    with pytest.raises(StaleForm):
        risks.put_on_agenda(
            by=make_meetings.by(), risk_id=risk.pk, version=1, meeting_id=meeting.pk
        )
    assert not risks.items_of(risk).exists()


def test_the_arrangement_made_of_it_leads_back(
    keeper: Client, in_partnership: TenantRef, risk: Risk
) -> None:
    item = make.placed(risk, make_meetings.held())
    row = arrangements.arrange(
        by=make_meetings.by(),
        meeting_id=item.meeting_id,
        key=uuid7(),
        seat=make_meetings.seat_of().pk,
        item=item.pk,
        values={"text": "Uruchomić numer zastępczy", "due_on": item.meeting.day},
    )
    at = f"{in_partnership.prefix}/"
    page = keeper.get(f"{at}miedzy-spotkaniami/ryzyka/{risk.pk}/").content.decode()
    assert f"/spotkania/ustalenia/{row.pk}/" in page
    for path in (f"spotkania/ustalenia/{row.pk}/", f"spotkania/{item.meeting_id}/"):
        assert f"/miedzy-spotkaniami/ryzyka/{risk.pk}/" in keeper.get(at + path).content.decode()
