# ruff: noqa: INP001
"""Builds regulation.docx, the Word form of the regulation (REG title); run when words change.

They are the words of regulation.html. An office may afterwards change the file in Word.
"""

from pathlib import Path

from declaration_docx import (
    BLUE,
    GREY,
    _border,
    _cell,
    _heading,
    _new,
    _paragraph,
    _table,
)
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

TITLE = "Regulamin Partnerskiego Zespołu Kooperacyjnego"
ADOPTED = (
    "{% if number %}przyjęty w dniu {{ adopted_on }}{% if adopted_place %} w: {{ adopted_place }}"
    "{% endif %}, wersja {{ number }}, obowiązuje od {{ in_force_from }}{% else %}projekt{% endif %}"
)


def build() -> WordDocument:
    document = _new()
    document.core_properties.title = TITLE
    footer = document.sections[0].footer.paragraphs[0]
    footer.runs[0].text = "Regulamin PZK\tstrona "
    _opening(document)
    _clauses(document)
    _break_before(document, "Ustalenia Partnerstwa")
    _paragraph(document, "Według przypisu do tytułu ramowego regulaminu Partnerstwo ustaliło:")
    _paragraph(document, "{%p for point in points %}")
    title = _paragraph(document, "{{ loop.index }}. {{ point.title }}", bold=True)
    title.paragraph_format.keep_with_next = True
    _paragraph(document, "{{ point.text }}")
    _paragraph(document, "{%p endfor %}")
    _heading(document, "Parametry")
    _parameters(document)
    return document


def _opening(document: WordDocument) -> None:
    _paragraph(document, "{{ lead.name }}", size=13, colour=BLUE, bold=True)
    _border(_paragraph(document, "", size=2), "bottom", "single", "1D4E74")
    title = document.add_paragraph("Regulamin", style="Title")
    below = "\nPartnerskiego Zespołu Kooperacyjnego w {{ area or '…………' }}"
    title.add_run(below).font.size = Pt(14)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _paragraph(document, ADOPTED).alignment = WD_ALIGN_PARAGRAPH.CENTER


def _clauses(document: WordDocument) -> None:
    _paragraph(document, "{%p for clause in clauses %}")
    _paragraph(document, "{%p if clause.is_annex %}")
    _break_before(document, "Załącznik nr 3. Ochrona danych osobowych – ogólne zasady")
    _paragraph(document, "{{ clause.text }}")
    _paragraph(document, "{%p elif clause.depth == 0 %}")
    _heading(document, "{{ clause.name }}. {{ clause.text }}")
    for depth, condition in ((1, "elif clause.depth == 1"), (2, "else")):
        _paragraph(document, f"{{%p {condition} %}}")
        _hang(_paragraph(document, "{{ clause.number }}\t{{ clause.text }}"), depth)
    _paragraph(document, "{%p endif %}")
    _paragraph(document, "{%p endfor %}")


def _hang(paragraph: Paragraph, depth: int) -> None:
    """The number hangs before the text."""
    shape = paragraph.paragraph_format
    shape.left_indent, shape.first_line_indent = Mm(8 * depth), Mm(-8)
    shape.tab_stops.add_tab_stop(Mm(8 * depth))


def _break_before(document: WordDocument, text: str) -> None:
    _heading(document, text)
    document.paragraphs[-1].paragraph_format.page_break_before = True


def _parameters(document: WordDocument) -> None:
    table = _table(document, 3, (48, 74, 43))
    for row in table.rows:
        row._tr.trPr.clear()
    _cell(table.rows[0].cells[0], "{%tr for one in parameters %}")
    cells = table.rows[1].cells
    _cell(cells[0], "{{ one.label }}", is_label=True)
    _cell(cells[1], "{{ one.text }}")
    _cell(cells[2], "{{ one.clause }}")
    cells[2].paragraphs[0].runs[0].font.color.rgb = GREY
    _cell(table.rows[2].cells[0], "{%tr endfor %}")


if __name__ == "__main__":
    build().save(str(Path(__file__).with_name("regulation.docx")))
