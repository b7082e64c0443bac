"""A paper is written once: one list of parts makes its PDF, its Word form and its fields."""

import io
from typing import Any

import docx
import pytest
from uuid6 import uuid7

from kooperacja.audit.actor import SYSTEM
from kooperacja.documents import parts as p
from kooperacja.documents import pdfcheck
from kooperacja.documents.actions import issue
from kooperacja.documents.page import page_of
from kooperacja.documents.papers import Paper, newest, offered, require_fields
from kooperacja.documents.pdf import render_pdf
from kooperacja.documents.wordcheck import check_template
from kooperacja.documents.wordform import form
from kooperacja.tenancy.ref import TenantRef
from tests.kooperacja.documents.test_pdf import opened, tags_of, text_of
from tests.kooperacja.documents.test_word import said_in, word_of, words_of_docx

LETTER = Paper(
    kind="LETTER",
    name="Pismo",
    title="Pismo do: {{ to.name }}",
    short="Pismo",
    example={
        "to": {"name": "Anna & Jan", "position": ""},
        "text": "Pierwszy akapit.\n\nDrugi <akapit>.",
        "is_urgent": True,
        "points": [{"text": "raz"}, {"text": "dwa"}],
    },
    parts=(
        p.Note("R&D <b> „projekt”"),
        p.Title("Pismo"),
        p.Heading("Do kogo"),
        p.Facts({"Adresat": "to.name", "Stanowisko": "to.position"}),
        p.Text("{% if is_urgent %}**Pilne**\n{% endif %}i ważne."),
        p.Prose("text"),
        p.Numbered("pierwszy", "drugi"),
        p.Subheading("Punkty"),
        p.Numbered("znów pierwszy"),
        p.Each("point in points", p.Clause("{{ loop.index }})", "{{ point.text }}", depth=2)),
        p.Cases(p.Case("not is_urgent", p.Text("Powoli.")), p.Case("", p.Centred("Szybko."))),
        p.FactsOf("point in points", "loop.index", "point.text", "to.name"),
        p.Table("point in points", p.Column("Punkt", "point.text", 60), is_small=True),
        p.NewPage("Dalej", p.Opening("lewo", "prawo")),
        p.Box("Ramka", p.Signatures(p.Signature("podpis", "to"))),
    ),
)
PAPERS = [LETTER, *offered()]
of_every_paper = pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.kind)


@of_every_paper
def test_both_forms_say_the_same(paper: Paper) -> None:
    printed = said_in(page_of(paper, paper.example))
    assert "".join(words_of_docx(word_of(paper, dict(paper.example)))) == "".join(printed)


@of_every_paper
def test_the_pdf_is_for_everyone(paper: Paper) -> None:
    content = render_pdf(paper, paper.example)
    pdf = opened(content)
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "pl"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert {"/Document", "/H1", "/P"} <= tags_of(pdf)
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"]
    assert pdfcheck.inspect(content) == len(pdf.pages)


@of_every_paper
def test_its_own_form_asks_for_its_fields_alone(paper: Paper) -> None:
    check_template(form(paper), paper.example)


def test_what_is_written_in_a_part_is_printed_not_obeyed() -> None:
    page, text = page_of(LETTER, LETTER.example), text_of(render_pdf(LETTER, LETTER.example))
    assert "R&amp;D &lt;b&gt; „projekt”" in page
    assert "<strong>Pilne</strong><br>" in page
    assert "<p>Drugi &lt;akapit&gt;.</p>" in page
    assert "R&D <b> „projekt”" in text
    assert "Szybko." in text
    assert "Powoli." not in text


def test_every_list_of_a_word_file_begins_at_one() -> None:
    lists = numberings_of(word_of(LETTER, dict(LETTER.example)))
    assert lists[0] == lists[1]
    assert lists[1] != lists[2]


def numberings_of(content: bytes) -> list[int]:
    document = docx.Document(io.BytesIO(content))
    found = document.element.body.iter("{*}numPr")
    return [one.numId.val for one in found]


def test_a_context_without_a_field_is_refused_even_where_it_is_not_shown() -> None:
    gaps: dict[str, dict[str, Any]] = {
        r"no to\.position": {"to": {"name": "x"}},
        r"no points\[\]\.text": {"points": [{"text": "x"}, {}]},
    }
    for said, gap in gaps.items():
        with pytest.raises(LookupError, match=said):
            require_fields({**LETTER.example, **gap}, LETTER.example)
    require_fields({**LETTER.example, "to": None, "points": []}, LETTER.example)


def test_a_paper_is_issued_in_both_forms(office: TenantRef) -> None:
    subject = uuid7()
    document = issue(
        by=SYSTEM, paper=LETTER, subject=subject, title="P" * 300, context=LETTER.example
    )
    assert newest(LETTER, subject) == document
    assert document.title == "P" * 200
    assert document.docx is not None
