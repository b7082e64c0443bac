# ruff: noqa: INP001
"""Builds register.docx, the Word form of the register of members (REG §5.1.a).

They are the words of register.html; run when they change. An office may change the file in Word.
"""

from pathlib import Path

import word_parts as word
from docx.document import Document as WordDocument
from docx.shared import Pt

COLUMNS = {
    "Lp.": "{{ loop.index }}",
    "Instytucja, sektor, siedziba": "{{ member.name }}",
    "REGON": "{{ member.regon or '—' }}",
    "Członek od": "{{ member.from_on }}",
    "Koordynatorzy Partnerstwa": "{{ member.coordinators or 'brak' }}",
    "Zaangażowanie i cechy": (
        "{{ member.level or 'nie określono' }}{% if member.flags %}; {{ member.flags }}{% endif %}"
    ),
    "Do ZZK": "{{ member.workers }}",
}
WIDTHS = (12, 68, 28, 30, 46, 54, 14)


def build() -> WordDocument:
    document = word.new(
        "Rejestr członków Partnerskiego Zespołu Kooperacyjnego",
        "Rejestr członków na dzień {{ day }}",
        is_wide=True,
    )
    word.title(
        document,
        "Rejestr członków",
        "Partnerskiego Zespołu Kooperacyjnego – {{ area }}, stan na dzień {{ day }}",
    )
    word.paragraph(
        document,
        "Lider: {{ lead.name }}. Oprócz niego {{ count }}. Podstawa: § 5 ust. 1 lit. a Regulaminu. "
        "Wydrukowano {{ printed_on }}",
    )
    table = word.rows_table(document, "member in members", COLUMNS, WIDTHS)
    name = table.rows[2].cells[1].paragraphs[0]
    name.runs[0].bold = True
    name.add_run("\n{{ member.about }}")
    for cell in table.rows[2].cells:
        for run in cell.paragraphs[0].runs:
            run.font.size = Pt(9)
    return document


if __name__ == "__main__":
    build().save(str(Path(__file__).with_name("register.docx")))
