"""The pack of a meeting: agenda, open arrangements and files as one PDF, for whom they are."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kooperacja.audit.models import Entry
from kooperacja.documents import perms as documents
from kooperacja.documents import preparing, storage
from kooperacja.documents.models import DOCX, PreparedFile
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.meetings.actions import attaching, packing
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.models.papers import ItemPaper
from tenants.meetings.pack import pack_context
from tenants.registry.roles import Role
from tests.factories import meetings as make
from tests.factories import people as make_people


@pytest.fixture
def place(partnership: TenantRef) -> Iterator[TenantRef]:
    with inside(partnership):
        yield partnership


def upload(width: int) -> SimpleUploadedFile:
    made, content = pikepdf.new(), io.BytesIO()
    made.add_blank_page(page_size=(width, 300))
    made.save(content)
    return SimpleUploadedFile("plan.pdf", content.getvalue())


def packed() -> tuple[Meeting, list[ItemPaper]]:
    """A convened meeting of two items with a file each, and something to check."""
    make.arrangement(make.past(), text="Spisać dyżury")
    meeting = make.planned()
    second = make.item(meeting, "Dyżury w święta")
    first = meeting.items.order_by("position")[0]
    papers = [make.paper(second, "Grafik", upload(202)), make.paper(first, "Plan", upload(201))]
    make.planning.convene(by=make.by(), meeting_id=meeting.pk, version=meeting.version)
    return Meeting.objects.get(pk=meeting.pk), papers


def pack_at(meeting: Meeting, place: TenantRef, kind: str = "pdf") -> str:
    return f"{place.prefix}/spotkania/{meeting.pk}/materialy.{kind}"


def words_of(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as pdf:
        text = " ".join(page.get_textpage().get_text_bounded() for page in pdf)
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def fetched(browser: Client, at: str) -> bytes:
    answer = browser.get(at)
    assert answer.status_code == 200
    return b"".join(answer) if answer.streaming else answer.content  # type: ignore[arg-type]


def test_it_has_the_agenda_what_to_check_and_each_file_in_its_place(place: TenantRef) -> None:
    meeting, _ = packed()
    browser, _ = make_people.signed_in(place, Role.SOCIAL_WORKER)
    content = fetched(browser, pack_at(meeting, place))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert [int(page.mediabox[2]) for page in pdf.pages] == [595, 595, 201, 595, 202]
    said = words_of(content)
    for words in ("Potrzeby seniorów", "Spisać dyżury", "Załącznik nr 1: Plan"):
        assert words in said
    with inside(place):
        entry = Entry.objects.get(verb="PACK_TAKEN")
        assert len(entry.data["papers"][1]) == 2


def test_a_file_that_is_broken_is_named_and_the_rest_comes(
    place: TenantRef, monkeypatch: Any
) -> None:
    meeting, (_, plan) = packed()
    content_of = storage.content_of
    broken = {plan.file_id: b"%PDF-1.7 nic"}
    monkeypatch.setattr(storage, "content_of", lambda kept: broken.get(kept.pk) or content_of(kept))
    browser, _ = make_people.signed_in(place, Role.LEAD)
    content = fetched(browser, pack_at(meeting, place))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert [int(page.mediabox[2]) for page in pdf.pages] == [595, 595, 202]
    assert "plik jest uszkodzony" in words_of(content)


def test_in_word_the_files_stand_apart(place: TenantRef) -> None:
    meeting, _ = packed()
    context = pack_context(meeting, make.lead(), make.by().today, DOCX)
    assert context["enclosed"] == []
    assert [one["title"] for one in context["apart"]] == ["Plan", "Grafik"]


def test_a_large_one_is_made_in_the_background_for_who_reads_all_of_it(
    place: TenantRef, monkeypatch: Any, settings: Any, tmp_path: Path
) -> None:
    settings.VAR_DIR = tmp_path
    meeting, papers = packed()
    monkeypatch.setattr(packing, "is_long", lambda *given: True)
    browser, worker = make_people.signed_in(place, Role.SOCIAL_WORKER)
    at = browser.get(pack_at(meeting, place)).headers["location"]
    assert at.endswith("/materialy/przygotuj/")
    assert browser.post(at).status_code == 302
    with inside(place):
        assert preparing.draw_next()
        prepared = PreparedFile.objects.get()
        assert prepared.state == "READY"
        assert documents.take_prepared(worker, prepared)
        attaching.detach(by=make.by(), paper_id=papers[0].pk)
        assert not documents.take_prepared(worker, prepared)


def test_before_it_is_convened_the_pack_is_of_those_who_prepare_it(place: TenantRef) -> None:
    meeting = make.planned()
    browser, _ = make_people.signed_in(place, Role.SOCIAL_WORKER)
    keeper, _ = make_people.signed_in(place, Role.LEAD)
    answers = [one.get(pack_at(meeting, place)).status_code for one in (browser, keeper)]
    assert answers == [404, 200]
    with inside(place):
        assert Entry.objects.filter(verb="PACK_TAKEN").count() == 1
