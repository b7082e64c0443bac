"""Invitations reach every seat once, and are answered by page, link and calendar (REG §2.6)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from django.core.exceptions import ValidationError
from django.test import Client, override_settings
from django.utils import timezone

from kooperacja.ical import PartStat, Reply
from kooperacja.incoming.mail import Incoming
from kooperacja.notifications.models import Outgoing
from kooperacja.notifications.returned import came_back
from kooperacja.outbox.drain import drain, handlers
from kooperacja.returns import Return
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from tenants.meetings.actions import inviting, planning
from tenants.meetings.addressed import INVITATION_LINKS
from tenants.meetings.invited import reached_of
from tenants.meetings.models.invitations import Answer, SeatInvitation
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.today import answers_wait
from tenants.partnership.models import Membership, PartnershipCoordinator
from tenants.people.followers import follow
from tenants.people.models import Person, RoleAssignment
from tenants.registry.roles import Role
from tests.factories import meetings as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people


@pytest.fixture(autouse=True)
def _inside(partnership: TenantRef) -> Iterator[None]:
    with inside(partnership):
        make.lead()
        yield


@pytest.fixture
def member() -> Membership:
    """A member whose coordinator has a role here."""
    made = make_partnership.member(make_people.organisation(email="biuro@jeden.example"))
    RoleAssignment.objects.create(
        person=made.coordinators.get().person,
        role=Role.PARTNER_COORDINATOR,
        organisation=made.organisation,
        from_on=made.from_on,
        granted_by="test",
    )
    return made


def sent(of: Person) -> SeatInvitation:
    return SeatInvitation.objects.select_related("meeting", "seat").get(seat__person=of)


def mails(begin: str = "") -> list[Outgoing]:
    return list(Outgoing.objects.filter(kind="MAIL", payload__subject__startswith=begin))


def event_in(mail: Outgoing) -> icalendar.Event:
    calendar = icalendar.Calendar.from_ical(mail.payload["calendar"]["text"])
    return calendar.walk("VEVENT")[0]


def test_each_seat_gets_its_own_mail_with_the_meeting_for_a_calendar(member: Membership) -> None:
    meeting = make.convened()
    [mail] = [
        one for one in mails() if one.payload["email"] == member.coordinators.get().person.email
    ]
    event = event_in(mail)
    assert mail.payload["calendar"]["method"] == "REQUEST"
    assert event["DTSTART"].dt.astimezone(UTC) == meeting.starts_at.astimezone(UTC)
    assert (int(event["SEQUENCE"]), str(event["LOCATION"])) == (0, meeting.place)
    assert INVITATION_LINKS.token(sent(member.coordinators.get().person).pk) in mail.payload["text"]


def test_a_move_keeps_the_uid_raises_the_sequence_and_asks_again(member: Membership) -> None:
    meeting = make.convened()
    person = member.coordinators.get().person
    answer(person, Answer.YES)
    planning.edit_meeting(
        by=make.by(),
        meeting_id=meeting.pk,
        version=meeting.version,
        values=make.values(meeting.day + timedelta(days=1)),
    )
    first, second = mails("Zaproszenie")[0], mails("Zmiana")[0]
    assert event_in(first)["UID"] == event_in(second)["UID"]
    assert int(event_in(second)["SEQUENCE"]) == 1
    assert sent(person).answer == ""


def test_a_cancelled_meeting_is_taken_out_of_calendars_and_answered_no_more(
    member: Membership,
) -> None:
    meeting = make.convened()
    planning.cancel(by=make.by(), meeting_id=meeting.pk, version=meeting.version, reason="Choroba")
    assert {one.payload["calendar"]["method"] for one in mails("Odwołano")} == {"CANCEL"}
    with pytest.raises(Problem, match="nie można już odpowiedzieć"):
        answer(member.coordinators.get().person, Answer.YES)


@pytest.mark.parametrize("said", [Answer.YES, Answer.NO])
def test_what_was_answered_stays_when_it_is_cancelled_and_nothing_waits(
    member: Membership, partnership: TenantRef, said: str
) -> None:
    meeting = make.convened()
    person = member.coordinators.get().person
    answer(person, said)
    meeting.refresh_from_db()
    planning.cancel(by=make.by(), meeting_id=meeting.pk, version=meeting.version, reason="Choroba")
    row = sent(person)
    mail = Outgoing.objects.get(kind="MAIL", dedupe__startswith=f"meeting:{meeting.pk}:1:{row.pk}:")
    assert (int(event_in(mail)["SEQUENCE"]), event_in(mail)["UID"]) == (
        1,
        event_in(mails("Zaproszenie")[0])["UID"],
    )
    late = PartStat.DECLINED if said == Answer.YES else PartStat.ACCEPTED
    inviting.handle_reply(incoming(row, person.email.lower(), late, 1), partnership)
    row.refresh_from_db()
    assert (row.answer, row.aside, row.withdrawn_at) == (said, "", None)
    assert list(answers_wait(person, timezone.localdate())) == []


def answer(person: Person, said: str, deputy: str = "") -> SeatInvitation:
    return inviting.answer(
        by=make_people.by(person),
        invitation_id=sent(person).pk,
        answer=said,
        deputy=deputy,
        note="",
    )


def test_one_answers_for_the_own_seat_and_a_deputy_has_a_name(member: Membership) -> None:
    make.convened()
    person = member.coordinators.get().person
    assert [one.title[:9] for one in answers_wait(person, timezone.localdate())] == ["Odpowiedz"]
    with pytest.raises(ValidationError):
        answer(person, Answer.DEPUTY)
    answer(person, Answer.DEPUTY, "Jan Zmyślony")
    assert answer(person, Answer.DEPUTY, "Ewa Zmyślona").deputy == "Ewa Zmyślona"
    assert list(answers_wait(person, timezone.localdate())) == []
    stranger = make_people.by(make_people.person("SOCIAL_WORKER"))
    with pytest.raises(Refused):
        inviting.answer(by=stranger, invitation_id=sent(person).pk, answer="NO", deputy="", note="")
    assert sent(person).answer == Answer.DEPUTY


def test_a_deputy_who_sits_for_another_institution_is_refused_when_answering(
    member: Membership,
) -> None:
    other = make_partnership.member(make_people.organisation()).coordinators.get().person
    make.convened()
    person = member.coordinators.get().person
    with pytest.raises(ValidationError) as wrong:
        answer(person, Answer.DEPUTY, other.full_name.upper())
    assert set(wrong.value.message_dict) == {"deputy"}
    assert sent(person).answer == ""


def test_the_link_answers_without_signing_in_and_looking_changes_nothing(
    member: Membership, partnership: TenantRef
) -> None:
    make.convened()
    row = sent(member.coordinators.get().person)
    at = f"{partnership.prefix}/spotkania/odpowiedz/"
    client = Client()
    assert client.get(f"{at}{INVITATION_LINKS.token(row.pk)}/").status_code == 200
    assert client.head(f"{at}{INVITATION_LINKS.token(row.pk)}/").status_code == 200
    assert sent(member.coordinators.get().person).answer == ""
    assert client.get(f"{at}{row.pk.hex}:nieprawda/").status_code == 404
    answer = {"answer": "NO", "deputy": "", "note": "Urlop"}
    said = client.post(f"{at}{INVITATION_LINKS.token(row.pk)}/", answer, follow=True)
    assert (said.status_code, said.redirect_chain[0][0]) == (
        200,
        f"{at}{INVITATION_LINKS.token(row.pk)}/",
    )
    row.refresh_from_db()
    assert (row.answer, row.note) == (Answer.NO, "Urlop")


def incoming(row: SeatInvitation, sender: str, said: PartStat, sequence: int = 0) -> Incoming:
    reply = Reply(uid="x", sequence=sequence, attendee=sender, partstat=said, comment="")
    return Incoming(sender, "", "", reply, row.pk, "<1@x.example>", datetime.now(UTC))


def test_a_calendar_answers_from_the_invited_address_alone(
    member: Membership, partnership: TenantRef
) -> None:
    make.convened()
    person = member.coordinators.get().person
    row = sent(person)
    inviting.handle_reply(incoming(row, "ktos@inny.example", PartStat.DECLINED), partnership)
    row.refresh_from_db()
    assert (row.answer, "ktos@inny.example" in row.aside) == ("", True)
    inviting.handle_reply(incoming(row, person.email.lower(), PartStat.ACCEPTED), partnership)
    row.refresh_from_db()
    assert (row.answer, row.aside) == (Answer.YES, "")


def test_an_answer_to_an_older_term_is_put_aside(
    member: Membership, partnership: TenantRef
) -> None:
    meeting = make.convened()
    person = member.coordinators.get().person
    Meeting.objects.filter(pk=meeting.pk).update(sequence=2)
    row = sent(person)
    inviting.handle_reply(incoming(row, person.email.lower(), PartStat.ACCEPTED, 1), partnership)
    row.refresh_from_db()
    assert row.answer == ""
    assert row.aside


def test_who_takes_a_seat_is_invited_and_who_gives_it_up_is_told(member: Membership) -> None:
    meeting = make.convened()
    before = len(mails())
    leaving = member.coordinators.get()
    leaving.end(timezone.localdate())
    late = make_partnership.member(make_people.organisation(email="biuro@dwa.example"))
    follow()
    assert sent(leaving.person).withdrawn_at
    assert [one.payload["calendar"]["method"] for one in mails("Odwołano")] == ["CANCEL"]
    assert sent(late.coordinators.get().person).withdrawn_at is None
    # The institution keeps a vacant seat, to which its office's address is invited.
    vacant = SeatInvitation.objects.get(
        meeting=meeting, seat__organisation=member.organisation, seat__person=None
    )
    assert vacant.withdrawn_at is None
    assert len(mails()) == before + 3
    follow()
    assert len(mails()) == before + 3


def test_a_seat_that_is_taken_again_is_invited_anew(member: Membership) -> None:
    meeting = make.convened()
    leaving = member.coordinators.get()
    leaving.end(timezone.localdate())
    follow()
    before = len(mails("Zaproszenie"))
    member.coordinators.update(ended_on=None)
    follow()
    rows = SeatInvitation.objects.filter(meeting=meeting, seat__person=leaving.person)
    assert [bool(row.withdrawn_at) for row in rows.order_by("pk")] == [True, False]
    assert len(mails("Zaproszenie")) == before + 1


def test_on_another_day_those_who_sit_then_are_invited(member: Membership) -> None:
    meeting = make.convened()
    leaving = member.coordinators.get()
    PartnershipCoordinator.objects.filter(pk=leaving.pk).update(
        ended_on=meeting.day + timedelta(days=1)
    )
    follow()
    assert sent(leaving.person).withdrawn_at is None
    planning.edit_meeting(
        by=make.by(),
        meeting_id=meeting.pk,
        version=meeting.version,
        values=make.values(meeting.day + timedelta(days=3)),
    )
    assert sent(leaving.person).withdrawn_at
    assert SeatInvitation.objects.filter(
        meeting=meeting, seat__organisation=member.organisation, seat__person=None
    ).exists()


def test_what_asked_for_an_answer_leaves_the_inbox_with_it(member: Membership) -> None:
    make.convened()
    person = member.coordinators.get().person
    Outgoing.objects.filter(kind="MAIL").update(kind="INBOX")  # as of somebody with an account
    for row in Outgoing.objects.filter(kind="INBOX"):
        row.dedupe = row.dedupe.replace(":MAIL:", ":INBOX:")
        row.save(update_fields=["dedupe"])
    answer(person, Answer.YES)
    done = Outgoing.objects.get(kind="INBOX_DONE")
    of = f"meeting:{sent(person).meeting_id}:0:{sent(person).pk}:"
    asked = Outgoing.objects.filter(kind="INBOX", dedupe__startswith=of)
    assert done.payload == {"source_ids": [str(row.pk) for row in asked]}


def test_the_link_of_who_gave_up_the_seat_shows_nothing_of_the_meeting(
    member: Membership, partnership: TenantRef
) -> None:
    meeting = make.convened()
    leaving = member.coordinators.get()
    row = sent(leaving.person)
    at = f"{partnership.prefix}/spotkania/odpowiedz/{INVITATION_LINKS.token(row.pk)}/"
    shown = Client().get(at).content.decode()
    title = meeting.items.get().title
    assert title in shown
    assert meeting.place in shown
    with inside(partnership):
        leaving.end(timezone.localdate())
        follow()
        planning.cancel(
            by=make.by(), meeting_id=meeting.pk, version=meeting.version, reason="Choroba"
        )
    tries = [Client().get(at), Client().post(at, {"answer": "YES"}), Client().post(at)]
    assert [one.status_code for one in tries] == [200, 409, 409]
    for shown in (one.content.decode() for one in tries):
        assert not [words for words in (title, meeting.place, "Choroba") if words in shown]


def test_the_one_who_runs_it_sees_who_was_reached(member: Membership) -> None:
    nobody = make_partnership.member(make_people.organisation(email=""))
    Person.objects.filter(pk=nobody.coordinators.get().person_id).update(email="")
    meeting = make.convened()
    reached = reached_of(meeting, meeting.invitations.all())
    unreached = sent(nobody.coordinators.get().person).pk
    assert reached[unreached] == "nie ma adresu, pod który można wysłać"
    reader = sent(member.coordinators.get().person)
    assert reached[reader.pk] == "e-mail czeka na wysłanie"
    drain(Outgoing, handlers())
    mail = Outgoing.objects.get(
        kind="MAIL", dedupe__startswith=f"meeting:{meeting.pk}:0:{reader.pk}"
    )
    assert came_back(mail.pk, Return(False, "4.2.2", "452 4.2.2 full"))
    said = reached_of(meeting, meeting.invitations.all())[reader.pk]
    assert said.startswith("e-mail opóźniony ")
    assert said.endswith(": skrzynka jest pełna")


@override_settings(INCOMING_MAIL_ADDRESS="odpowiedzi@kooperacja.example")
def test_answers_of_calendars_have_an_address_of_their_own(member: Membership) -> None:
    make.convened()
    replies = {one.payload["reply_to"] for one in mails()}
    assert len(replies) == len(mails())
    assert all(one.startswith("odpowiedzi+udzial.") for one in replies)
    organisers = {str(event_in(one)["ORGANIZER"]).removeprefix("mailto:") for one in mails()}
    assert organisers == replies
