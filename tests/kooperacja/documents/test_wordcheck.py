"""An office's own Word template: any field the document has, nothing that runs, the place named."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest

from kooperacja.documents.errors import BadTemplate
from kooperacja.documents.papers import fields_in
from kooperacja.documents.word import fill
from kooperacja.documents.wordcheck import check_template
from kooperacja.documents.wordform import form
from tenants.accession.papers import ANNOTATED_DECLARATION
from tests.kooperacja.documents.declaration import ACCEPTANCE, CONTEXT
from tests.kooperacja.documents.test_word import words_of_docx

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
    "{{ place": "źle zapisane: brakuje }}",
    "{% if place %}": "źle zapisane: brakuje {% endif %}",
    "{{r place }}": "bez litery po klamrach",
    "{{p place }}": "bez litery po klamrach",
    "{% for a in coordinators %}{% for b in coordinators %}x{% endfor %}{% endfor %}": "w pętli",
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


Change = Callable[[bytes], bytes]
RELS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
FIELD = "Podmiot {{ organisation.name }}"


def changed(
    changes: dict[str, Change], *, flags: int = 0, added: dict[str, bytes] | None = None
) -> bytes:
    """A good template in which parts were changed, renamed by none, or added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word(FIELD))) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            change = changes.get(entry.filename, lambda text: text)
            new.writestr(entry.filename, change(old.read(entry.filename)))
        for name, content in (added or {}).items():
            new.writestr(name, content)
    return made.getvalue()


def related(relation: str) -> Callable[[], bytes]:
    """With one relation more."""
    end = b"</Relationships>"
    return lambda: changed({RELS: lambda text: text.replace(end, relation.encode() + end)})


def relation_in_utf16() -> bytes:
    text = f"<Relationship Id='x' Type='{OFFICE}/relationships/image' Target='http://x' TargetMode='External'/>"
    end = "</Relationships>"

    def change(old: bytes) -> bytes:
        root = old.decode().partition("?>")[2].replace(end, text + end)
        return f'<?xml version="1.0" encoding="UTF-16"?>{root}'.encode("utf-16")

    return changed({RELS: change})


def relation_with_a_prefix() -> bytes:
    def change(old: bytes) -> bytes:
        text = old.replace(b"<Relationship ", b"<r:Relationship ").replace(
            b"Relationships", b"r:Relationships"
        )
        text = text.replace(b"xmlns=", b"xmlns:r=").replace(b"package/2006/r:R", b"package/2006/r")
        text = text.replace(b"2006/relationships/r:Relationships", b"2006/relationships")
        more = (
            f'<r:Relationship Id="x" Type="{OFFICE}/relationships/oleObject" Target="file:///x" '
            'TargetMode="External"/>'
        )
        return text.replace(b"</r:Relationships>", more.encode() + b"</r:Relationships>")

    return changed({RELS: change})


def in_body(xml: str) -> Callable[[], bytes]:
    end = b"<w:sectPr"
    return lambda: changed(
        {"word/document.xml": lambda text: text.replace(end, xml.encode() + end, 1)}
    )


def field(*codes: str) -> Callable[[], bytes]:
    """A field of Word whose instruction is written over many runs."""
    runs = "".join(f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in codes)
    ends = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end")]
    return in_body(f"<w:p>{ends[0]}{runs}{ends[1]}</w:p>")


def link(kind: str, target: str) -> Callable[[], bytes]:
    return related(
        f"<Relationship Id='x' Type='{OFFICE}/relationships/{kind}' Target='{target}' "
        "TargetMode='External'/>"
    )


