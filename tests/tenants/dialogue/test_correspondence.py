"""A message goes to every member at once, each once; whoever reads it here is known (REG §6.2)."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from tenants.dialogue import demo
from tenants.dialogue.actions import correspondence as acts
from tenants.dialogue.actions import telling
from tenants.dialogue.everyone import LETTERS
from tenants.dialogue.models import Attachment, Message, Notice, Reading, Thread
from tenants.dialogue.today import messages_unread
from tenants.partnership.models import Membership
from tenants.people.followers import follow
from tenants.people.models import Person
from tenants.registry.roles import Role
from tenants.teams.models import Seat
from tests.factories import dialogue as make
from tests.factories import meetings as make_meetings
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.tenants.reading import text_of

DAY = timezone.localdate()
WHY_ALL = ("Nie ma listy adresatów", "Rozmowę dwóch stron zapisuje się potem w notatce służbowej")


@pytest.fixture(autouse=True)
def _inside(in_partnership: TenantRef, settings: Any) -> None:
    settings.INCOMING_MAIL_ADDRESS = "odpowiedzi@poczta.example.pl"


@pytest.fixture
def lead(in_partnership: TenantRef) -> tuple[Client, Person]:
    return make_people.signed_in(in_partnership, Role.LEAD)


@pytest.fixture
def member() -> Membership:
    return make.seated("Szkoła")


@pytest.fixture
def coordinator(member: Membership) -> Person:
    return member.coordinators.get().person


def mails() -> list[dict[str, Any]]:
    rows = Outgoing.objects.filter(kind="MAIL", payload__code="MESSAGE_SENT")
    return [row.payload for row in rows.order_by("id")]


def at(tenant: TenantRef, thread: Thread | None = None, page: str = "") -> str:
    of = f"{thread.pk}/" if thread else ""
    return f"{tenant.prefix}/miedzy-spotkaniami/korespondencja/{of}{page}"


def new_at(tenant: TenantRef) -> str:
    return at(tenant, page=f"nowa/{make_meetings.pzk().pk}/")


def form(**more: Any) -> dict[str, Any]:
    plain = {"key": str(uuid7()), "of": "lider", "subject": "Dyżury", "text": "Proszę o listę."}
    return plain | more


def test_a_message_goes_to_every_seat_at_once_and_each_mail_has_its_own_address(
    lead: tuple[Client, Person], member: Membership, in_partnership: TenantRef
) -> None:
    make_partnership.member(make_people.organisation())
    new = new_at(in_partnership)
    why = text_of(lead[0].get(new))
    assert all(words in why for words in WHY_ALL)
    assert lead[0].post(new, form()).status_code == 302
    message = Message.objects.get()
    taken = Seat.objects.taken(DAY).values_list("pk", flat=True)
    notices = Notice.objects.filter(about=message.pk)
    assert sorted(notices.values_list("seat", flat=True)) == sorted(taken)
    sent = mails()
    assert len(sent) == notices.exclude(recipient="").count() == 3
    assert len({mail["reply_to"] for mail in sent}) == 3
    for mail in sent:
        assert "Proszę o listę." in mail["text"]
        assert mail["subject"].startswith("Dyżury (Korespondencja nr 1/")
        assert "Nie odpowiadaj" not in mail["text"]
    # The inbox lies outside the tenant and knows no subject.
    [line] = Outgoing.objects.filter(kind="INBOX")
    assert "Dyżury" not in line.payload["title"]


def test_two_sends_of_one_form_are_one_message(
    lead: tuple[Client, Person], member: Membership, in_partnership: TenantRef
) -> None:
    new, sent = new_at(in_partnership), form()
    for _ in range(2):
        lead[0].post(new, sent)
    assert (Thread.objects.count(), Message.objects.count()) == (1, 1)
    answer = at(in_partnership, Thread.objects.get(), "odpowiedz/")
    sent = form(text="Już wysyłam.")
    for _ in range(2):
        lead[0].post(answer, sent)
    assert Message.objects.count() == 2
    assert len(mails()) == 4


def test_files_stay_here_and_what_is_no_pdf_is_refused_with_a_sentence(
    lead: tuple[Client, Person], member: Membership, in_partnership: TenantRef
) -> None:
    new = new_at(in_partnership)
    fake = SimpleUploadedFile("lista.pdf", b"MZ to nie PDF", content_type="application/pdf")
    refused = lead[0].post(new, form(file=[make_people.pdf("a.pdf"), fake]))
    assert (refused.status_code, "To nie jest plik PDF" in refused.content.decode()) == (422, True)
    assert not Thread.objects.exists()
    files = [make_people.pdf(f"Lista {number}.pdf") for number in range(5)]
    assert lead[0].post(new, form(file=files)).status_code == 302
    rows = list(Attachment.objects.order_by("position"))
    assert [row.name for row in rows] == [f"Lista {number}.pdf" for number in range(5)]
    assert all("Lista 0.pdf" in mail["text"] for mail in mails())
    page = lead[0].get(at(in_partnership, Thread.objects.get())).content.decode()
    assert "Lista 4.pdf" in page
    file = f"{in_partnership.prefix}/dokumenty/pliki/{rows[0].file_id}/"
    assert lead[0].get(file).status_code == 200
    more = lead[0].post(new, form(file=[*files, make_people.pdf("b.pdf")]))
    assert more.status_code == 422


def test_a_file_that_the_browser_drops_is_asked_for_again_before_the_text_goes_without_it(
    lead: tuple[Client, Person], member: Membership, in_partnership: TenantRef
) -> None:
    files = [make_people.pdf("Lista dyżurów.pdf"), make_people.pdf("Mapa.pdf")]
    doubtful = form(text="Dzwoni p. Wiśniewska.", file=files)
    refused = lead[0].post(new_at(in_partnership), doubtful)
    assert refused.status_code == 422
    said = "Załączniki: Wybierz jeszcze raz pliki „Lista dyżurów.pdf”, „Mapa.pdf”: przeglądarka"
    assert said in text_of(refused)
    assert "Sprawdź dane osobowe, zanim wyślesz" in text_of(refused)
    assert not Thread.objects.exists()


def test_reading_takes_the_line_out_of_ones_own_inbox_alone(
    lead: tuple[Client, Person], in_partnership: TenantRef
) -> None:
    client, other = make_people.signed_in(in_partnership, Role.NETWORK_OFFICER)
    thread = make.thread(lead[1])
    assert [one.rest for one in messages_unread(other, DAY)] == [f" nowe wiadomości ({thread})"]
    assert list(messages_unread(lead[1], DAY)) == []
    client.get(at(in_partnership, thread))
    assert list(messages_unread(other, DAY)) == []
    done = Outgoing.objects.filter(kind="INBOX_DONE")
    assert [row.dedupe.split(":")[-2] for row in done] == [
        str(lead[1].account_id),
        str(other.account_id),
    ]
    client.get(at(in_partnership, thread))
    assert (done.count(), Reading.objects.count()) == (2, 2)


def test_the_author_and_the_lider_see_who_was_reached_and_a_member_that_all_were(
    lead: tuple[Client, Person], member: Membership, in_partnership: TenantRef
) -> None:
    thread = make.thread(lead[1])
    seen = text_of(lead[0].get(at(in_partnership, thread)))
    assert "e-mail czeka na wysłanie" in seen
    assert seen.count("przeczytane w Kooperacji") == 1
    assert seen.count("nie otwarto w Kooperacji") == Notice.objects.count() - 1
    client, _ = make_people.signed_in(
        in_partnership, Role.PARTNER_COORDINATOR, organisation=member.organisation
    )
    seen = text_of(client.get(at(in_partnership, thread)))
    assert "Wysłano do wszystkich członków zespołu" in seen
    assert "czeka na wysłanie" not in seen


def test_whoever_has_no_seat_writes_to_nobody(member: Membership) -> None:
    worker = make_people.person(Role.SOCIAL_WORKER)
    thread = make.thread()
    with pytest.raises(Refused):
        make.thread(worker)
    with pytest.raises(Refused):
        make.answered(thread, worker)
    assert Message.objects.count() == 1


def test_a_closed_thread_is_answered_no_more(
    lead: tuple[Client, Person],
    member: Membership,
    coordinator: Person,
    in_partnership: TenantRef,
) -> None:
    thread = make.thread(coordinator, of=member.organisation)
    close = at(in_partnership, thread, "zamknij/")
    assert lead[0].post(close, {"version": str(thread.version)}).status_code == 302
    with pytest.raises(Problem, match="zamknięta"):
        make.answered(thread, lead[1])
    assert Message.objects.count() == 1
    assert lead[0].get(at(in_partnership, thread, "odpowiedz/")).status_code == 409


def test_only_its_author_or_the_lider_closes_a_thread(member: Membership) -> None:
    thread = make.thread()
    other = member.coordinators.get().person
    with pytest.raises(Refused):
        acts.close(by=make_people.by(other), thread_id=thread.pk, version=thread.version)
    thread.refresh_from_db()
    assert thread.is_open


def test_whoever_joins_before_the_delivery_gets_it_and_who_left_gets_no_later_answer(
    member: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.letters_at_once(monkeypatch, 1)
    thread = make.thread()
    joined = make_partnership.member(make_people.organisation(name="Poradnia"))
    for row in Outgoing.objects.filter(kind=LETTERS, done_at=None).order_by("id"):
        telling.write_letters(**row.payload)
    late = Notice.objects.filter(is_late=True).select_related("seat__organisation")
    assert [notice.seat.organisation for notice in late] == [joined.organisation]
    assert joined.coordinators.get().person.email in {mail["email"] for mail in mails()}
    gone = member.coordinators.get()
    gone.end(DAY)
    member.end(DAY)
    follow()
    make.answered(thread)
    for row in Outgoing.objects.filter(kind=LETTERS, done_at=None).order_by("id"):
        telling.write_letters(**row.payload)
    assert [mail["email"] for mail in mails()].count(gone.person.email) == 1


def test_the_journal_has_no_subject_and_no_word(lead: tuple[Client, Person]) -> None:
    thread = make.thread(lead[1])
    make.answered(thread, lead[1])
    for entry in Entry.objects.all():
        kept = f"{entry.object_label}{entry.why}{entry.data}"
        said = (thread.subject, *(message.text for message in thread.messages.all()))
        assert not any(words in kept for words in said)
    assert {*Entry.objects.values_list("verb", flat=True)} >= {"THREAD_BEGUN", "THREAD_ANSWERED"}


def test_words_are_found_in_subjects_and_messages(
    lead: tuple[Client, Person], in_partnership: TenantRef
) -> None:
    make.answered(make.thread(lead[1], subject="Dyżury"), lead[1], text="Grafik zimowy.")
    make.thread(lead[1], subject="Inna sprawa")
    found = lead[0].get(at(in_partnership), {"szukaj": "grafik"}).content.decode()
    assert ("Dyżury" in found, "Inna sprawa" in found) == (True, False)
    assert "Dyżury" not in lead[0].get(at(in_partnership), {"nowe": "nie"}).content.decode()


@pytest.mark.parametrize("unit", ["Gogolin"])
def test_the_demo_shows_threads_with_answers_a_file_and_a_refused_mail(
    member: Membership, unit: str
) -> None:
    make_meetings.past()
    for _ in range(2):  # it may be written twice
        demo.write_threads(unit, DAY)
    assert sorted(Thread.objects.values_list("state", "count")) == [
        ("CLOSED", 2),
        ("OPEN", 2),
        ("OPEN", 2),
    ]
    assert Attachment.objects.get().name == "Lista dyżurów.pdf"
    assert Outgoing.objects.filter(attempts=6).count() == 1
