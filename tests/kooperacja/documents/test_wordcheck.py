"""An office's own Word template: any field the document has, nothing that runs, the place named."""

import io
import zipfile
from typing import Any

import docx
import pytest

from kooperacja.documents.errors import BadTemplate
from kooperacja.documents.papers import fields_in
from kooperacja.documents.wordcheck import check_template
from kooperacja.documents.wordform import form
from tenants.accession.papers import ANNOTATED_DECLARATION
from tests.kooperacja.documents.declaration import ACCEPTANCE, CONTEXT

EXAMPLE: dict[str, Any] = {**CONTEXT, "acceptance": ACCEPTANCE}
GOOD = (
    "Podmiot {{ organisation.name or '—' }}, {{ place }}",
    "{% if acceptance %}{{ acceptance.date }}{% else %}…{% endif %}",
    "{% for one in coordinators %}{{ loop.index }}. {{ one.name }}{% endfor %}",
    "{% if coordinators|length == 1 and not case_mark %}x{% endif %}",
    "{{ place|default('—') }}",
)
BAD = {
    "{{ organisation.nazwa }}": "pola organisation.nazwa ten dokument nie ma",
    "{{ organizacja }}": "pola organizacja ten dokument nie ma",
    "{% for one in coordinators %}{{ one.pesel }}{% endfor %}": "pola one.pesel",
    "{% for one in place %}x{% endfor %}": "place nie jest listą",
    "{{ place.__class__ }}": "pola place.__class__",
    "{{ place.upper() }}": "takiego polecenia",
    "{{ ''['x'] }}": "takiego polecenia",
    "{{ coordinators[0] }}": "takiego polecenia",
    "{{ range(9) }}": "takiego polecenia",
    "{% set x = 1 %}": "takiego polecenia",
    "{% macro m() %}{% endmacro %}": "takiego polecenia",
    "{% include 'x' %}": "takiego polecenia",
    "{{ place|attr('x') }}": "takiego polecenia",
    "{{ 2 ** 99999 }}": "takiego polecenia",
    "{{ place": "źle zapisane",
    "{% if place %}": "źle zapisane",
}


def word(*paragraphs: str, where: str = "body") -> bytes:
    document, made = docx.Document(), io.BytesIO()
    for text in paragraphs:
        if where == "footer":
            document.sections[0].footer.paragraphs[0].text = text
        elif where == "title":
            document.core_properties.title = text
        elif where == "table":
            document.add_table(1, 1).cell(0, 0).text = text
        else:
            document.add_paragraph(text)
    document.save(made)
    return made.getvalue()


def test_our_own_template_is_accepted() -> None:
    check_template(form(ANNOTATED_DECLARATION), EXAMPLE)


@pytest.mark.parametrize("text", GOOD)
def test_fields_conditions_and_lists_are_accepted(text: str) -> None:
    check_template(word("Deklaracja", text), EXAMPLE)


@pytest.mark.parametrize("text", BAD)
def test_anything_else_is_refused_and_its_place_is_named(text: str) -> None:
    with pytest.raises(BadTemplate) as refused:
        check_template(word("Deklaracja", "Zwykły akapit.", text, "Koniec."), EXAMPLE)
    assert BAD[text] in refused.value.explanation
    if "źle" not in BAD[text]:  # what is not closed is only noticed at the end
        assert "Treść, akapit 3" in refused.value.explanation


@pytest.mark.parametrize(
    ("where", "said"),
    [("footer", "Stopka"), ("title", "Właściwości dokumentu"), ("table", "Treść")],
)
def test_no_part_of_the_file_escapes(where: str, said: str) -> None:
    with pytest.raises(BadTemplate) as refused:
        check_template(word("{{ tajne }}", where=where), EXAMPLE)
    assert refused.value.explanation.startswith(said)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("word/vbaProject.bin", b"x", "program"),
        ("word/embeddings/oleObject1.bin", b"x", "obiekt"),
        (
            "word/_rels/other.xml.rels",
            b'<Relationship Type="http://x/image" Target="http://x" TargetMode="External"/>',
            "spoza siebie",
        ),
    ],
)
def test_what_acts_by_itself_is_refused(name: str, content: bytes, said: str) -> None:
    made = io.BytesIO(word("Deklaracja"))
    with zipfile.ZipFile(made, "a") as parts:
        parts.writestr(name, content)
    with pytest.raises(BadTemplate, match=said):
        check_template(made.getvalue(), EXAMPLE)


@pytest.mark.parametrize("content", [b"PK\x03\x04 i nic", b"", b"%PDF-1.7"])
def test_what_is_no_word_file_is_refused(content: bytes) -> None:
    with pytest.raises(BadTemplate, match="nie jest plikiem DOCX"):
        check_template(content, EXAMPLE)


def test_an_office_reads_the_names_of_all_fields() -> None:
    names = set(fields_in(EXAMPLE))
    assert {"organisation.name", "coordinators[].email", "publish_consent"} <= names
