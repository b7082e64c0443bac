"""An answer by mail joins its thread and goes to all; what is in doubt waits (REG §6.2)."""

from email.message import EmailMessage
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.incoming.address import reply_address
from kooperacja.incoming.receiving import Outcome, take
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from tenants.dialogue import answers
from tenants.dialogue.actions import answering
from tenants.dialogue.actions import correspondence as acts
from tenants.dialogue.models import Attachment, HeldAnswer, Message, Notice, Thread
from tenants.dialogue.models.correspondence import HeldReason
from tenants.dialogue.today import answers_held
from tenants.partnership.models import Membership
from tenants.people.followers import follow
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tests.factories import dialogue as make
from tests.factories import meetings as make_meetings
from tests.factories import people as make_people
from tests.tenants.dialogue.test_correspondence import at, mails

DAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _inside(in_partnership: TenantRef, settings: Any) -> None:
    settings.INCOMING_MAIL_ADDRESS = "odpowiedzi@poczta.example.pl"


@pytest.fixture
def member() -> Membership:
    return make.seated("Szkoła")


@pytest.fixture
def school(member: Membership) -> Person:
    return member.coordinators.get().person


@pytest.fixture
def thread(school: Person) -> Thread:
    return make.thread()


def letter(thread: Thread, of: Person, text: str, **headers: str) -> EmailMessage:
    """A mail as somebody sends it, to the address that the newest message gave them."""
    first = thread.messages.order_by("-position").first()
    notice = Notice.objects.get(about=first.pk, seat__person=of)
    mail = EmailMessage()
    mail["From"] = headers.pop("sender", f"Anna <{of.email.upper()}>")
    mail["To"] = headers.pop("to", answers_to(notice))
    mail["Subject"], mail["Message-ID"] = "Odp.: Dyżury", headers.pop("named", "<1@a.example>")
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def answers_to(notice: Notice) -> str:
    [mail] = [one for one in mails() if one["email"] == notice.seat.person.email][-1:]
    return str(mail["reply_to"])


def come(mail: EmailMessage) -> Outcome:
    return take(mail.as_bytes())


def counts() -> tuple[int, int]:
    return Message.objects.count(), HeldAnswer.objects.count()


def test_an_answer_joins_its_thread_and_goes_to_every_member_once(
    thread: Thread, school: Person, member: Membership
) -> None:
    text = "Wyślę jutro.\n\nW dniu 1.12.2026 o 10:00 Gmina pisze:\n> Proszę o listę dyżurów."
    mail = letter(thread, school, text)
    assert [come(mail) for _ in range(3)] == [Outcome.TAKEN, *[Outcome.REPEATED] * 2]
    answer = thread.messages.get(position=2)
    assert (answer.text, answer.person, answer.organisation) == (
        "Wyślę jutro.",
        school,
        member.organisation,
    )
    assert Notice.objects.filter(about=answer.pk).count() == 2
    assert counts() == (2, 0)


def test_the_same_mail_to_two_addresses_joins_once(thread: Thread, school: Person) -> None:
    again = make.answered(thread)
    both = [
        answers_to(Notice.objects.get(about=one.pk, seat__person=school))
        for one in (thread.messages.get(position=1), again)
    ]
    first = make.mail_of(thread.messages.get(position=1), school, "Dobrze.", message_id="<2@a>")
    second = make.mail_of(again, school, "Dobrze.", message_id="<2@a>")
    for one in (first, second):
        answering.take_mail(one, passes=lambda text: True)
    assert (len(both), counts()) == (2, (3, 0))


def test_a_file_comes_along_and_one_that_is_not_what_it_says_is_named(
    thread: Thread, school: Person
) -> None:
    mail = letter(thread, school, "W załączniku.")
    for name, content in (("lista.pdf", make_people.pdf_bytes()), ("zła.pdf", b"MZ")):
        mail.add_attachment(content, "application", "pdf", filename=name)
    assert come(mail) == Outcome.TAKEN
    answer = thread.messages.get(position=2)
    assert [one.name for one in answer.attachments.all()] == ["lista.pdf"]
    assert answer.refused.startswith("„zła.pdf”. To nie jest plik PDF.")
    assert "„zła.pdf”" in mails()[-1]["text"]


