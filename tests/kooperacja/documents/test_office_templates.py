"""An office's Word form outlives changes of its paper, and is named where it can't."""

from dataclasses import replace
from typing import Any

import pytest
from uuid6 import uuid7

from kooperacja.audit.actor import SYSTEM
from kooperacja.documents import parts as p
from kooperacja.documents import storage
from kooperacja.documents.actions import issue, replace_template
from kooperacja.documents.errors import BadTemplate
from kooperacja.documents.fits import fit_of
from kooperacja.documents.models import Document, OfficeTemplate, StoredFile
from kooperacja.documents.office_templates import own_template, with_former_names
from kooperacja.documents.papers import Paper
from kooperacja.tenancy.ref import TenantRef
from tests.kooperacja.documents.conftest import upload
from tests.kooperacja.documents.test_word import words_of_docx
from tests.kooperacja.documents.test_wordcheck import word

FORM = "Do: {{ to.name }} {% for one in points %}{{ one.text }} {% endfor %}"
NOTE = Paper(
    kind="NOTE",
    name="Notatka",
    title="Notatka",
    short="Notatka",
    example={"to": {"name": "Anna"}, "text": "", "points": [{"text": "raz"}]},
    parts=(p.Title("Notatka"), p.Prose("text")),
)
RENAMED = replace(
    NOTE,
    example={"addressee": {"full_name": "Anna"}, "text": "", "lines": [{"words": "raz"}]},
    renamed={
        "to.name": "addressee.full_name",
        "points": "lines",
        "points[].text": "lines[].words",
        "sender.name": "text",
    },
)


def given(paper: Paper = NOTE, text: str = FORM) -> OfficeTemplate:
    replace_template(by=SYSTEM, paper=paper, upload=upload(word(text), "nasz.docx"), after=0)
    own = own_template(paper.kind)
    assert own is not None
    return own


def text_of(document: Document) -> str:
    assert document.docx is not None
    return " ".join(words_of_docx(storage.read(document.docx.path, pk=document.docx.pk)))


def issued(paper: Paper, **changed: Any) -> Document:
    context = {**paper.example, **changed}
    return issue(by=SYSTEM, paper=paper, subject=uuid7(), title="Pismo", context=context)


def test_a_form_that_knows_a_field_by_its_former_name_is_filled(office: TenantRef) -> None:
    own = given()
    document = issued(RENAMED)
    assert text_of(document) == "Do: Anna raz"
    assert document.context == RENAMED.example
    assert fit_of(own, RENAMED).gained == []


def test_former_names_stand_beside_the_present_ones_and_nothing_is_changed() -> None:
    values: dict[str, Any] = {"addressee": None, "text": "x", "lines": []}
    known = with_former_names(RENAMED, values)
    assert known == {
        **values,
        "to": {"name": None},
        "points": [],
        "sender": {"name": "x"},
    }
    assert values == {"addressee": None, "text": "x", "lines": []}


def test_a_form_that_asks_in_vain_makes_no_document(office: TenantRef) -> None:
    given()
    with pytest.raises(BadTemplate) as refused:
        issued(NOTE, to=None)
    assert refused.value.title == "Szablon ośrodka nie pasuje do dokumentu „Notatka”"
    assert refused.value.status == 422
    assert not Document.objects.exists()
    assert StoredFile.objects.count() == 1
