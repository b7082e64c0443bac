# ruff: noqa: INP001
"""Builds authorisation.docx, the Word form of an authorisation (REG §8.2); run when words change.

They are the words of authorisation.html. An office may afterwards change the file in Word.
"""

from pathlib import Path

import word_parts as word
from docx.document import Document as WordDocument

FACTS = [
    ("Imię i nazwisko", "person.name"),
    ("Stanowisko", "person.position"),
    ("Instytucja", "institution"),
    ("Zakres danych", "scope"),
    ("Cel przetwarzania", "purpose"),
    ("Obowiązuje od", "from_on"),
    ("Obowiązuje do", "until"),
]
POINTS = (
    "Upoważnienie pozwala przetwarzać dane tylko w podanym zakresie i celu.",
    "Osoba upoważniona zachowuje dane w tajemnicy, także po wygaśnięciu upoważnienia.",
    (
        "Upoważnienie wygasa z upływem terminu albo z chwilą odwołania, a pracownika Kooperanta "
        "także wtedy, gdy jego instytucja przestaje być członkiem Partnerstwa."
    ),
)


def build() -> WordDocument:
    document = word.new("Upoważnienie do przetwarzania danych osobowych", "Upoważnienie")
    word.opening(
        document,
        "Nr {{ number }} w rejestrze upoważnień",
        "{{ place or '……………………………' }}, dnia {{ date }}",
    )
    word.title(document, "Upoważnienie", "do przetwarzania danych osobowych")
    word.paragraph(
        document,
        "Na podstawie art. 29 i art. 32 ust. 4 rozporządzenia (UE) 2016/679 (RODO) oraz § 8 ust. 2 "
        "Regulaminu Partnerskiego Zespołu Kooperacyjnego upoważnia się:",
    )
    word.facts(document, FACTS)
    word.paragraph(document, "", size=4)
    for point in POINTS:
        word.numbered(document, point)
    word.signature(document, "granted_by", "podpis osoby nadającej upoważnienie")
    word.signature(document, "person", "podpis osoby upoważnionej")
    return document


if __name__ == "__main__":
    build().save(str(Path(__file__).with_name("authorisation.docx")))
