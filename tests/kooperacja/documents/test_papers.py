"""A paper is written once: one list of parts makes its PDF, its Word form and its fields."""

import io
import re
from typing import Any

import docx
import pypdfium2
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
        p.Whole("Razem", p.FactsOf("point in points", "loop.index", "point.text")),
        p.FactPairs("point in points", ("loop.index", "point.text"), ("to.name", "to.position")),
        p.Table("point in points", p.Column("Punkt", "point.text", 60), is_small=True),
        p.NewPage("Dalej", p.Opening("lewo", "prawo")),
        p.Box("Ramka", p.Signatures(p.Signature("podpis", "to"))),
    ),
)
PAPERS = [LETTER, *offered()]
_DATES = ("2\u00a0stycznia\u00a02026", "15\u00a0października\u00a02026")
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


def _in_october(value: Any) -> Any:
    """The same with each date the longest there is."""
    if isinstance(value, dict):
        return {key: _in_october(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_in_october(one) for one in value]
    return value.replace(*_DATES) if isinstance(value, str) else value


@of_every_paper
def test_no_date_in_a_narrow_column_breaks_inside_its_year(paper: Paper) -> None:
    pages = pypdfium2.PdfDocument(render_pdf(paper, _in_october(paper.example)))
    lines = "\n".join(page.get_textpage().get_text_range() for page in pages)
    said = re.findall(r"15\s+paź[^.]*\.", lines.replace("\ufffe", "\n"))
    assert {" ".join(date.split()) for date in said} <= {"15 października 2026 r."}
    assert not [date for date in said if re.search(r"2026\s*\n", date)]


def test_a_date_in_a_word_file_may_break_before_its_year_alone() -> None:
    example = {**LETTER.example, "text": "do 15\u00a0października\u00a02026\u00a0r."}
    file = docx.Document(io.BytesIO(word_of(LETTER, example)))
    assert "do 15\u00a0października 2026\u00a0r." in [one.text for one in file.paragraphs]


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
