"""Links and fields of a form that bring something in, though a reader might pass over them."""

import io
import zipfile
from collections.abc import Callable

import docx
import pytest

from kooperacja.documents.errors import BadTemplate
from kooperacja.documents.wordcheck import check_template
from tests.kooperacja.documents.test_wordcheck import EXAMPLE, OFFICE, RELS, changed, field

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
R = f"{OFFICE}/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def with_part(kind: str, content_type: str, xml: str, *, sections: int = 1) -> bytes:
    """With one part more, in a document of so many sections."""
    document, plain, made = docx.Document(), io.BytesIO(), io.BytesIO()
    document.add_paragraph("Podmiot {{ organisation.name }}")
    for _ in range(sections - 1):
        document.add_section()
    document.save(plain)
    relation = f"<Relationship Id='x' Type='{R}/{kind}' Target='more.xml'/></Relationships>"
    said = f"<Override PartName='/word/more.xml' ContentType='{content_type}'/></Types>"
    put = {
        RELS: (b"</Relationships>", relation.encode()),
        "[Content_Types].xml": (b"</Types>", said.encode()),
    }
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(*put.get(name, (b"", b""))))
        new.writestr("word/more.xml", xml)
    return made.getvalue()


def linked(xml: str) -> Callable[[], bytes]:
    """With something that fetches what a relation of a link leads to."""
    relation = (
        f"<Relationship Id='zly' Type='{R}/hyperlink' Target='https://zly.example/a.png' "
        "TargetMode='External'/></Relationships>"
    )
    return lambda: changed(
        {
            RELS: lambda old: old.replace(b"</Relationships>", relation.encode()),
            "word/document.xml": lambda old: old.replace(
                b"<w:sectPr", f"<w:p><w:r>{xml}</w:r></w:p><w:sectPr".encode(), 1
            ),
        }
    )


def strict_header() -> bytes:
    """Its namespace is that of Strict Open XML, with one letter written by its number."""
    space = "http://purl.oclc.org/ooxml/wordprocessingml/m&#97;in"
    code = '<w:p><w:fldSimple w:instr="DDEAUTO c:\\x y"/></w:p>'
    return with_part("header", f"{WORD}.header+xml", f'<w:hdr xmlns:w="{space}">{code}</w:hdr>')


FETCHED: dict[str, Callable[[], bytes]] = {
    "a picture that is linked": linked(
        f'<w:drawing><a:blip xmlns:a="{A}" xmlns:r="{R}" r:link="zly"/></w:drawing>'
    ),
    "an older picture that is linked": linked(
        '<w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:o="urn:schemas-microsoft-com:office:office" o:relid="zly"/></w:pict>'
    ),
    "an object that is linked": linked(
        '<w:pict><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" '
        f'xmlns:r="{R}" Type="Link" ProgID="htmlfile" r:id="zly"/></w:pict>'
    ),
    "a link behind a remark": field('HYPERLINK \\l "a"<!-- --> "file:///c:/x"'),
    "a link behind what is unknown": field(
        'HYPERLINK \\l "a"<z:x xmlns:z="urn:z"/> "file:///c:/x"'
    ),
    "a field in a part that is strict": strict_header,
}


@pytest.mark.parametrize("how", FETCHED)
def test_nothing_is_fetched_by_a_link_that_nobody_clicks(how: str) -> None:
    with pytest.raises(BadTemplate, match="spoza siebie"):
        check_template(FETCHED[how](), EXAMPLE)


def test_a_link_that_one_clicks_stays() -> None:
    link = f'<w:hyperlink xmlns:r="{R}" r:id="zly"><w:t>{{{{ place }}}}</w:t></w:hyperlink>'
    assert check_template(linked(link)(), EXAMPLE) == 2
