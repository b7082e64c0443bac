"""A file that is not what it says comes to nobody, by a page or by mail (REG §6.2, fn.1)."""

import io
import zipfile
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pikepdf import Dictionary, Name, String
from uuid6 import uuid7

from kooperacja.documents.models import StoredFile
from kooperacja.incoming.receiving import Outcome
from kooperacja.tenancy.ref import TenantRef
from tenants.dialogue.models import Attachment, Material, Message, Thread
from tenants.registry.roles import Role
from tests.factories import dialogue as make
from tests.factories import meetings as make_meetings
from tests.factories import people as make_people
from tests.factories import plan as make_plan
from tests.tenants.dialogue.test_answers import come, letter
from tests.tenants.dialogue.test_correspondence import mails
from tests.tenants.reading import HOME, text_of

AT = f"{HOME}miedzy-spotkaniami/"


def zipped(name: str, content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return made.getvalue()


def with_script() -> bytes:
    made, content = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    made.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    made.save(content)
    return content.getvalue()


FALSE = {
    "a Word file": (zipped("word/document.xml", b"<w/>"), "To plik programu Word."),
    "a script": (with_script(), "JavaScript"),
    "a bomb": (zipped("zera", bytes(20 * 1024 * 1024)), "To archiwum ZIP."),
    "nothing": (b"", "jest pusty"),
}
# As it came, and as it is shown.
NAMES = {
    "../../etc/passwd.pdf": "passwd.pdf",
    "C:\\Temp\\lista.pdf": "lista.pdf",
    "lista\u202efdp.exe": "listafdp.exe",
}
every = pytest.mark.parametrize(("content", "words"), FALSE.values(), ids=FALSE)


@pytest.fixture
def lead(in_partnership: TenantRef, settings: Any) -> Client:
    settings.INCOMING_MAIL_ADDRESS = "odpowiedzi@poczta.example.pl"
    client, _ = make_people.signed_in(in_partnership, Role.LEAD)
    make_meetings.pzk()
    return client


def pages() -> dict[str, dict[str, Any]]:
    """Each page of the app that takes a file, with what is sent beside it."""
    team, thread, plan = make_meetings.pzk().pk, make.thread(), make_plan.draft()
    material = make.material()
    said = {"of": "lider", "text": "W załączniku."}
    return {
        f"korespondencja/nowa/{team}/": {**said, "key": uuid7(), "subject": "Dyżury"},
        f"korespondencja/{thread.pk}/odpowiedz/": {**said, "key": uuid7()},
        f"materialy/nowy/{team}/": {**said, "key": uuid7(), "title": "Poradnik", "topic": ""},
        f"materialy/{material.pk}/wersja/": {"key": uuid7(), "version": material.version},
        f"plany/{plan.pk}/przyjety/": {
            "version": plan.version,
            "adopted_on": plan.from_on.isoformat(),
            "meeting": "",
        },
    }


def kept() -> tuple[int, ...]:
    plan = make_plan.ActionPlan.objects.filter(state="ADOPTED")
    rows = (Thread.objects, Message.objects, Material.objects, StoredFile.objects, plan)
    return tuple(one.count() for one in rows)


@every
def test_no_page_takes_it(lead: Client, content: bytes, words: str) -> None:
    asked = pages()
    before = kept()
    for page, sent in asked.items():
        answer = lead.post(AT + page, {**sent, "file": SimpleUploadedFile("lista.pdf", content)})
        assert (answer.status_code, page) == (422, page)
        assert words in text_of(answer), page
        assert kept() == before, page
    for page, sent in asked.items():  # with a PDF each is taken
        answer = lead.post(AT + page, {**sent, "file": make_people.pdf()})
        assert (answer.status_code, page) == (302, page)


@every
def test_by_mail_it_is_named_and_stays_out(lead: Client, content: bytes, words: str) -> None:
    author = make.seated("Szkoła").coordinators.get().person
    thread = make.thread()
    mail = letter(thread, author, "W załączniku.")
    mail.add_attachment(content, "application", "pdf", filename="lista.pdf")
    assert come(mail) == Outcome.TAKEN
    answer = thread.messages.get(position=2)
    assert answer.refused.startswith("„lista.pdf”. ")
    assert words in answer.refused
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(("given", "shown"), NAMES.items())
@pytest.mark.parametrize("is_taken", [True, False])
def test_by_mail_a_name_hides_nothing(lead: Client, given: str, shown: str, is_taken: bool) -> None:
    author = make.seated("Szkoła").coordinators.get().person
    thread = make.thread()
    mail = letter(thread, author, "W załączniku.")
    content = make_people.pdf_bytes() if is_taken else b"MZ"
    mail.add_attachment(content, "application", "pdf", filename=given)
    assert come(mail) == Outcome.TAKEN
    answer = thread.messages.get(position=2)
    named = [one.name for one in answer.attachments.all()]
    assert named == ([shown if shown.endswith(".pdf") else f"{shown}.pdf"] if is_taken else [])
    begins = "" if is_taken else f"„{shown}”. To nie jest plik PDF."
    assert (bool(answer.refused), answer.refused.startswith(begins)) == (not is_taken, True)
    told = mails()[-1]["text"]
    assert (shown in told, "\u202e" in told, "etc/" in told) == (True, False, False)


def test_a_page_shows_a_name_that_hides_nothing(lead: Client) -> None:
    new = f"{AT}korespondencja/nowa/{make_meetings.pzk().pk}/"
    for given, shown in NAMES.items():
        sent = {"of": "lider", "text": "Lista.", "key": uuid7(), "subject": "Dyżury"}
        assert lead.post(new, {**sent, "file": make_people.pdf(given)}).status_code == 302
        row = Attachment.objects.order_by("-pk").first()
        assert row is not None
        assert row.name == (shown if shown.endswith(".pdf") else f"{shown}.pdf")
