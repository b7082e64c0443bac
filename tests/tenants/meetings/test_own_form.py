"""Minutes and the list to sign in the office's own Word form, from the approved text (REG §2.9)."""

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx.document import Document as WordDocument
from docx.table import Table
from uuid6 import uuid7

from kooperacja.documents.actions import replace_template
from kooperacja.documents.papers import Paper, newest
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.polish import pl_date
from tenants.meetings.actions import outcomes
from tenants.meetings.models.attendance import in_order
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.models.minutes import Minutes
from tenants.meetings.papers import ATTENDANCE_LIST, MINUTES
from tenants.partnership.models import Partnership
from tenants.registry.roles import Role
from tests.factories import meetings as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.kooperacja.documents.test_pdf import text_of

SCHOOL, DECIDED = "Szkoła Podstawowa w Przykładowie", "Dyżury instytucji zaczynają się w marcu."
SET_RIGHT = "Zamiast „w marcu” powinno być „w kwietniu”."


@pytest.fixture(autouse=True)
def _inside(in_partnership: TenantRef) -> None:
    """Be in a unit whose partnership was founded."""


@pytest.fixture
def keeper(in_partnership: TenantRef) -> Client:
    """Whoever represents the Lider, and so chairs."""
    return make_people.signed_in(in_partnership, Role.LEAD)[0]


@pytest.fixture
def meeting(keeper: Client) -> Meeting:
    """A meeting with a decision, an arrangement and a vacant seat."""
    for name in (SCHOOL, "Dom Kultury w Przykładowie"):
        make_partnership.member(make_people.organisation(name=name))
    held = make.held()
    make.decided(held.items.get())
    make.arrangement(held)
    return held


@pytest.fixture
def approved(meeting: Meeting) -> Minutes:
    meeting.refresh_from_db()
    outcomes.close(by=make.by(), meeting_id=meeting.pk, version=meeting.version)
    draft = make.minutes(Meeting.objects.get(pk=meeting.pk))
    ready = make.over(make.reviewed(draft))
    return make.acts.approve(by=make.by(), minutes_id=ready.pk, version=ready.version)


def table(form: WordDocument, each: str, *fields: str) -> Table:
    """A table as offices draw it: a row of labels, and a row for each of a list."""
    drawn = form.add_table(rows=4, cols=len(fields), style="Table Grid")
    for cell, field in zip(drawn.rows[0].cells, fields, strict=True):
        cell.text = field.partition(".")[2].upper()
    drawn.rows[1].cells[0].text = f"{{%tr for {each} %}}"
    for cell, field in zip(drawn.rows[2].cells, fields, strict=True):
        cell.text = f"{{{{ {field} }}}}" if "." in field else ""
    drawn.rows[3].cells[0].text = "{%tr endfor %}"
    return drawn


def give(paper: Paper, form: WordDocument) -> None:
    made = io.BytesIO()
    form.save(made)
    upload = SimpleUploadedFile("nasz.docx", made.getvalue())
    replace_template(by=make_people.BY, paper=paper, upload=upload, after=0)


def give_minutes() -> None:
    """Our head on each page, a table of the people, the items, and two lines to sign."""
    form = docx.Document()
    form.sections[0].header.paragraphs[0].text = "{{ lead.name }} | NASZ WZÓR"
    form.add_heading("PROTOKÓŁ Nr {{ meeting.number }} z {{ meeting.when }}", 1)
    form.add_paragraph("{% if approved_on %}Zatwierdzono {{ approved_on }}{% endif %}")
    table(form, "one in people", "one.name", "one.function", "one.institution", "one.presence")
    for line in (
        "{%p for item in items %}",
        "Ad {{ item.number }} {{ item.title }}",
        "{{ item.text }}",
        "{%p endfor %}",
    ):
        form.add_paragraph(line)
    table(form, "one in arrangements", "one.number", "one.text", "one.owner", "one.due")
    form.add_paragraph("{% for one in rectifications %}Sprostowanie: {{ one.text }}{% endfor %}")
    signed = form.add_table(rows=1, cols=2).rows[0].cells
    signed[0].text, signed[1].text = "Przewodniczy\n…\n{{ chair }}", "Protokołuje\n…\n{{ taker }}"
    give(MINUTES, form)


