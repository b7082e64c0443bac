"""Icons, ink and charts of a Word form: shown as the picture Word keeps, or named with what to do."""

import io
import zipfile

import pytest

from kooperacja.documents.errors import BadTemplate
from kooperacja.documents.wordcheck import check_template
from kooperacja.documents.wordfile import opened
from tests.kooperacja.documents.test_wordcheck import EXAMPLE, OFFICE, RELS, changed

R = f"{OFFICE}/relationships"
MARKUP = "http://schemas.openxmlformats.org/markup-compatibility/2006"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
BLIP = f'<a:blip xmlns:a="{A}" xmlns:r="{R}" r:embed="rIdPng"/>'
ICON = (
    f'<w:p><w:r><w:drawing><a:blip xmlns:a="{A}" xmlns:r="{R}" r:embed="rIdPng"><a:extLst>'
    f'<a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><s:svgBlip xmlns:s="{SVG}" '
    'r:embed="rIdOther"/></a:ext></a:extLst></a:blip></w:drawing></w:r></w:p>'
)
INK = (
    f'<w:p><w:r><mc:AlternateContent xmlns:mc="{MARKUP}"><mc:Choice Requires="wpi"><w:drawing>'
    f'<w14:contentPart xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    f'xmlns:r="{R}" r:id="rIdOther"/></w:drawing></mc:Choice><mc:Fallback><w:drawing>{BLIP}'
    "</w:drawing></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)
PNG = b"\x89PNG\r\n\x1a\n"


def with_object(xml: str, name: str, content_type: str, kind: str = "image") -> bytes:
    """A form in which an object stands beside its picture."""
    types = (
        f'<Override PartName="/word/{name}" ContentType="{content_type}"/>'
        '<Override PartName="/word/media/x.png" ContentType="image/png"/></Types>'
    )
    relations = "".join(
        f'<Relationship Id="{pk}" Type="{R}/{of}" Target="{target}"/>'
        for pk, of, target in (("rIdPng", "image", "media/x.png"), ("rIdOther", kind, name))
    )
    end = b"<w:sectPr"
    return changed(
        {
            "[Content_Types].xml": lambda old: old.replace(b"</Types>", types.encode()),
            RELS: lambda old: old.replace(
                b"</Relationships>", f"{relations}</Relationships>".encode()
            ),
            "word/document.xml": lambda old: old.replace(end, xml.encode() + end, 1),
        },
        added={f"word/{name}": b"<x/>", "word/media/x.png": PNG},
    )


@pytest.mark.parametrize(
    "made",
    [
        with_object(ICON, "media/x.svg", "image/svg+xml"),
        with_object(INK, "ink/ink1.xml", "application/inkml+xml", "customXml"),
        with_object(INK, "media/model3d1.glb", "model/gltf.binary"),
    ],
    ids=["icon", "ink", "model"],
)
def test_an_object_is_left_out_where_word_keeps_its_picture(made: bytes) -> None:
    assert check_template(made, EXAMPLE) == 1
    with zipfile.ZipFile(io.BytesIO(opened(made))) as parts:
        names = parts.namelist()
        document = parts.read("word/document.xml").decode()
        relations = parts.read(RELS).decode()
    assert "word/media/x.png" in names
    assert not [name for name in names if name.endswith((".svg", ".glb")) or "ink" in name]
    assert 'r:embed="rIdPng"' in document
    assert "rIdOther" not in document + relations
    assert "AlternateContent" not in document


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (with_object(BLIP.replace("Png", "Other"), "x.svg", "image/svg+xml"), "obraz SVG"),
        (
            with_object(ICON.replace(' r:embed="rIdPng"', ""), "x.svg", "image/svg+xml"),
            "obraz SVG",
        ),
        (
            with_object(
                INK.replace(f"<w:drawing>{BLIP}</w:drawing>", ""), "i.xml", "application/inkml+xml"
            ),
            "odręczny",
        ),
        (with_object(BLIP, "media/x.webp", "image/webp"), "obraz WEBP"),
        (with_object("", "embeddings/Microsoft_Excel1.xlsx", "x/y", "package"), "danymi wykresu"),
        (with_object("", "embeddings/oleObject1.bin", "x/y", "oleObject"), "osadzony obiekt"),
    ],
    ids=["svg", "svg without picture", "ink", "webp", "chart", "ole"],
)
def test_any_other_is_named_with_what_to_do(made: bytes, said: str) -> None:
    with pytest.raises(BadTemplate) as refused:
        opened(made)
    assert said in refused.value.explanation
    assert "albo wstaw jako obraz (PNG)" in refused.value.explanation
    assert "jeszcze raz" not in refused.value.explanation
