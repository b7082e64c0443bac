"""Forms that say one thing to who checks them and another to who fills them."""

import io
import zipfile
from collections.abc import Callable

import docx
import pytest

from kooperacja.documents.errors import BadTemplate
from kooperacja.documents.word import fill
from kooperacja.documents.wordcheck import check_template
from kooperacja.documents.wordfields import W
from tests.kooperacja.documents.test_wordcheck import EXAMPLE, in_body, word
from tests.kooperacja.documents.test_wordlinks import WORD, with_part


def text(written: str) -> str:
    return f"<w:p><w:r><w:t>{written}</w:t></w:r></w:p>"


def notes(written: str) -> bytes:
    """A footnote, in a document of two sections."""
    xml = f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2">{text(written)}</w:footnote></w:footnotes>'
    return with_part("footnotes", f"{WORD}.footnotes+xml", xml, sections=2)


# A field that stands in a text for who reads the quotation marks as Word writes them.
CURLY = '{{ "A“ %s or ‘x" }}{{ place.__class__ }}{{ "y’ %s or “" }}'
OVER = "</w:t></w:r></w:p><w:p><w:r><w:t>"
UNSEEN: dict[str, Callable[[], bytes]] = {
    "by a line break": in_body(text(CURLY % ("\n", "\n"))),
    "in the title": lambda: word(CURLY % ("", ""), where="title"),
    "over paragraphs": in_body(text(f"{{{OVER}{{ place.__class__ }}{OVER}}}")),
    "outside of texts": in_body(
        '<w:p>{{ "A” </w:p><w:p> }}{{ place.__class__ }}{{ </w:p><w:p>“B" }}</w:p>'
    ),
    "as it is written": in_body(
        text("{% if not acceptance %}{% raw %}{{ place }}{% endraw %}{% endif %}")
    ),
    "as the library writes it": in_body(text("{% if not acceptance %}{_{ place }_}{% endif %}")),
}


@pytest.mark.parametrize("how", UNSEEN)
def test_a_field_is_checked_as_it_will_be_filled(how: str) -> None:
    with pytest.raises(BadTemplate):
        check_template(UNSEEN[how](), EXAMPLE)


@pytest.mark.parametrize(
    "name", ["Nowak {{ organisation.name }}", "A{{ x }}", "{% raw %}", "A{_{ x }_}{_% y %_}"]
)
def test_a_name_that_looks_like_a_field_stays_a_name(name: str) -> None:
    form = notes("{{ place }}")
    assert check_template(form, EXAMPLE) == 2
    with zipfile.ZipFile(io.BytesIO(fill(form, {**EXAMPLE, "place": name}))) as made:
        assert f">{name}<" in made.read("word/more.xml").decode().replace("\xa0", " ")


@pytest.mark.parametrize(("name", "said"), [("Nowak & Syn", "Nowak & Syn"), ("ż" * 300, "ż" * 255)])
def test_any_name_can_stand_in_the_title(name: str, said: str) -> None:
    made = fill(word("{{ place }}", where="title"), {**EXAMPLE, "place": name})
    title = docx.Document(io.BytesIO(made)).core_properties.title
    assert title.replace("\xa0", " ") == said


def test_a_table_that_names_no_columns_is_filled() -> None:
    row = f"<w:tr><w:tc><w:p/></w:tc><w:tc>{text('{{ place }}')}</w:tc></w:tr>"
    form = in_body(f"<w:tbl><w:tblPr/>{row}</w:tbl><w:tbl>{row}{row}</w:tbl>")()
    assert check_template(form, EXAMPLE) == 4
    made = docx.Document(io.BytesIO(fill(form, EXAMPLE)))
    cells = [[cell.text for cell in row.cells] for table in made.tables for row in table.rows]
    assert cells == [["", EXAMPLE["place"]]] * 3


def test_a_fault_that_has_no_place_names_none() -> None:
    with pytest.raises(BadTemplate) as refused:
        check_template(word(f"{{{{ {'9' * 5000} }}}}"), EXAMPLE)
    assert refused.value.explanation.startswith("Treść: pole albo polecenie jest źle zapisane")