OUTSIDE: dict[str, Callable[[], bytes]] = {
    "image in single quotes": link("image", "http://x/a.png"),
    "image called hyperlink": link("image", "http://x/hyperlink"),
    "hyperlink to a file": link("hyperlink", "file:///c:/x"),
    "hyperlink to a share": link("hyperlink", "\\\\x\\y"),
    "hyperlink to no address at all": link("hyperlink", "http://[x"),
    "hyperlink with a space in its scheme": link("hyperlink", " java script:x"),
    "frame": link("frame", "http://x"),
    "sub-document": link("subDocument", "http://x"),
    "altChunk": link("aFChunk", "http://x"),
    "in UTF-16": relation_in_utf16,
    "with a prefix": relation_with_a_prefix,
    "DDEAUTO": field('DDEAUTO c:\\x "y"'),
    "DDE over runs": field("D", "D", "E c:\\x"),
    "INCLUDETEXT": field(' includetext "c:/x"'),
    "INCLUDEPICTURE": field('INCLUDEPICTURE "http://x" \\d'),
    "field without a name": field(""),
    "filled field": field("{{ place }}"),
    "link in a field": field('HYPERLINK "file:///c:/x"'),
    "simple field": in_body('<w:p><w:fldSimple w:instr="DDEAUTO x y"/></w:p>'),
    "altChunk element": in_body("<w:altChunk/>"),
    "picture by its source": in_body(
        '<w:p><w:r><w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" '
        'src="http://x/a.png"/></w:pict></w:r></w:p>'
    ),
}
STRICT = "http://purl.oclc.org/ooxml/"


def strict() -> bytes:
    def change(text: bytes) -> bytes:
        for name in ("wordprocessingml", "drawingml", "officeDocument"):
            old = f"http://schemas.openxmlformats.org/{name}/2006/"
            text = text.replace(old.encode(), f"{STRICT}{name}/".encode())
        return text

    names = zipfile.ZipFile(io.BytesIO(word(FIELD))).namelist()
    xml = [name for name in names if name.endswith((".xml", ".rels")) and name[0] != "["]
    return changed(dict.fromkeys(xml, change))


def renamed_document() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word(FIELD))) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name).replace(b"word/document.xml", b"word/document2.xml")
            new.writestr(name.replace("document.xml", "document2.xml"), content)
    return made.getvalue()


def attached() -> bytes:
    settings = f"<w:attachedTemplate xmlns:r='{OFFICE}/relationships' r:id='rId1'/></w:settings>"
    rels = (
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
        f"<Relationship Id='rId1' Type='{OFFICE}/relationships/attachedTemplate' "
        "Target='file:///c:/x.dotm' TargetMode='External'/></Relationships>"
    )
    put: Change = lambda text: text.replace(b"</w:settings>", settings.encode())  # noqa: E731
    added = {"word/_rels/settings.xml.rels": rels.encode()}
    return changed({"word/settings.xml": put}, added=added)


OPENED: dict[str, Callable[[], bytes]] = {
    "plain": lambda: word(FIELD),
    "Strict Open XML": strict,
    "a template (.dotx)": lambda: changed(
        {
            "[Content_Types].xml": lambda text: text.replace(
                b"wordprocessingml.document.main", b"wordprocessingml.template.main"
            )
        }
    ),
    "Word Online": renamed_document,
    "a relation to nothing": related(
        f"<Relationship Id='x' Type='{OFFICE}/relationships/image' Target='NULL'/>"
    ),
    "an attached template": attached,
    "core properties of LibreOffice": lambda: changed(
        {
            "_rels/.rels": lambda text: text.replace(
                b"package/2006/relationships/metadata/core",
                b"officedocument/2006/relationships/metadata/core",
            )
        }
    ),
    "a link to a page": link("hyperlink", "https://example.org/"),
    "a number of the page": field(" PAGE ", " \\* MERGEFORMAT"),
}


def with_wrong_sum() -> bytes:
    made = bytearray(changed({}))
    made[made.index(b"<w:body")] = ord("[")
    return bytes(made)


def with_the_flag_of_encryption() -> bytes:
    made = bytearray(changed({}))
    at = made.rindex(b"PK\x01\x02")
    made[at + 8] |= 1
    return bytes(made)


SPOILT: dict[str, tuple[Callable[[], bytes], str]] = {
    "wrong sum": (with_wrong_sum, "uszkodzony"),
    "encrypted": (with_the_flag_of_encryption, "zaszyfrowany"),
    "broken XML": (
        lambda: changed({"word/document.xml": lambda text: text.replace(b"</w:body>", b"")}),
        "uszkodzony",
    ),
    "entities": (
        lambda: changed(
            {
                "word/document.xml": lambda text: text.replace(
                    b"<w:document", b'<!DOCTYPE x [<!ENTITY a "b">]><w:document', 1
                )
            }
        ),
        "uszkodzony",
    ),
    "much XML": (in_body("<w:p/>" * 400_000), "zbyt duży"),
    "many elements": (in_body("<w:p/>" * 61_000), "zbyt duży"),
    "a part twice": (lambda: changed({}, added={"WORD/document.xml": b""}), "uszkodzony"),
}


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


