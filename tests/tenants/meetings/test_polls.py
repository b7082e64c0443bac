"""Dates are proposed, everybody who has a seat answers, one is chosen (REG §2.5 s.2-3)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.meetings import today
from tenants.meetings.actions import planning, polling, requesting
from tenants.meetings.addressed import POLL_LINKS
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.models.polls import DatePoll, PollAnswer, PollRespondent
from tenants.meetings.polled import asked, standings
from tenants.partnership.models import Membership
from tenants.people.followers import follow
from tenants.people.models import Person
from tenants.registry.roles import Role
from tests.factories import accounts
from tests.factories import meetings as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.factories import polls as make_polls

DAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _inside(in_partnership: TenantRef) -> None:
    """Be in a unit whose partnership was founded."""


@pytest.fixture
def member() -> Membership:
    return make_partnership.member(make_people.organisation(email="biuro@szkola.example"))


@pytest.fixture
def partner(member: Membership) -> Person:
    return make.let_in(member)


def mails(code: str) -> list[Outgoing]:
    sent = Outgoing.objects.filter(kind="MAIL").order_by("id")
    return [row for row in sent if row.payload["code"] == code]


def link(partnership: TenantRef, row: PollRespondent) -> str:
    return f"{partnership.prefix}/spotkania/ankieta/{POLL_LINKS.token(row.pk)}/"


def choose(poll: DatePoll, number: int = 0, version: int | None = None) -> DatePoll:
    return polling.agree(
        by=make.by(),
        poll_id=poll.pk,
        version=poll.version if version is None else version,
        date_id=poll.dates.all()[number].pk,
    )


def test_the_chosen_date_becomes_the_time_of_the_meeting(partner: Person) -> None:
    meeting = make.planned()
    poll = make_polls.poll(meeting)
    make_polls.dates_answered(make_polls.asked_by(poll, partner), "NO", "YES", "IF_NEEDED")
    make_polls.dates_answered(make_polls.asked_by(poll, make.lead()), "YES")
    found = standings(poll, asked(poll, DAY), timezone.now())
    assert [one.is_best for one in found] == [False, True, False]
    assert found[0].counts == "mogą: 1, jeśli trzeba: 0, nie mogą: 1"
    agreed = choose(poll, 2)  # another one may be chosen
    assert agreed.state == "AGREED"
    row = Meeting.objects.get(pk=meeting.pk)
    assert (row.starts_at, row.state) == (found[2].date.starts_at, "PLANNED")
    assert not mails("MEETING_CONVENED")


def test_whom_it_asked_hears_the_date_the_place_and_that_an_invitation_comes(
    partner: Person, member: Membership
) -> None:
    meeting = make.planned(place="Sala narad, Krótka 1")
    agreed = choose(make_polls.poll(meeting))
    told = mails("POLL_AGREED")
    assert [one.payload["email"] for one in told] == [partner.email]  # not whoever chose it
    said = f"{told[0].payload['subject']} {told[0].payload['text']}".replace("\xa0", " ")
    assert agreed.when.replace("\xa0", " ") in said
    assert "Sala narad, Krótka 1" in said
    assert "gdy spotkanie zostanie zwołane" in said


def test_of_a_request_it_says_how_to_take_part_though_the_place_is_open(
    partner: Person, member: Membership
) -> None:
    poll = polling.propose_for_request(
        by=make.by(),
        request_id=make.request(member.organisation).pk,
        key=uuid7(),
        values=make_polls.proposed(9, 10),
    )
    choose(poll)
    (told,) = (one for one in mails("POLL_AGREED") if one.payload["email"] == partner.email)
    assert "Spotkanie na miejscu" in told.payload["text"].replace("\xa0", " ")


def test_the_result_leaves_the_inbox_when_the_invitation_comes(partner: Person) -> None:
    account = accounts.account()
    Person.objects.filter(pk=partner.pk).update(account_id=account.pk)
    meeting = make.planned()
    choose(make_polls.poll(meeting))
    row = Meeting.objects.get(pk=meeting.pk)
    done = Outgoing.objects.filter(kind="INBOX_DONE", dedupe__startswith="poll-agreed:")
    assert not done.exists()
    planning.convene(by=make.by(), meeting_id=row.pk, version=row.version)
    assert done.count() == 1


def test_everybody_who_has_a_seat_is_asked_and_each_person_once(partner: Person) -> None:
    second = make_partnership.member(make_people.organisation(email="jeden@dom.example"))
    second.coordinators.update(person=partner)
    vacant = make_partnership.member(make_people.organisation(email="biuro@pusta.example"))
    vacant.coordinators.get().end(DAY)
    follow()
    poll = make_polls.poll()
    rows = list(poll.respondents.values_list("person", "organisation"))
    assert sorted(map(str, rows)) == sorted(
        map(str, [(make.lead().pk, None), (partner.pk, None), (None, vacant.organisation_id)])
    )
    to = {row.payload["email"] for row in mails("POLL_OPENED")}
    assert {"biuro@pusta.example", partner.email} <= to
    assert [one.matter for one in today.polls_wait(partner, DAY)] == ["Ankieta terminów"]
    make_polls.dates_answered(make_polls.asked_by(poll, partner), "YES")
    assert not [*today.polls_wait(partner, DAY)]


def test_who_takes_a_seat_while_it_goes_on_is_asked_too(partner: Person) -> None:
    poll = make_polls.poll()
    late = make_partnership.member(make_people.organisation())
    follow()
    person = late.coordinators.get().person
    assert make_polls.asked_by(poll, person).answered_at is None
    assert len(mails("POLL_OPENED")) == 3


def test_an_answer_may_be_changed_until_the_closing_day_and_not_after_it(partner: Person) -> None:
    poll = make_polls.poll()
    row = make_polls.dates_answered(make_polls.asked_by(poll, partner), "YES")
    with pytest.raises(AlreadySaved):
        make_polls.dates_answered(row, "YES")
    make_polls.dates_answered(row, "NO")
    DatePoll.objects.filter(pk=poll.pk).update(closes_on=DAY - timedelta(days=1))
    with pytest.raises(Problem, match="nie można już odpowiedzieć") as late:
        make_polls.dates_answered(row, "YES")
    assert "Odpowiedzi przyjmowaliśmy do" in late.value.explanation
    assert {*PollAnswer.objects.values_list("answer", flat=True)} == {"NO"}
    assert [one.href for one in today.polls_wait(make.lead(), DAY)] == [poll.url]


def test_what_comes_after_closing_is_refused_and_changes_nothing(
    partner: Person, partnership: TenantRef
) -> None:
    poll = make_polls.poll()
    row = make_polls.asked_by(poll, partner)
    choose(poll)
    with pytest.raises(Problem):
        make_polls.dates_answered(row, "YES")
    dates = {f"date_{pk}": "YES" for pk in poll.dates.values_list("pk", flat=True)}
    sent = Client().post(link(partnership, row), dates)
    assert sent.status_code == 409
    assert "Ankieta jest już zakończona" in sent.content.decode()
    assert not PollAnswer.objects.exists()
    assert not [*today.polls_wait(partner, DAY)]


def test_the_link_answers_without_signing_in_and_looking_changes_nothing(
    partner: Person, partnership: TenantRef
) -> None:
    row = make_polls.asked_by(make_polls.poll(), partner)
    browser, at = Client(), link(partnership, row)
    assert browser.get(at).status_code == 200
    assert not PollAnswer.objects.exists()
    dates = {f"date_{pk}": "YES" for pk in row.poll.dates.values_list("pk", flat=True)}
    assert browser.post(at, {**dates, next(iter(dates)): ""}).status_code == 422
    assert not PollAnswer.objects.exists()
    said = browser.post(at, dates, follow=True)
    assert (said.status_code, said.redirect_chain[0][0]) == (200, at)
    assert PollAnswer.objects.filter(respondent=row).count() == 3
    assert browser.get(at.replace(row.pk.hex[:6], "ffffff")).status_code == 404


def test_whose_seat_ended_yesterday_does_not_answer(
    partner: Person, member: Membership, partnership: TenantRef
) -> None:
    row = make_polls.asked_by(make_polls.poll(), partner)
    member.coordinators.get().end(DAY)
    follow()
    with pytest.raises(Problem, match="nie można już odpowiedzieć"):
        make_polls.dates_answered(row, "YES")
    assert "miejsce wygasło" in Client().get(link(partnership, row)).content.decode()
    assert row.pk not in {one.pk for one in asked(row.poll, DAY)}
    assert not PollAnswer.objects.exists()
    assert not [*today.polls_wait(partner, DAY)]


def test_whose_seat_ended_learns_from_the_link_nothing_of_how_it_closed(
    member: Membership, partner: Person, partnership: TenantRef
) -> None:
    polls = [make_polls.poll(), make_polls.poll(None, 50, 51)]
    links = [link(partnership, make_polls.asked_by(poll, partner)) for poll in polls]
    make_polls.agreed_poll(polls[0])
    polling.end(by=make.by(), poll_id=polls[1].pk, version=0, reason="Ferie w szkołach.")
    words = ("Termin: ", "Ferie w szkołach.")
    pages = [Client().get(at).content.decode() for at in links]
    assert [word in page for word, page in zip(words, pages, strict=True)] == [True, True]
    with inside(partnership):
        member.coordinators.get().end(DAY)
        follow()
    pages = [Client().get(at).content.decode() for at in links]
    assert [word in page for word, page in zip(words, pages, strict=True)] == [False, False]


def test_nobody_answers_for_another_and_only_who_runs_the_team_closes(partner: Person) -> None:
    poll = make_polls.poll()
    with pytest.raises(Refused):
        make_polls.dates_answered(make_polls.asked_by(poll, partner), "YES", by=make.by())
    stranger = make_people.by(partner)
    first = poll.dates.all()[0].pk
    with pytest.raises(Refused):
        polling.agree(by=stranger, poll_id=poll.pk, version=0, date_id=first)
    with pytest.raises(Refused):
        polling.end(by=stranger, poll_id=poll.pk, version=0, reason="x")
    with pytest.raises(Refused):
        polling.propose(
            by=stranger, meeting_id=poll.meeting_id, key=first, values=make_polls.proposed(5, 6)
        )
    with pytest.raises(StaleForm):
        choose(poll, version=7)
    assert (DatePoll.objects.get().state, PollAnswer.objects.count()) == ("OPEN", 0)


@pytest.mark.parametrize(
    ("days", "closes"), [((5,), 2), (tuple(range(5, 16)), 2), ((5, 5), 2), ((0, 9), 0), ((5, 6), 5)]
)
def test_dates_that_can_not_be_are_refused(days: tuple[int, ...], closes: int) -> None:
    meeting = make.planned()
    if days[0] == 0:
        days = (-1, 9)
    with pytest.raises(ValidationError):
        make_polls.poll(meeting, *days, closes=closes)
    assert not DatePoll.objects.exists()


def test_a_date_at_which_the_team_meets_is_refused_and_a_second_poll_too() -> None:
    taken = make.convened(DAY + timedelta(days=41))
    meeting = make.planned()
    with pytest.raises(Problem, match="ma już zwołane spotkanie"):
        make_polls.poll(meeting)
    assert not DatePoll.objects.exists()
    poll = make_polls.poll(meeting, 43, 44)
    with pytest.raises(Problem, match="Trwa już ankieta"):
        make_polls.poll(meeting, 45, 46)
    with pytest.raises(Problem, match="Trwa ankieta"):
        planning.convene(by=make.by(), meeting_id=meeting.pk, version=meeting.version)
    assert (DatePoll.objects.get(), taken.state) == (poll, "CONVENED")


def test_a_date_of_a_request_becomes_a_meeting_that_answers_it(member: Membership) -> None:
    wanted = make.request(member.organisation)
    poll = polling.propose_for_request(
        by=make.by(), request_id=wanted.pk, key=wanted.team_id, values=make_polls.proposed(20, 21)
    )
    agreed = choose(poll, 1)
    wanted.refresh_from_db()
    assert (wanted.state, wanted.meeting) == ("ANSWERED", agreed.meeting)
    assert agreed.meeting and agreed.meeting.starts_at == agreed.starts_at
    assert len(mails("MEETING_REQUEST_ANSWERED")) == 1


def test_with_the_meeting_or_the_request_its_poll_ends(member: Membership) -> None:
    meeting = make.planned()
    make_polls.poll(meeting)
    planning.cancel(by=make.by(), meeting_id=meeting.pk, version=0, reason="Niepotrzebne")
    wanted = make.request(member.organisation)
    polling.propose_for_request(
        by=make.by(), request_id=wanted.pk, key=wanted.team_id, values=make_polls.proposed(20, 21)
    )
    requesting.refuse(by=make.by(), request_id=wanted.pk, version=0, reason="Za tydzień")
    assert [*DatePoll.objects.values_list("state", flat=True)] == ["ENDED", "ENDED"]


def test_the_silent_are_reminded_once_before_the_closing_day(partner: Person) -> None:
    poll = make_polls.poll(closes=2)
    make_polls.dates_answered(make_polls.asked_by(poll, make.lead()), "YES")
    assert not polling.to_remind(DAY)  # asked today
    DatePoll.objects.update(created_at=timezone.now() - timedelta(days=2))
    row = make_polls.asked_by(poll, partner)
    assert polling.to_remind(DAY) == [row.pk]
    for _ in range(2):
        polling.remind(respondent_id=row.pk, day=DAY)
    assert [one.payload["email"] for one in mails("POLL_REMINDER")] == [partner.email]
    choose(poll)
    polling.remind(respondent_id=row.pk, day=DAY + timedelta(days=1))
    assert len(mails("POLL_REMINDER")) == 1


def test_its_lines_leave_the_inbox_when_answered_and_when_closed(partner: Person) -> None:
    poll = make_polls.poll()
    Outgoing.objects.filter(kind="MAIL").update(kind="INBOX")  # as of people with an account
    for sent in Outgoing.objects.filter(kind="INBOX"):
        sent.dedupe = sent.dedupe.replace(":MAIL:", ":INBOX:")
        sent.save(update_fields=["dedupe"])
    make_polls.dates_answered(make_polls.asked_by(poll, partner), "YES")
    assert Outgoing.objects.filter(kind="INBOX_DONE").count() == 1
    choose(poll)
    assert Outgoing.objects.filter(kind="INBOX_DONE").count() == 2


def test_its_pages_by_role(partner: Person, partnership: TenantRef, keeper: Client) -> None:
    poll = make_polls.poll()
    make_polls.dates_answered(make_polls.asked_by(poll, partner), "YES", "NO")
    at = f"{partnership.prefix}/spotkania/ankiety/{poll.pk}/"
    reader, _ = make_people.signed_in(partnership, Role.SOCIAL_WORKER)
    seen, other = keeper.get(at).content.decode(), reader.get(at).content.decode()
    assert partner.full_name in seen
    assert "Bez odpowiedzi" in seen
    assert partner.full_name not in other
    assert "Zakończ bez terminu" not in other


def test_what_it_is_about_is_sealed_and_in_no_message(partner: Person) -> None:
    make_polls.poll()
    with connection.cursor() as cursor:
        cursor.execute("SELECT about FROM meetings_datepoll")
        (held,) = cursor.fetchone()
    assert b"ferie" not in bytes(held)
    assert "ferie" not in str(list(Outgoing.objects.values_list("payload", flat=True)))


def test_the_form_takes_rows_of_days_and_hours(keeper: Client, partnership: TenantRef) -> None:
    meeting = make.planned()
    at = f"{partnership.prefix}/spotkania/{meeting.pk}/ankieta/"
    key = keeper.get(at).context["form"]["key"].value()
    day = (DAY + timedelta(days=50)).isoformat()
    fields = {
        "key": key, "lasts": 60, "closes_on": DAY.isoformat(),
        "day_1": day, "starts_1": "9:00", "day_2": day, "starts_2": "9:00", "day_4": day,
    }  # fmt: skip
    wrong = keeper.post(at, fields)
    assert {*wrong.context["form"].errors} == {"day_2", "starts_4"}
    assert not DatePoll.objects.exists()
    fields |= {"starts_2": "12:00", "starts_4": "14.30"}
    assert keeper.post(at, fields).status_code == 302
    with inside(partnership):
        assert DatePoll.objects.get().dates.count() == 3
