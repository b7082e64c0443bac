# ruff: noqa: INP001
"""Builds resignation.docx, the Word form of a resignation (REG §1.6); run when words change.

They are the words of resignation.html. An office may afterwards change the file in Word.
"""

from pathlib import Path

import word_parts as word
from docx.document import Document as WordDocument

FACTS = [
    ("Lider Partnerstwa", "lead.name"),
    ("Obszar działania", "area"),
    ("Kooperant", "organisation.name"),
    ("Siedziba", "organisation.seat"),
    ("Członek od", "organisation.joined_on"),
]
RESIGNS = (
    "Na podstawie § 1 ust. 6 Regulaminu Partnerskiego Zespołu Kooperacyjnego Kooperant rezygnuje "
    "z uczestnictwa w Partnerstwie. Rezygnacja wywołuje skutek {{ effect }}."
)


def build() -> WordDocument:
    document = word.new(
        "Rezygnacja z uczestnictwa w Partnerskim Zespole Kooperacyjnym", "Rezygnacja"
    )
    word.opening(document, "Znak sprawy: ……………………………", "……………………………, dnia ……………………………")
    word.title(document, "Rezygnacja", "z uczestnictwa w Partnerskim Zespole Kooperacyjnym")
    word.facts(document, FACTS)
    word.paragraph(document, "", size=4)
    word.paragraph(document, RESIGNS)
    word.paragraph(document, f"Powód (nieobowiązkowo): {'…' * 50}")
    who = "Osoba upoważniona do reprezentowania Kooperanta (imię, nazwisko, funkcja): "
    word.paragraph(document, who + "…" * 30)
    word.signature(document, "", "podpis osoby upoważnionej do reprezentowania Kooperanta")
    _receipt(document)
    return document


def _receipt(document: WordDocument) -> None:
    """The box in which the Lider notes when it was received."""
    word.paragraph(document, "")
    cell = word.box(document, "Wpływ do Lidera")
    word.paragraph(cell, "Rezygnacja wpłynęła dnia ……………………………")
    word.signature(cell, "", "podpis osoby przyjmującej")
    word.paragraph(cell, "", size=4)


if __name__ == "__main__":
    build().save(str(Path(__file__).with_name("resignation.docx")))