def lead_name() -> str:
    return Partnership.objects.get().lead_said


def taken(browser: Client, at: str) -> bytes:
    answer = browser.get(at)
    assert answer.status_code == 200
    return b"".join(answer) if answer.streaming else answer.content


def plain(text: str) -> str:
    """The words, whichever space binds them."""
    return " ".join(text.split())


def cells_of(file: WordDocument) -> list[list[str]]:
    rows = [row for drawn in file.tables for row in drawn.rows]
    return [[plain(cell.text) for cell in row.cells] for row in rows]


def test_approved_minutes_stand_in_the_form_of_the_office(
    keeper: Client, approved: Minutes, in_partnership: TenantRef
) -> None:
    give_minutes()
    words = {"reason": "Błąd pisarski", "text": SET_RIGHT}
    make.acts.rectify(by=make.by(), minutes_id=approved.pk, key=uuid7(), values=words)
    document = newest(MINUTES, approved.pk)
    assert document is not None
    at = f"{in_partnership.prefix}/dokumenty/pliki/{document.docx_id}/"
    file = docx.Document(io.BytesIO(taken(keeper, at)))
    lines = plain("\n".join(one.text for one in file.paragraphs))
    for said in (
        f"PROTOKÓŁ Nr 1/{approved.meeting.year} z {approved.meeting.when}",
        f"Zatwierdzono {pl_date(approved.approved_on)}",
        "Ad 1. Potrzeby seniorów",
        f"Treść decyzji: {DECIDED}",
        f"{SCHOOL} – za (zgoda)",
        "Wynik: przyjęto",
        f"Sprostowanie: {SET_RIGHT}",
    ):
        assert plain(said) in lines
    assert file.sections[0].header.paragraphs[0].text.endswith(" | NASZ WZÓR")
    who, due = approved.chair, approved.meeting.arrangements.get()
    *rows, signed = cells_of(file)
    assert [who, "reprezentuje Lidera", lead_name(), "obecność"] in rows
    assert [due.serial, due.text, "Lider", plain(pl_date(due.due_on))] in rows
    assert signed == [f"Przewodniczy … {who}", f"Protokołuje … {who}"]


def test_the_pdf_of_minutes_says_the_same_over_two_lines_to_sign(
    keeper: Client, approved: Minutes, in_partnership: TenantRef
) -> None:
    document = newest(MINUTES, approved.pk)
    assert document is not None
    file = taken(keeper, f"{in_partnership.prefix}/dokumenty/pliki/{document.pdf_id}/")
    printed = plain(text_of(file))
    arranged = approved.meeting.arrangements.get()
    for said in (
        f"Protokół nr 1/{approved.meeting.year}",
        DECIDED,
        f"{SCHOOL} – za (zgoda)",
        f"{arranged.serial} {arranged.text}",
        f"przewodniczy: {approved.chair} protokołuje: {approved.taker}",
    ):
        assert said in printed


def test_the_list_to_sign_stands_in_the_form_of_the_office(
    keeper: Client, meeting: Meeting, in_partnership: TenantRef
) -> None:
    form = docx.Document()
    form.add_heading("LISTA: {{ meeting.team }}, {{ meeting.place }}", 1)
    table(form, "one in people", "one.name", "one.function", "one.institution", "podpis")
    give(ATTENDANCE_LIST, form)
    at = f"{in_partnership.prefix}/spotkania/{meeting.pk}/lista.docx"
    file = docx.Document(io.BytesIO(taken(keeper, at)))
    assert meeting.place in plain(file.paragraphs[0].text)
    _, *rows = cells_of(file)
    signed = [row.who for row in in_order(meeting.attendance.all())]
    assert ([row[0] for row in rows], {row[3] for row in rows}) == (signed, {""})
    assert SCHOOL in [row[2] for row in rows]