@pytest.mark.parametrize("place", OUTSIDE)
def test_nothing_is_brought_in_from_outside_however_it_is_written(place: str) -> None:
    with pytest.raises(BadTemplate) as refused:
        check_template(OUTSIDE[place](), EXAMPLE)
    assert refused.value.title in {
        "Szablon wczytuje coś spoza siebie",
        "Szablon zawiera program albo wbudowany obiekt",
    }


@pytest.mark.parametrize("place", OPENED)
def test_a_file_is_opened_where_word_opens_it(place: str) -> None:
    assert check_template(OPENED[place](), EXAMPLE) == 1
    made = fill(OPENED[place](), EXAMPLE)
    assert CONTEXT["organisation"]["name"].split()[0] in words_of_docx(made)
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert len(parts.namelist()) == len(set(parts.namelist()))
        assert b"attachedTemplate" not in b"".join(map(parts.read, parts.namelist()))


@pytest.mark.parametrize("place", SPOILT)
def test_a_spoilt_file_is_refused_with_what_to_do(place: str) -> None:
    with pytest.raises(BadTemplate, match=SPOILT[place][1]) as refused:
        check_template(SPOILT[place][0](), EXAMPLE)
    assert "apisz" in refused.value.explanation or "szablon" in refused.value.explanation


def test_what_is_made_of_a_form_is_looked_at_as_well() -> None:
    """A condition takes away the name of a field of Word, and what was its text becomes the name."""
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    name, text = (
        f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in ("PAGE ", "DDEAUTO c:\\x")
    )
    ask, done = (f"<w:r><w:t>{{% {code} %}}</w:t></w:r>" for code in ("if acceptance", "endif"))
    made = in_body(f"<w:p>{begin}{ask}{name}{done}{text}{end}</w:p>")()
    fill(made, EXAMPLE)
    with pytest.raises(BadTemplate, match="spoza siebie"):
        fill(made, {**EXAMPLE, "acceptance": None})


def test_a_field_in_a_place_that_is_not_filled_is_named() -> None:
    made = changed({"docProps/app.xml": lambda text: text.replace(b"Microsoft", b"{{ place }}")})
    with pytest.raises(BadTemplate) as refused:
        check_template(made, EXAMPLE)
    assert "nie zostanie wypełnione" in refused.value.explanation


def test_every_case_in_which_something_is_empty_is_tried() -> None:
    trials = [("nic nie ma", {**EXAMPLE, "acceptance": None})]
    good = "{% if acceptance is none %}…{% else %}{{ acceptance.date }}{% endif %}"
    check_template(word(good, "{{ acceptance.date if acceptance }}"), EXAMPLE, trials)
    for bad in ("{{ acceptance.date }}", "{% if place %}{{ acceptance.name }}{% endif %}"):
        with pytest.raises(BadTemplate) as refused:
            check_template(word("Deklaracja", bad), EXAMPLE, trials)
        assert "Treść, akapit 2" in refused.value.explanation
        assert "jest puste, gdy nic nie ma" in refused.value.explanation


def test_the_number_of_fields_is_told() -> None:
    assert check_template(word("Bez pól"), EXAMPLE) == 0
    assert check_template(word("{{ place }} {{ date }}"), EXAMPLE) == 2


@pytest.mark.parametrize("content", [b"PK\x03\x04 i nic", b"", b"%PDF-1.7"])
def test_what_is_no_word_file_is_refused(content: bytes) -> None:
    with pytest.raises(BadTemplate, match="nie jest plikiem DOCX"):
        check_template(content, EXAMPLE)


def test_an_office_reads_the_names_of_all_fields() -> None:
    names = set(fields_in(EXAMPLE))
    assert {"organisation.name", "coordinators[].email", "publish_consent"} <= names
