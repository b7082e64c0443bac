"""Minutes are written, remarked on, approved, then frozen and set right only beside (REG §2.9)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.documents.models import Document
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.polish import localtime
from kooperacja.ui.problems import Problem, Refused
from kooperacja.workflow import move
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.meetings import text
from tenants.meetings.actions import holding
from tenants.meetings.actions import minutes as acts
from tenants.meetings.actions.holding import Sat
from tenants.meetings.forms.minutes import BeginMinutesForm
from tenants.meetings.models.decisions import items_of
from tenants.meetings.models.meetings import Meeting, Outcome
from tenants.meetings.models.minutes import Minutes, MinutesText, chair_of, of_lead
from tenants.meetings.nameless import LEFT_OUT
from tenants.meetings.papers import minutes_context
from tenants.meetings.today import minutes_wait
from tenants.meetings.workflow import MeetingState, MinutesState
from tenants.people.followers import follow
from tenants.people.models import Person, RoleAssignment
from tenants.registry.roles import Role
from tests.factories import accounts
from tests.factories import meetings as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people


@pytest.fixture(autouse=True)
def _inside(partnership: TenantRef) -> Iterator[None]:
    with inside(partnership):
        make.lead()
        yield


def write(minutes: Minutes, words: str, version: int = 0) -> MinutesText:
    return acts.edit_text(
        by=make.by(),
        minutes_id=minutes.pk,
        item_id=minutes.meeting.items.get().pk,
        version=version,
        words=words,
    )


def coordinator() -> Person:
    """Of an institution that is a member, so with a seat."""
    member = make_partnership.member(make_people.organisation())
    person = member.coordinators.get().person
    RoleAssignment.objects.create(
        person=person,
        role=Role.PARTNER_COORDINATOR,
        organisation=member.organisation,
        from_on=member.from_on,
        granted_by="test",
    )
    return person


def test_the_system_writes_and_never_over_what_a_person_wrote() -> None:
    minutes = make.minutes()
    item = minutes.meeting.items.get()
    assert "Przyjęto do wiadomości" in text.texts_of(minutes)[0][1]
    write(minutes, "Omówiono zimę.")
    item.outcome, item.outcome_text = Outcome.DECIDED, "Dyżury"
    item.save()
    assert [words for _, words, _ in text.texts_of(minutes)] == ["Omówiono zimę."]


def test_the_system_writes_a_decision_with_the_voice_of_each_institution() -> None:
    make_partnership.member(make_people.organisation())
    decided = make.decided(make.held().items.get())
    words = text.written(items_of(decided.meeting).get(pk=decided.pk))
    assert f"Treść decyzji: {decided.decision.text}" in words
    for voice in decided.decision.voices.all():
        assert f"{voice.institution} – {voice.get_choice_display()}" in words
    assert words.index("Wynik: ") > words.index("Głosy instytucji: ")


def test_of_two_who_write_at_once_the_second_is_shown_both() -> None:
    minutes = make.minutes()
    write(minutes, "Pierwszy")
    with pytest.raises(StaleForm) as stale:
        write(minutes, "Drugi")
    assert stale.value.current.text == "Pierwszy"
    with pytest.raises(AlreadySaved):
        write(minutes, "Pierwszy")
    assert write(minutes, "Drugi", version=1).text == "Drugi"


def test_minutes_come_after_the_meeting_and_once() -> None:
    meeting = make.planned()
    with pytest.raises(Problem, match="po spotkaniu"):
        make.minutes(meeting)
    minutes = make.minutes()
    with pytest.raises(AlreadySaved):
        make.minutes(minutes.meeting)
    assert Minutes.objects.count() == 1


def test_the_minute_taker_is_of_the_lead() -> None:
    stranger = coordinator()
    meeting, lead = make.closed(), make.lead()
    with pytest.raises(ValidationError) as wrong:
        acts.begin_minutes(
            by=make.by(), meeting_id=meeting.pk, key=uuid7(), chair=lead.pk, taker=stranger.pk
        )
    assert set(wrong.value.message_dict) == {"taker"}
    assert not Minutes.objects.exists()


def test_who_represents_the_lider_is_proposed_as_the_chair() -> None:
    make.lead()
    helper = make_people.person(Role.NETWORK_OFFICER, full_name="Adam Pierwszy")
    meeting = make.closed()
    people = of_lead(meeting)
    assert people[0] == helper
    form = BeginMinutesForm(people=people, chair=chair_of(meeting, people))
    assert form["chair"].initial == str(make.lead().pk)
    assert form["taker"].initial == str(helper.pk)


def test_minutes_are_begun_on_their_page(partnership: TenantRef) -> None:
    browser, _ = make_people.signed_in(partnership, Role.LEAD)
    meeting = make.closed()
    who = of_lead(meeting)[0]
    sent = {"key": uuid7(), "chair": who.pk, "taker": who.pk}
    answer = browser.post(f"{partnership.prefix}/spotkania/{meeting.pk}/protokol/", sent)
    with inside(partnership):
        minutes = Minutes.objects.get()
    assert answer.status_code == 302
    assert (minutes.chair, minutes.taker) == (who.full_name, who.full_name)


def test_those_who_were_present_hear_and_may_remark_until_the_day() -> None:
    partner = coordinator()
    minutes = make.reviewed()
    told = {row.payload["email"] for row in Outgoing.objects.filter(kind="MAIL")}
    assert partner.email in told
    by = make_people.by(partner)
    remark = acts.add_remark(by=by, minutes_id=minutes.pk, key=uuid7(), words="Brak nazwy.")
    assert remark.author == partner.full_name
    stranger = make_people.by(make_people.person("SOCIAL_WORKER"))
    with pytest.raises(Refused):
        acts.add_remark(by=stranger, minutes_id=minutes.pk, key=uuid7(), words="Nie byłem.")
    make.over(minutes)
    with pytest.raises(Problem, match="Uwag nie można"):
        acts.add_remark(by=by, minutes_id=minutes.pk, key=uuid7(), words="Za późno.")
    assert minutes.remarks.count() == 1


def _with_deputy(partner: Person, name: str) -> Minutes:
    """Open to remarks, of a meeting at which another sat for the partner."""
    meeting = make.begun()
    seat = partner.seats.get().pk
    held = make.confirm(meeting, make.all_present(meeting) | {seat: Sat("PRESENT", deputy=name)})
    move(held, MeetingState.CLOSED, by=make.by(), on=timezone.localdate())
    draft = make.minutes(Meeting.objects.get(pk=held.pk))
    until = timezone.localdate() + timedelta(days=3)
    return acts.ask_for_remarks(by=make.by(), minutes_id=draft.pk, version=0, until=until)


def _waits(person: Person) -> bool:
    fresh = Person.objects.get(pk=person.pk)
    titles = [one.title for one in minutes_wait(fresh, timezone.localdate())]
    return any(title.startswith("Przeczytaj i zgłoś uwagi") for title in titles)


def test_a_deputy_with_an_account_remarks_and_whom_they_stood_for_does_not() -> None:
    partner = coordinator()
    of = partner.role_assignments.get().organisation
    account = accounts.account()
    deputy = make_people.person(Role.PARTNER_WORKER, organisation=of, account=account)
    stranger = make_people.person(
        Role.PARTNER_WORKER, organisation=make_people.organisation(), full_name=deputy.full_name
    )
    minutes = _with_deputy(partner, f"  {deputy.full_name.upper()} ")
    for other in (partner, stranger):
        with pytest.raises(Refused):
            acts.add_remark(
                by=make_people.by(other), minutes_id=minutes.pk, key=uuid7(), words="Nie byłem."
            )
    assert not minutes.remarks.exists()
    by = make_people.by(deputy)
    acts.add_remark(by=by, minutes_id=minutes.pk, key=uuid7(), words="Brak nazwy.")
    assert [_waits(one) for one in (deputy, partner, stranger)] == [True, False, False]
    told = Outgoing.objects.filter(kind="INBOX", payload__code="MINUTES_FOR_REMARKS")
    assert [row.payload["account_id"] for row in told] == [str(account.pk)]


def test_of_a_deputy_who_is_only_a_name_whoever_has_the_seat_remarks() -> None:
    partner = coordinator()
    minutes = _with_deputy(partner, "Zenon Zastępczy")
    by = make_people.by(partner)
    acts.add_remark(by=by, minutes_id=minutes.pk, key=uuid7(), words="Brak nazwy.")
    assert minutes.remarks.count() == 1
    assert _waits(partner)


def test_nothing_is_approved_before_the_term_and_before_each_remark_is_answered() -> None:
    minutes = make.reviewed()
    remark = acts.add_remark(by=make.by(), minutes_id=minutes.pk, key=uuid7(), words="Uwaga")
    with pytest.raises(Problem, match="czas na uwagi"):
        acts.approve(by=make.by(), minutes_id=minutes.pk, version=minutes.version)
    make.over(minutes)
    with pytest.raises(Problem, match="Nie na każdą"):
        acts.approve(by=make.by(), minutes_id=minutes.pk, version=minutes.version)
    with pytest.raises(ValidationError):
        acts.answer_remark(by=make.by(), remark_id=remark.pk, is_taken=False, why="")
    acts.answer_remark(by=make.by(), remark_id=remark.pk, is_taken=True, why="")
    partner = coordinator()
    acts.approve(by=make.by(), minutes_id=minutes.pk, version=minutes.version)
    assert Minutes.objects.get().state == MinutesState.APPROVED
    told = Outgoing.objects.filter(kind="MAIL", payload__subject__startswith="Zatwierdzono")
    assert partner.email in {row.payload["email"] for row in told}


def test_the_chair_approves_no_text_that_was_changed_since_it_was_seen() -> None:
    ready = make.over(make.reviewed())
    item = ready.meeting.items.get()
    acts.edit_text(by=make.by(), minutes_id=ready.pk, item_id=item.pk, version=0, words="Inaczej")
    with pytest.raises(StaleForm):
        acts.approve(by=make.by(), minutes_id=ready.pk, version=ready.version)
    seen = Minutes.objects.get(pk=ready.pk)
    assert seen.state == "REVIEW"
    assert acts.approve(by=make.by(), minutes_id=ready.pk, version=seen.version).approved_on


def test_only_the_chair_approves() -> None:
    minutes = make.over(make.reviewed())
    officer = make_people.by(make_people.person("NETWORK_OFFICER"))
    with pytest.raises(Refused):
        acts.approve(by=officer, minutes_id=minutes.pk, version=minutes.version)
    assert not Document.objects.exists()


def test_approved_minutes_are_frozen_and_set_right_beside_their_text() -> None:
    minutes = make.approved()
    before = text.texts_of(minutes)[0][1]
    item = minutes.meeting.items.get()
    item.outcome_text = "Zmienione później"
    item.save()
    assert text.texts_of(Minutes.objects.get())[0][1] == before
    with pytest.raises(Problem, match="zatwierdzony"):
        write(minutes, "Inaczej", version=1)
    values = {"reason": "Błąd pisarski", "text": "Zamiast „x” powinno być „y”."}
    for number in (1, 2):
        row = acts.rectify(by=make.by(), minutes_id=minutes.pk, key=uuid7(), values=values)
        assert row.number == number
    newest = Document.objects.filter(kind="MINUTES").order_by("-version").first()
    assert newest is not None
    assert newest.version == 3
    assert [one["number"] for one in newest.context["rectifications"]] == ["1", "2"]
    assert newest.context["items"][0]["text"] == before


def test_an_extract_has_the_chosen_items_alone_and_its_own_number() -> None:
    minutes = make.approved()
    extract = acts.make_extract(
        by=make.by(), minutes_id=minutes.pk, key=uuid7(), items=[1], is_nameless=True
    )
    context = Document.objects.get(kind="MINUTES_EXTRACT").context
    assert (extract.number, len(context["items"]), context["chair"]) == (1, 1, "")


def test_an_extract_without_names_names_nobody_who_was_there() -> None:
    partner = coordinator()
    minutes = make.minutes()
    write(minutes, f"Zgłosił to {partner.full_name}. Panel o zimie prowadziła Zofia Zmyślona.")
    minutes.refresh_from_db()
    item = minutes.meeting.items.get()
    item.presenter = "Zofia Zmyślona, kurator"
    item.save()
    ready = make.over(
        acts.ask_for_remarks(
            by=make.by(), minutes_id=minutes.pk, version=minutes.version, until=timezone.localdate()
        )
    )
    approved = acts.approve(by=make.by(), minutes_id=ready.pk, version=ready.version)
    for is_nameless in (True, False):
        acts.make_extract(
            by=make.by(), minutes_id=approved.pk, key=uuid7(), items=[1], is_nameless=is_nameless
        )
    papers = Document.objects.filter(kind="MINUTES_EXTRACT")
    texts = {one.context["number"]: one.context["items"][0]["text"] for one in papers}
    assert texts["1"] == f"Zgłosił to {LEFT_OUT}. Panel o zimie prowadziła {LEFT_OUT}."
    assert partner.full_name in texts["2"]


def test_the_printed_list_says_in_order_who_came_when_and_as_what() -> None:
    coordinator()
    empty = make_partnership.member(make_people.organisation(name="Żłobek bez nikogo"))
    empty.coordinators.update(ended_on=timezone.localdate() - timedelta(days=1))
    follow()
    meeting = make.begun()
    kept, late = make.all_present(meeting), localtime(meeting.starts_at).time()
    lead = next(row for row in holding.sheet(meeting) if row.organisation_id is None)
    kept[lead.seat_id] = holding.Sat("PRESENT", came_at=late)
    minutes = make.minutes(make.confirm(meeting, kept, holding.Guest("Ada Gościnna", "Sąd")))
    people = minutes_context(minutes)["people"]
    assert [(one["name"], one["presence"]) for one in (people[0], people[-2])] == [
        (make.lead().full_name, f"obecność od {late:%H:%M}"),
        ("miejsce nieobsadzone", "nieobecność"),
    ]
    assert (people[-1]["name"], people[-1]["function"]) == ("Ada Gościnna", "gość")
    assert len(people) == 4


def test_what_waits_for_minutes_is_late_after_two_weeks() -> None:
    day = timezone.localdate()
    for days, late in ((5, False), (20, True)):
        meeting = make.past(day - timedelta(days=days))
        waits = {one.about: one.is_overdue for one in minutes_wait(make.lead(), day)}
        assert waits[meeting.pk] is late


def test_a_draft_that_nobody_finishes_is_late_too() -> None:
    day = timezone.localdate()
    drafts = [make.minutes(make.closed(day - timedelta(days=days))) for days in (5, 20)]
    late = {one.about: one.is_overdue for one in minutes_wait(make.lead(), day)}
    assert late == {drafts[0].pk: False, drafts[1].pk: True}


def test_minutes_wait_since_they_were_begun_and_since_remarks_ended() -> None:
    day = timezone.localdate()
    draft = make.minutes()
    begun = timezone.now() - timedelta(days=4)
    Minutes.objects.filter(pk=draft.pk).update(created_at=begun)
    make.over(make.reviewed())
    waits = {one.about: one.since for one in minutes_wait(make.lead(), day)}
    reviewed = Minutes.objects.get(state=MinutesState.REVIEW)
    assert waits == {draft.pk: timezone.localdate(begun), reviewed.pk: day}
