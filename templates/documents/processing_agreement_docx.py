# ruff: noqa: INP001
"""Builds processing_agreement.docx, the Word form of the agreement on entrusting data (REG §8.2).

They are the words of processing_agreement.html; run when they change. The wording is our own and
the office's lawyer confirms it. An office may afterwards change the file in Word.
"""

from pathlib import Path

import word_parts as word
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH

PARTIES = [
    ("Administrator (Lider)", "lead.name"),
    ("Adres administratora", "lead.address"),
    ("Podmiot przetwarzający", "organisation.name"),
    ("Siedziba", "organisation.seat"),
    ("NIP", "organisation.nip"),
    ("REGON", "organisation.regon"),
]
SUBJECT = [
    ("Zakres danych", "scope"),
    ("Przedmiot i cel przetwarzania", "purpose"),
    ("Rodzaje danych", "data_kinds"),
    ("Kategorie osób", "person_categories"),
    ("Obowiązuje od", "from_on"),
    ("Obowiązuje do", "until"),
]
ENTRUSTS = (
    "Administrator powierza podmiotowi przetwarzającemu dane osobowe w związku z jego udziałem "
    "w Partnerskim Zespole Kooperacyjnym ({{ area }}), na podstawie art. 28 ust. 3 RODO i § 8 "
    "ust. 2 Regulaminu Partnerstwa."
)
DUTIES = (
    "przetwarza dane wyłącznie na udokumentowane polecenie administratora, w zakresie i celu z § 1;",
    "dopuszcza do danych tylko osoby upoważnione, które zobowiązały się do zachowania tajemnicy;",
    "stosuje środki techniczne i organizacyjne, których wymaga art. 32 RODO;",
    (
        "pomaga administratorowi odpowiadać na żądania osób, których dane dotyczą, i wywiązywać się "
        "z obowiązków z art. 32–36 RODO;"
    ),
    "zawiadamia administratora o każdym naruszeniu ochrony danych natychmiast po jego wykryciu.",
)
REST = {
    "§ 3. Dalsze powierzenie": (
        "Z usług innego podmiotu przetwarzającego można skorzystać tylko za uprzednią pisemną "
        "zgodą administratora i na takich samych warunkach."
    ),
    "§ 4. Kontrola": (
        "Podmiot przetwarzający udostępnia administratorowi informacje potrzebne do wykazania, że "
        "spełnia obowiązki z tej umowy, oraz umożliwia mu przeprowadzenie audytu."
    ),
    "§ 5. Zakończenie": (
        "Umowa kończy się z upływem czasu, na który ją zawarto, a także z dniem, w którym podmiot "
        "przetwarzający przestaje być członkiem Partnerstwa. Po zakończeniu zwraca on dane "
        "administratorowi albo je usuwa, zależnie od decyzji administratora, i usuwa kopie, chyba "
        "że prawo nakazuje je przechowywać."
    ),
}
SIGNING = "podpis osoby upoważnionej do reprezentowania "


def build() -> WordDocument:
    document = word.new("Umowa powierzenia przetwarzania danych osobowych", "Umowa powierzenia")
    note = word.paragraph(
        document,
        "Projekt. Treść przed podpisaniem potwierdza prawnik ośrodka.",
        size=9,
        colour=word.GREY,
    )
    note.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    word.opening(
        document,
        "{% if case_mark %}Znak sprawy: {{ case_mark }}{% endif %}",
        "……………………………, dnia ……………………………",
    )
    word.title(document, "Umowa", "powierzenia przetwarzania danych osobowych")
    word.heading(document, "Strony")
    word.facts(document, PARTIES)
    word.heading(document, "§ 1. Przedmiot i czas")
    word.facts(document, SUBJECT)
    word.paragraph(document, ENTRUSTS)
    word.heading(document, "§ 2. Obowiązki podmiotu przetwarzającego")
    word.paragraph(document, "Podmiot przetwarzający:").paragraph_format.keep_with_next = True
    for duty in DUTIES:
        word.numbered(document, duty)
    for heading, text in REST.items():
        word.heading(document, heading)
        word.paragraph(document, text)
    word.signature(document, "", SIGNING + "administratora")
    word.signature(document, "", SIGNING + "podmiotu przetwarzającego")
    return document


if __name__ == "__main__":
    build().save(str(Path(__file__).with_name("processing_agreement.docx")))
