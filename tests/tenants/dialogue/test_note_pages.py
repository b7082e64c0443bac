"""The author of a note on its pages, from an entry of the log to the paper (REG §6.1)."""

import csv
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from uuid6 import uuid7

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.dialogue.actions import notes
from tenants.dialogue.exit import write_contacts, write_notes
from tenants.dialogue.links import NOTE_LINKS
from tenants.dialogue.models import Contact, Note
from tenants.registry.roles import Role
from tests.factories import dialogue as make
from tests.factories import meetings as make_meetings
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people

AT = "/gmina/gogolin/miedzy-spotkaniami"


@pytest.fixture
def author(partnership: TenantRef) -> Client:
    """The Lider, who has no account of another office."""
    with inside(partnership):
        client, _ = make_people.signed_in(partnership, Role.LEAD)
        make_meetings.pzk()
    return client


def form(**fields: Any) -> dict[str, Any]:
    return {**make.said().values, "key": str(uuid7()), "of": "lider", **fields}


def cost(client: Client, address: str) -> int:
    with CaptureQueriesContext(connections["default"]) as asked:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return len(asked)


def test_from_an_entry_of_the_log_to_a_signed_note(partnership: TenantRef, author: Client) -> None:
    with inside(partnership):
        team = make_meetings.pzk()
    entry = {"key": str(uuid7()), "of": "lider", "with_whom": "Zofia Zmyślona, Urząd"}
    entry |= {
        "channel": "PHONE",
        "held_on": make.said().values["held_on"].isoformat(),
        "subject": "Wspólna sala",
    }
    author.post(f"{AT}/kontakty/nowy/{team.pk}/", entry)
    with inside(partnership):
        contact = Contact.objects.get()
    begun = author.get(f"{AT}/kontakty/{contact.pk}/notatka/").content.decode()
    assert "Wspólna sala" in begun
    assert "nie ma listy, z której można kogoś pominąć" in begun.replace("\xa0", " ")
    sent = form()
    for _ in range(2):  # sent twice it is begun once
        author.post(f"{AT}/kontakty/{contact.pk}/notatka/", sent)
    with inside(partnership):
        note = Note.objects.get()
    assert (str(note.pk), note.contact_id, note.state) == (sent["key"], contact.pk, "DRAFT")
    answer = author.post(f"{AT}/notatki/{note.pk}/podpisz/", {"version": "0"})
    assert answer.status_code == 302
    page = author.get(f"{AT}/notatki/{note.pk}/").content.decode()
    assert f"nr {1}/{note.held_on.year}" in page.replace("\xa0", " ")
    assert "PDF" in page
    assert author.post(f"{AT}/notatki/{note.pk}/zmien/", form(version="1")).status_code == 409


def test_who_begins_a_note_is_ticked_among_those_who_took_part(partnership: TenantRef) -> None:
    with inside(partnership):
        client, lead = make_people.signed_in(partnership, Role.LEAD)
        team = make_meetings.pzk()
        own = team.seats.get(person=lead)
    shown = client.get(f"{AT}/notatki/nowa/{team.pk}/").context["form"]
    [ticked] = [box.data for box in shown["members"] if box.data["selected"]]
    assert (str(ticked["value"]), ticked["label"]) == (str(own.pk), f"{lead}, Lider")


def test_the_log_says_who_talked_with_whom_in_which_of_four_ways(
    partnership: TenantRef, author: Client
) -> None:
    with inside(partnership):
        new = f"{AT}/kontakty/nowy/{make_meetings.pzk().pk}/"
    ways = {"DIRECT": "bezpośrednio", "PHONE": "telefon", "EMAIL": "e-mail", "LETTER": "pismo"}
    plain = {"of": "lider", "with_whom": "Zofia Zmyślona, Urząd", "held_on": "2026-03-02"}
    for channel, way in ways.items():
        sent = {**plain, "key": str(uuid7()), "channel": channel, "subject": f"Sala, {way}"}
        assert author.post(new, sent).status_code == 302
    wrong = {**plain, "key": str(uuid7()), "channel": "PIGEON", "subject": "Sala"}
    assert author.post(new, wrong).status_code == 422
    for channel, way in ways.items():
        [row] = lines(author, sposob=channel)
        assert (row["Temat"], row["Sposób"], row["Z kim"]) == (
            f"Sala, {way}",
            way,
            plain["with_whom"],
        )
        assert (row["Dnia"], row["Kto"].endswith(", Lider")) == ("2026-03-02", True)
    assert lines(author, od="2026-03-03") == []


def lines(reader: Client, **chosen: str) -> list[dict[str, str]]:
    """The log as the file that one may take."""
    taken = reader.get(f"{AT}/kontakty/", {**chosen, "plik": "csv"})
    text = taken.content.decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def test_of_two_windows_the_second_sees_both_texts(partnership: TenantRef, author: Client) -> None:
    with inside(partnership):
        team = make_meetings.pzk()
    author.post(f"{AT}/notatki/nowa/{team.pk}/", form())
    with inside(partnership):
        note = Note.objects.get()
    at = f"{AT}/notatki/{note.pk}/zmien/"
    assert author.post(at, form(version="0", content="Pierwsze okno")).status_code == 302
    late = author.post(at, form(version="0", content="Drugie okno"))
    assert late.status_code == 409
    assert all(text in late.content.decode() for text in ("Pierwsze okno", "Drugie okno"))
    with inside(partnership):
        assert Note.objects.get().content == "Pierwsze okno"


def test_what_the_pages_of_a_draft_cost(partnership: TenantRef, author: Client) -> None:
    with inside(partnership):
        team = make_meetings.pzk()
    author.post(f"{AT}/notatki/nowa/{team.pk}/", form())
    with inside(partnership):
        pk = Note.objects.get().pk
    costs = [cost(author, f"{AT}/notatki/{pk}/{step}/") for step in ("zmien", "podpisz", "wyrzuc")]
    assert costs == [9, 5, 5]


def test_the_link_of_a_mail_opens_the_note_with_what_was_added(
    partnership: TenantRef, author: Client
) -> None:
    with inside(partnership):
        make_partnership.member(make_people.organisation())
        note, draft = make.signed(), make.note(content="Jeszcze nikt tego nie czyta")
        added = notes.supplement(
            by=make_people.by(note.person),
            note_id=note.pk,
            key=uuid7(),
            kind="ADDED",
            reason="Brak",
            text="Dyżur także w sobotę",
        )
        told = [make.notice_without_account(row) for row in (note, added)]
        assert make.notice_without_account(draft) is None
    for notice in told:
        page = Client().get(f"{AT}/notatka/{NOTE_LINKS.token(notice.pk)}/").content.decode()
        assert "Dyżur także w sobotę" in page.replace("\xa0", " ")
    # The link of a note is no link of a risk.
    assert Client().get(f"{AT}/ryzyko/{NOTE_LINKS.token(told[0].pk)}/").status_code == 404


def test_an_office_that_leaves_takes_signed_notes_and_the_log(in_partnership: TenantRef) -> None:
    note, _ = make.signed(), make.note(subject="Projekt")
    contact = make.contact()
    sheets: dict[str, list[Any]] = {}
    pack: Any = SimpleNamespace(sheet=lambda name, head, rows: sheets.update({name: list(rows)}))
    write_notes(pack)
    write_contacts(pack)
    assert [row[0] for row in sheets["notatki/notatki"]] == [note.serial]
    assert contact.subject in sheets["kontakty/rejestr"][0]
