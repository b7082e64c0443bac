# ruff: noqa: INP001
"""Builds declaration.docx, the Word form of the declaration (REG zał. 1); run when words change.

They are the words of declaration.html. An office may afterwards change the file in Word.
"""

from pathlib import Path

import word_parts as word
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH

NBSP = "\N{NO-BREAK SPACE}"
SIGNING = "podpis osoby upoważnionej do reprezentowania "

ONE = "{% if coordinators|length == 1 %}"
STATEMENTS = (
    (
        "przystępuje do Partnerskiego Zespołu Kooperacyjnego, zwanego dalej Partnerstwem, "
        "jako Kooperant (§ 1 ust. 3 lit. a oraz § 1 ust. 5 Regulaminu);"
    ),
    (
        "akceptuje Regulamin Partnerskiego Zespołu Kooperacyjnego"
        "{% if regulation.adopted_on %} przyjęty w dniu {{ regulation.adopted_on }}{% endif %}"
        "{% if regulation.version %} (wersja" + NBSP + "{{ regulation.version }}){% endif %} "
        "i zobowiązuje się go przestrzegać;"
    ),
    (
        "deleguje do działań Partnerstwa "
        + ONE
        + "osobę wskazaną{% else %}osoby wskazane{% endif %} w części III, do udziału "
        "w organizacji, podejmowaniu decyzji, monitoringu i ewaluacji (§ 1 ust. 3 Regulaminu);"
    ),
    (
        "{% if publish_consent %}wyraża zgodę{% else %}nie wyraża zgody{% endif %} na publikację "
        "swojej nazwy, siedziby i danych kontaktowych w wykazie członków Partnerstwa;"
    ),
    (
        "potwierdza zapoznanie się z ogólnymi zasadami ochrony danych osobowych (załącznik nr 3 "
        "do Regulaminu) i przekazanie ich osobom wskazanym w deklaracji."
    ),
)
ORGANISATION = (
    ("Pełna nazwa", "name"),
    ("Forma prawna", "legal_form"),
    ("Sektor", "sector"),
    ("NIP", "nip"),
    ("REGON", "regon"),
    ("KRS", "krs"),
    ("Siedziba", "seat"),
    ("Telefon", "phone"),
    ("Adres e-mail", "email"),
    ("Adres do e-Doręczeń", "edelivery"),
)


def build() -> WordDocument:
    document = word.new(
        "Deklaracja przystąpienia do Partnerskiego Zespołu Kooperacyjnego",
        "Deklaracja przystąpienia",
    )
    _opening(document)
    word.heading(document, "I. Podmiot przystępujący")
    word.facts(document, [(label, f"organisation.{key}") for label, key in ORGANISATION])
    word.heading(document, "II. Osoby upoważnione do reprezentowania podmiotu")
    word.people_table(document, "representatives", {"Imię i nazwisko": "name", "Stanowisko lub funkcja": "position"}, (82, 83))  # fmt: skip
    word.heading(document, "III. " + ONE + "Koordynator Partnerstwa{% else %}Koordynatorzy Partnerstwa{% endif %}")  # fmt: skip
    columns = {"Imię i nazwisko": "name", "Stanowisko": "position", "Telefon": "phone", "Adres e-mail": "email"}  # fmt: skip
    word.people_table(document, "coordinators", columns, (42, 45, 30, 48))
    word.heading(document, "IV. Oświadczenia")
    word.paragraph(document, "Podmiot przystępujący:").paragraph_format.keep_with_next = True
    for statement in STATEMENTS:
        word.numbered(document, statement)
    word.paragraph(document, "{%p for person in representatives %}")
    word.signature(document, "person", SIGNING + "podmiotu")
    word.paragraph(document, "{%p endfor %}")
    _annotation(document)
    return document


def _opening(document: WordDocument) -> None:
    annex = word.paragraph(document, "Załącznik nr 1 do Regulaminu Partnerskiego Zespołu Kooperacyjnego", size=9, colour=word.GREY)  # fmt: skip
    annex.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    word.opening(
        document,
        "{% if case_mark %}Znak sprawy: {{ case_mark }}{% endif %}",
        "{{ place or '……………………………' }}, dnia {{ date or '……………………………' }}",
    )
    word.title(document, "Deklaracja przystąpienia", "do Partnerskiego Zespołu Kooperacyjnego")
    word.facts(
        document, [("Lider Partnerstwa", "lead.name"), ("Obszar działania", "partnership.area")]
    )


def _annotation(document: WordDocument) -> None:
    word.paragraph(document, "")
    cell = word.box(document, "Adnotacja Lidera Partnerstwa")
    word.paragraph(
        cell,
        "Podmiot przyjęto do Partnerstwa w dniu {{ acceptance.date if acceptance else "
        "'…………………………………………' }} (§ 1 ust. 5 Regulaminu).",
    )
    word.signature(cell, "acceptance", SIGNING + "Lidera")
    word.paragraph(cell, "", size=4)


if __name__ == "__main__":
    build().save(str(Path(__file__).with_name("declaration.docx")))
