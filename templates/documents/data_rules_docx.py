# ruff: noqa: INP001
"""Builds data_rules.docx, the Word form of annex 3 (REG §8.3); run when words change.

They are the words of data_rules.html. An office may afterwards change the file in Word.
"""

from pathlib import Path

import word_parts as word
from docx.document import Document as WordDocument

TITLE = "Ochrona danych osobowych – ogólne zasady"


def build() -> WordDocument:
    document = word.new(TITLE, "Załącznik nr 3 do Regulaminu")
    word.title(
        document,
        "Załącznik nr 3",
        "do Regulaminu Partnerskiego Zespołu Kooperacyjnego w {{ area or '…………' }}",
    )
    word.opening(
        document,
        "{% if number %}wersja {{ number }}, przyjęta w dniu {{ adopted_on }}"
        "{% else %}projekt{% endif %}",
        "{% if number %}obowiązuje od {{ in_force_from }}{% endif %}",
    )
    word.heading(document, TITLE)
    word.paragraph(document, "{%p for point in points %}")
    word.paragraph(document, "{%p if point.number %}")
    word.hang(word.paragraph(document, "{{ point.number }}\t{{ point.text }}"), 1)
    word.paragraph(document, "{%p else %}")
    word.paragraph(document, "{{ point.text }}")
    word.paragraph(document, "{%p endif %}")
    word.paragraph(document, "{%p endfor %}")
    return document


if __name__ == "__main__":
    build().save(str(Path(__file__).with_name("data_rules.docx")))
