"""A Word document has the words of the printed one; its template is data and runs nothing."""

import io
import re
import zipfile
from html import unescape
from pathlib import Path
from typing import Any

import docx
import jinja2
import pytest
from django.utils.html import strip_tags
from jinja2.sandbox import SecurityError

from kooperacja.documents.errors import BadTemplate
from kooperacja.documents.page import page_of
from kooperacja.documents.papers import Paper
from kooperacja.documents.word import fill, render_docx
from kooperacja.documents.wordform import form
from tenants.accession.papers import ANNOTATED_DECLARATION
from tests.kooperacja.documents.declaration import ACCEPTANCE, CONTEXT

PERSON = CONTEXT["representatives"][0]
COORDINATOR = CONTEXT["coordinators"][0]
VARIANTS: dict[str, dict[str, Any]] = {
    "plain": {},
    "accepted": {"acceptance": ACCEPTANCE},
    "bare": {
        "case_mark": "",
        "place": "",
        "date": "",
        "publish_consent": False,
        "regulation": {"adopted_on": "", "version": ""},
        "lead": {"name": "OPS", "address": "", "contact": ""},
    },
    "many": {"representatives": [PERSON] * 3, "coordinators": [COORDINATOR] * 2},
    "odd": {
        "organisation": CONTEXT["organisation"] | {"name": "„A & B” <i>sp. z o.o.</i> {{ x }}"}
    },
}


def words(text: str) -> list[str]:
    return re.sub(r"\s+", " ", text.replace("\xa0", " ")).split()


def words_of_docx(content: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(content))
    texts = [node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t")]
    return words(" ".join(texts))


def said_in(page: str) -> list[str]:
    body = page[page.index("<body") :]
    return words(unescape(strip_tags(body.replace("<", " <"))))


def words_of_html(context: dict[str, Any]) -> list[str]:
    return said_in(page_of(ANNOTATED_DECLARATION, context))


def word_of(paper: Paper, context: dict[str, Any]) -> bytes:
    return render_docx(io.BytesIO(form(paper)), context)


def template(tmp_path: Path, text: str, *, place: str = "body") -> Path:
    document = docx.Document()
    if place == "footer":
        document.sections[0].footer.paragraphs[0].text = text
    elif place == "title":
        document.core_properties.title = text
    else:
        document.add_paragraph(text)
    document.save(str(tmp_path / "t.docx"))
    return tmp_path / "t.docx"


@pytest.mark.parametrize("change", VARIANTS.values(), ids=VARIANTS)
def test_both_formats_of_the_declaration_say_the_same(change: dict[str, Any]) -> None:
    context = CONTEXT | change
    made = word_of(ANNOTATED_DECLARATION, context)
    normal = "".join(words_of_docx(made))
    # Numbers of list items are the program's in both; words may be parted into runs.
    assert normal == "".join(words_of_html(context))


def test_the_word_file_tells_its_title_and_language() -> None:
    made = word_of(ANNOTATED_DECLARATION, CONTEXT)
    core = docx.Document(io.BytesIO(made)).core_properties
    assert core.title == "Deklaracja przystąpienia do Partnerskiego Zespołu Kooperacyjnego"
    assert (core.author, core.language) == ("Ośrodek Pomocy Społecznej w\xa0Gogolinie", "pl-PL")


ATTACKS = (
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ name.__class__ }}",
    "{{ people.append(1) }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ self.__init__.__globals__ }}",
    "{{ ''|attr('__class__') }}",
    "{{ '{0.__class__}'.format(name) }}",
)


@pytest.mark.parametrize("place", ["body", "footer", "title"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_a_template_that_reaches_for_python_is_refused(
    tmp_path: Path, attack: str, place: str
) -> None:
    people = [1]
    with pytest.raises((SecurityError, jinja2.UndefinedError)):
        render_docx(template(tmp_path, attack, place=place), {"name": "x", "people": people})
    assert people == [1]


def test_a_name_the_context_lacks_is_an_error_not_a_gap(tmp_path: Path) -> None:
    with pytest.raises(jinja2.UndefinedError):
        render_docx(template(tmp_path, "{{ organisatoin }}"), {"organisation": "x"})


def test_control_characters_do_not_spoil_the_file(tmp_path: Path) -> None:
    made = render_docx(template(tmp_path, "{{ name }}"), {"name": "A\x00B\x1f\ufffeC"})
    assert "ABC" in words_of_docx(made)


def test_a_bomb_or_another_file_is_refused(tmp_path: Path) -> None:
    bomb, other = tmp_path / "bomb.docx", tmp_path / "other.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", bytes(60 * 1024 * 1024))
    other.write_bytes(b"%PDF-1.7")
    for path, reason in ((bomb, "zbyt duży"), (other, "nie jest plikiem DOCX")):
        with pytest.raises(BadTemplate, match=reason):
            fill(path.read_bytes(), {})