@pytest.mark.parametrize(
    ("headers", "outcome", "held"),
    [
        ({"sender": "ktos@inny.example"}, Outcome.TAKEN, 1),
        ({"Auto_Submitted": "auto-replied"}, Outcome.DROPPED, 0),
        ({"Precedence": "bulk"}, Outcome.DROPPED, 0),
        ({"List_Id": "<lista.example>"}, Outcome.DROPPED, 0),
        ({"X_Autoreply": "yes"}, Outcome.DROPPED, 0),
        ({"to": "odpowiedzi+pismo.abc@poczta.example.pl"}, Outcome.NOBODY, 0),
    ],
)
def test_what_did_not_come_from_the_member_reaches_nobody(
    thread: Thread, school: Person, headers: dict[str, str], outcome: Outcome, held: int
) -> None:
    before = len(mails())
    assert come(letter(thread, school, "Zgoda.", **headers)) == outcome
    assert (counts(), len(mails())) == ((1, held), before)
    assert not Outgoing.objects.filter(payload__code="ANSWER_NOT_TAKEN").exists()
    waits = [one.text for one in answers_held(make_meetings.lead(), DAY)]
    assert len(waits) == held


def loop(thread: Thread, people: list[Person], turns: int) -> None:
    """Each answers every mail that comes, also of their own answers, with the same words."""
    for turn in range(turns):
        newest = thread.messages.order_by("-position").first()
        for place, one in enumerate(people):
            text = f"Jestem na urlopie, {one}."
            mail = make.mail_of(newest, one, text, message_id=f"<{turn}.{place}@a.example>")
            answering.take_mail(mail, passes=lambda text: True)


def test_programs_that_answer_all_mail_do_not_answer_each_other_for_ever(
    thread: Thread, school: Person
) -> None:
    loop(thread, [school], turns=4)
    assert counts() == (2, 0)  # what it says is said once
    other = make.seated("Inna", "inna@a.example").coordinators.get().person
    thread = make.thread(subject="Ferie")
    loop(thread, [school, other], turns=6)
    assert thread.messages.count() == 5
    # People who say the same of two things within an hour are heard.
    asked = make.answered(thread, text="A w piątek?")
    for text in ("Tak.", "Tak."):
        mail = make.mail_of(asked, school, text, message_id=f"<{asked.pk}@b.example>")
        answering.take_mail(mail, passes=lambda text: True)
        asked = make.answered(thread, text="A w sobotę?")
    assert [one.text for one in thread.messages.filter(person=school)][-2:] == ["Tak."] * 2


def changing(thread: Thread, of: Person, turns: int, begin: int = 0, **more: Any) -> None:
    """A program answers all that comes, each time with other words."""
    for turn in range(begin, begin + turns):
        newest = thread.messages.order_by("-position").first()
        named = f"<{of.pk}.{turn}@a.example>"
        mail = make.mail_of(newest, of, f"Zgłoszenie nr {turn}.", message_id=named, **more)
        answering.take_mail(mail, passes=lambda text: True)


def test_more_answers_of_one_sender_in_a_day_wait_and_none_is_lost(
    thread: Thread, school: Person
) -> None:
    most = answering.MOST_ANSWERS
    changing(thread, school, turns=most + 3)
    assert counts() == (1 + most, 3)
    assert {(one.reason, one.state) for one in thread.held.all()} == {("MANY", "WAITING")}
    assert [one.text for one in thread.held.order_by("pk")] == [
        f"Zgłoszenie nr {turn}." for turn in range(most, most + 3)
    ]
    # One letter tells of them: a program would answer each.
    told = Outgoing.objects.filter(payload__code="ANSWER_WAITS", kind="MAIL")
    assert [HeldReason.MANY.label in row.payload["text"] for row in told] == [True]
    assert len(list(answers_held(school, DAY))) == 3
    held = thread.held.order_by("pk").first()
    by = make_people.by(school)
    answering.send_held(by=by, held_id=held.pk, version=0, reason="Piszę sama")
    assert counts() == (2 + most, 3)


