"""The signatures of a Word file stand beside each other, as those of the PDF do (POR signatures)."""

import io
from collections.abc import Iterator
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from kooperacja.documents.word import fill
from kooperacja.documents.wordform import form
from tenants.agreements.papers import AGREEMENT


def filled(count: int, **fields: Any) -> Any:
    party = AGREEMENT.example["parties"][0]
    parties = [{**party, "caption": f"podpis-{number}"} for number in range(1, count + 1)]
    context = {**AGREEMENT.example, "cover": None, "final": None, "parties": parties, **fields}
    return docx.Document(io.BytesIO(fill(form(AGREEMENT), context)))


def by_section(document: Any) -> Iterator[tuple[int, list[Paragraph]]]:
    """The paragraphs of each section, with the number of its columns."""
    waiting: list[Paragraph] = []
    for paragraph in document.paragraphs:
        waiting.append(paragraph)
        if (section := paragraph._p.find(f".//{qn('w:sectPr')}")) is not None:
            yield _columns(section), waiting
            waiting = []
    yield _columns(document.element.body.sectPr), waiting


def _columns(section: Any) -> int:
    return int(section.find(qn("w:cols")).get(qn("w:num"), 1))


@pytest.mark.parametrize("count", [2, 4, 12])
def test_signatures_stand_in_two_columns_and_nothing_else_does(count: int) -> None:
    document = filled(count)
    signed = [
        paragraph.text
        for columns, paragraphs in by_section(document)
        for paragraph in paragraphs
        if columns == 2 and paragraph.text.startswith("podpis-")
    ]
    assert signed == [f"podpis-{number}" for number in range(1, count + 1)]
    apart = [text for columns, rows in by_section(document) if columns == 1 for text in rows]
    assert not [one for one in apart if one.text.startswith("podpis-")]
    assert all(one.footer.paragraphs[0].text for one in document.sections)


def test_where_nobody_signs_any_more_the_file_is_one_text_with_its_footer() -> None:
    document = filled(2, final=AGREEMENT.example["final"])
    assert "podpis-1" not in [one.text for one in document.paragraphs]
    assert document.sections[0].footer.paragraphs[0].text
