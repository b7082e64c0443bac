"""What was typed before and goes to all only now is looked at once more (REG §6.1 s.3)."""

from typing import Any

import pytest
from django.test import Client

from kooperacja.audit.models import Entry
from kooperacja.guard.forms import REASON, SEEN
from kooperacja.guard.kinds import PASSED, Kind
from kooperacja.tenancy.ref import TenantRef
from tenants.data_protection.actions import set_guard_rule
from tenants.data_protection.models import rule_of
from tenants.dialogue.models import Message, Note, Notice
from tenants.registry.roles import Role
from tests.factories import dialogue as make
from tests.factories import meetings as make_meetings
from tests.factories import people as make_people
from tests.tenants.reading import HOME, text_of

AT = f"{HOME}miedzy-spotkaniami/"
WHY = "To dane osoby publicznej"


@pytest.fixture
def author(in_partnership: TenantRef) -> Client:
    """The Lider, whose notes the factories write past the forms, as if nothing was found then."""
    client, _ = make_people.signed_in(in_partnership, Role.LEAD)
    make_meetings.pzk()
    return client


def sign(client: Client, row: Note, **more: str) -> Any:
    return client.post(f"{AT}notatki/{row.pk}/podpisz/", {"version": row.version, **more})


def passed() -> list[str]:
    return [one.why for one in Entry.objects.filter(verb=PASSED)]


def test_a_note_is_looked_at_when_it_is_signed(author: Client) -> None:
    row = make.note(content="Byłem u rodziny Kowalskich.", effect="Dzwonić do Anny Kowalskiej.")
    held = sign(author, row)
    told = text_of(held)
    assert held.status_code == 422
    assert "Treść rozmowy: „rodziny Kowalskich” wygląda na nazwisko" in told
    assert "Wpływ na osiągnięcie celu: „Anny Kowalskiej” wygląda na imię i nazwisko" in told
    row.refresh_from_db()
    assert (row.state, Notice.objects.count(), passed()) == ("DRAFT", 0, [])
    seen = held.context["form"].data[SEEN]
    assert sign(author, row, **{REASON: WHY, SEEN: seen}).status_code == 302
    row.refresh_from_db()
    assert (row.state, passed()) == ("SIGNED", [WHY])
    assert Notice.objects.filter(about=row.pk).exists()


def test_whoever_took_part_and_their_institutions_pass(author: Client) -> None:
    row = make.note(others="Anna Kowalska, Szkoła w Zmyślonej\nJan Nowak, brat")
    told = text_of(sign(author, row))
    assert "Inni uczestnicy: „Jan Nowak” wygląda na imię i nazwisko" in told
    assert "Anna Kowalska" not in told
    assert sign(author, make.note(others="Anna Kowalska, Szkoła w Zmyślonej")).status_code == 302


def test_a_task_of_a_note_is_looked_at_too(author: Client) -> None:
    row = make.note()
    seat = make_meetings.pzk().seats.exclude(person=None).order_by("pk").first()
    row.tasks.create(position=1, text="Zadzwonić: 600 700 800", seat=seat, due_on=row.held_on)
    assert "Ustalenie 1: „600 700 800” wygląda na numer telefonu" in text_of(sign(author, row))
    row.refresh_from_db()
    assert row.state == "DRAFT"


def test_what_the_office_blocks_meanwhile_is_not_signed_whatever_the_reason(
    author: Client,
) -> None:
    row = make.note(content="Telefon: 600 700 800.")
    rules = {rule_of(kind): "WARN" for kind in Kind} | {"phone_rule": "BLOCK"}
    set_guard_rule(by=make_meetings.by(), version=0, values=rules)
    held = sign(author, row, **{REASON: WHY})
    assert (held.status_code, "Tego nie można wysłać" in text_of(held)) == (422, True)
    row.refresh_from_db()
    assert (row.state, Notice.objects.count(), passed()) == ("DRAFT", 0, [])


def test_an_answer_that_waited_for_its_address_is_looked_at_when_it_is_sent(
    author: Client,
) -> None:
    held = make.held(make.thread(), text="Byłem u rodziny Kowalskich.")
    at = f"{AT}korespondencja/czeka/{held.pk}/wyslij/"
    stopped = author.post(at, {"version": 0, "decision": "Znam ten adres"})
    assert "Treść: „rodziny Kowalskich” wygląda na nazwisko" in text_of(stopped)
    held.refresh_from_db()
    assert (held.state, Message.objects.count(), passed()) == ("WAITING", 1, [])
    seen = stopped.context["form"].data[SEEN]
    sent = {"version": 0, "decision": "Znam ten adres", REASON: WHY, SEEN: seen}
    assert author.post(at, sent).status_code == 302
    assert (Message.objects.count(), passed()) == (2, [WHY])


def test_one_that_the_guard_holds_is_sent_with_the_reason_asked_for_anyway(author: Client) -> None:
    held = make.held(make.thread(), text="Byłem u rodziny Kowalskich.", guard=True)
    at = f"{AT}korespondencja/czeka/{held.pk}/wyslij/"
    sent = author.post(at, {"version": 0, "decision": "To nazwa zespołu"})
    assert (sent.status_code, Message.objects.count()) == (302, 2)