def test_the_limit_is_of_one_sender_one_thread_and_one_day(thread: Thread, school: Person) -> None:
    other = make.seated("Inna", "inna@a.example").coordinators.get().person
    second = make.thread(subject="Ferie")
    changing(second, school, turns=answering.MOST_ANSWERS)
    for row in (thread, second):
        changing(row, other if row == second else school, turns=1, begin=50)
    assert HeldAnswer.objects.count() == 0
    tomorrow = timezone.now() + answering.MANY_WITHIN
    changing(second, school, turns=1, begin=60)
    assert HeldAnswer.objects.count() == 1
    changing(second, school, turns=1, begin=70, received_at=tomorrow)
    assert HeldAnswer.objects.count() == 1
    made = [make.answered(thread, text=f"Na stronie {turn}.") for turn in range(10)]
    assert (len(made), HeldAnswer.objects.count()) == (10, 1)


def test_an_address_of_another_unit_opens_nothing_here(
    thread: Thread, school: Person, powiat: TenantRef
) -> None:
    notice = Notice.objects.get(about=thread.messages.get().pk, seat__person=school)
    with inside(powiat):
        theirs = reply_address(acts.ANSWERS, notice.pk)
    assert answers_to(notice) != theirs
    assert come(letter(thread, school, "Zgoda.", to=theirs)) == Outcome.TAKEN
    assert counts() == (1, 0)


def end(member: Membership) -> None:
    member.coordinators.get().end(DAY)
    member.end(DAY)
    follow()


def test_an_ended_seat_and_a_closed_thread_take_nothing_and_its_sender_is_told_once(
    thread: Thread, school: Person, member: Membership
) -> None:
    first = letter(thread, school, "Zgoda.")
    second = letter(thread, school, "Halo?", named="<2@a.example>")
    end(member)
    assert {come(first), come(second)} == {Outcome.TAKEN}
    assert counts() == (1, 2)
    told = Outgoing.objects.filter(payload__code="ANSWER_NOT_TAKEN", kind="MAIL")
    assert [row.payload["email"] for row in told] == [school.email]
    held = HeldAnswer.objects.first()
    with pytest.raises(Problem):
        answering.send_held(by=make_meetings.by(), held_id=held.pk, version=0, reason="Bo tak")
    held.refresh_from_db()
    assert (held.state, Message.objects.count()) == ("WAITING", 1)


def test_a_closed_thread_holds_an_answer(thread: Thread, school: Person) -> None:
    acts.close(by=make_meetings.by(), thread_id=thread.pk, version=thread.version)
    assert come(letter(thread, school, "Zgoda.")) == Outcome.TAKEN
    assert HeldAnswer.objects.get().reason == "CLOSED"


@pytest.mark.parametrize(
    ("text", "reason"), [("> cytat", "EMPTY"), ("Za długo. " * 600, "LONG"), ("Pan X", "GUARD")]
)
def test_what_the_guard_or_its_shape_stops_waits_for_its_author(
    thread: Thread, school: Person, text: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "_passes", lambda text: "Pan" not in text)
    assert come(letter(thread, school, text)) == Outcome.TAKEN
    held = HeldAnswer.objects.get()
    assert held.reason == reason
    told = Outgoing.objects.get(payload__code="ANSWER_WAITS", kind="MAIL").payload
    assert (told["email"], HeldReason(reason).label in told["text"]) == (school.email, True)
    assert text not in told["text"]
    assert [one.href for one in answers_held(school, DAY)] == [held.url]
    other = make_people.by(make.seated("Inna", "inna@a.example").coordinators.get().person)
    with pytest.raises(Refused):
        answering.send_held(by=other, held_id=held.pk, version=0, reason="Bo tak")
    answering.send_held(by=make_people.by(school), held_id=held.pk, version=0, reason="To nazwa")
    assert list(answers_held(school, DAY)) == []
    sent = thread.messages.get(position=2)
    assert (sent.person, sent.text) == (school, held.text)
    assert sent.let_in.endswith(f"{school}: To nazwa")


