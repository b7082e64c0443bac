# ruff: noqa: INP001
"""Builds regulation.docx, the Word form of the regulation (REG title); run when words change.

They are the words of regulation.html. An office may afterwards change the file in Word.
"""

from pathlib import Path

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from word_parts import GREY, _cell, _table, hang, heading, new, paragraph

TITLE = "Regulamin Partnerskiego Zespołu Kooperacyjnego"
ADOPTED = (
    "{% if number %}przyjęty w dniu {{ adopted_on }}{% if adopted_place %} w: {{ adopted_place }}"
    "{% endif %}, wersja {{ number }}, obowiązuje od {{ in_force_from }}{% else %}projekt{% endif %}"
)


def build() -> WordDocument:
    document = new(TITLE, "Regulamin PZK")
    _opening(document)
    _clauses(document)
    _break_before(document, "Ustalenia Partnerstwa")
    paragraph(document, "Według przypisu do tytułu ramowego regulaminu Partnerstwo ustaliło:")
    paragraph(document, "{%p for point in points %}")
    title = paragraph(document, "{{ loop.index }}. {{ point.title }}", bold=True)
    title.paragraph_format.keep_with_next = True
    paragraph(document, "{{ point.text }}")
    paragraph(document, "{%p endfor %}")
    heading(document, "Parametry")
    _parameters(document)
    return document


def _opening(document: WordDocument) -> None:
    title = document.add_paragraph("Regulamin", style="Title")
    below = "\nPartnerskiego Zespołu Kooperacyjnego w {{ area or '…………' }}"
    title.add_run(below).font.size = Pt(14)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph(document, ADOPTED).alignment = WD_ALIGN_PARAGRAPH.CENTER


def _clauses(document: WordDocument) -> None:
    paragraph(document, "{%p for clause in clauses %}")
    paragraph(document, "{%p if clause.is_annex %}")
    _break_before(document, "Załącznik nr 3. Ochrona danych osobowych – ogólne zasady")
    paragraph(document, "{{ clause.text }}")
    paragraph(document, "{%p elif clause.depth == 0 %}")
    heading(document, "{{ clause.name }}. {{ clause.text }}")
    for depth, condition in ((1, "elif clause.depth == 1"), (2, "else")):
        paragraph(document, f"{{%p {condition} %}}")
        hang(paragraph(document, "{{ clause.number }}\t{{ clause.text }}"), depth)
    paragraph(document, "{%p endif %}")
    paragraph(document, "{%p endfor %}")


def _break_before(document: WordDocument, text: str) -> None:
    heading(document, text)
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