def test_an_author_with_an_account_is_led_to_it_until_somebody_decided(
    thread: Thread, school: Person
) -> None:
    mail = make.mail_of(thread.messages.get(), school, "> cytat")
    Person.objects.filter(pk=school.pk).update(account_id=uuid7())
    answering.take_mail(mail, passes=lambda text: True)
    held = HeldAnswer.objects.get()
    rows = Outgoing.objects.filter(payload__code="ANSWER_WAITS")
    assert rows.get(kind="INBOX").payload["url"] == held.url
    assert held.url in rows.get(kind="MAIL").payload["text"]
    answering.discard_held(by=make_meetings.by(), held_id=held.pk, version=0, reason="Sam cytat")
    done = f"answer-waits:{held.pk}:INBOX_DONE"
    assert Outgoing.objects.filter(kind="INBOX_DONE", dedupe=done).exists()


def test_a_held_answer_takes_its_files_along_or_is_discarded(
    thread: Thread, school: Person
) -> None:
    mail = letter(thread, school, "Zgoda.", sender="ktos@inny.example")
    mail.add_attachment(make_people.pdf_bytes(), "application", "pdf", filename="lista.pdf")
    other = letter(thread, school, "Nie.", sender="ktos@inny.example", named="<2@a.example>")
    assert {come(mail), come(other)} == {Outcome.TAKEN}
    first, second = HeldAnswer.objects.order_by("pk")
    answering.send_held(by=make_meetings.by(), held_id=first.pk, version=0, reason="Dzwoniła")
    assert Attachment.objects.get().message == thread.messages.get(position=2)
    assert "lista.pdf" in mails()[-1]["text"]
    answering.discard_held(by=make_meetings.by(), held_id=second.pk, version=0, reason="Obcy")
    second.refresh_from_db()
    assert (second.state, Message.objects.count()) == ("DISCARDED", 2)


def test_an_office_answers_for_a_seat_that_nobody_has(member: Membership) -> None:
    row = member.coordinators.get()
    row.end(DAY)
    follow()
    thread = make.thread()
    notice = Notice.objects.get(seat__person=None, seat__organisation=member.organisation)
    mail = make.mail_of(thread.messages.get(), None, "Odpowiada sekretariat.")
    assert mail.row_id == notice.pk
    answering.take_mail(mail, passes=lambda text: True)
    answer = thread.messages.get(position=2)
    assert (answer.person, answer.author) == (None, "Szkoła")


def test_the_lider_decides_on_the_page(thread: Thread, in_partnership: TenantRef) -> None:
    client, _ = make_people.signed_in(in_partnership, Role.NETWORK_OFFICER)
    held = make.held(thread)
    page = at(in_partnership, page=f"czeka/{held.pk}/")
    assert "kto@inny.example" in client.get(page).content.decode()
    said = {"version": "0", "decision": "Potwierdziła telefonicznie."}
    assert client.post(f"{page}wyslij/", said).status_code == 302
    assert thread.messages.count() == 2
    shown = client.get(at(in_partnership, thread)).content.decode()
    assert "Potwierdziła telefonicznie." in shown


def test_others_see_nothing_of_a_held_answer(
    thread: Thread, member: Membership, in_partnership: TenantRef
) -> None:
    of: Organisation = member.organisation
    client: Client = make_people.signed_in(
        in_partnership, Role.PARTNER_COORDINATOR, organisation=of
    )[0]
    held = make.held(thread)
    assert client.get(at(in_partnership, page=f"czeka/{held.pk}/")).status_code == 403
    assert client.get(at(in_partnership, page="czeka/")).status_code == 403
    assert "czeka odpowiedź" not in client.get(at(in_partnership, thread)).content.decode()
