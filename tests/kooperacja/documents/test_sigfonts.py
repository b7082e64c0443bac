"""After a form is signed, its fields are drawn with what they were drawn with then."""

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from kooperacja.documents.models import Verdict
from tests.factories import revisions, signing
from tests.factories import signatures as make
from tests.factories.revisions import dictionary
from tests.factories.signing import signed
from tests.kooperacja.documents.signing import here, judged, refusal

pytestmark = pytest.mark.usefixtures("here")
__all__ = ["here"]
Change = Callable[[IncrementalPdfFileWriter, Any], None]


def form(*, shows: bool = True) -> bytes:
    """A form whose amount is written in Helvetica; `shows` when it says how it looks."""
    pdf, content = pikepdf.open(io.BytesIO(make.page())), io.BytesIO()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    font = pdf.make_indirect(font)
    field = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Tx,
        T="kwota",
        V="1000 zl",
        Rect=Array([50, 500, 350, 540]),
        DA="/Helv 24 Tf 0 g /Wzor gs",
    )
    if shows:
        look = pikepdf.Stream(pdf, b"BT /Helv 24 Tf 2 10 Td (1000 zl) Tj ET")
        look.Subtype, look.BBox = Name.Form, Array([0, 0, 300, 40])
        look.Resources = Dictionary(Font=Dictionary(Helv=font))
        field.AP = Dictionary(N=look)
    field = pdf.make_indirect(field)
    pdf.pages[0].Annots = Array([field])
    fonts = Dictionary(Font=Dictionary(Helv=font))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), DR=fonts, DA="/Helv 0 Tf 0 g")
    pdf.save(content)
    return content.getvalue()


def changed(content: bytes, change: Change) -> bytes:
    def put(writer: IncrementalPdfFileWriter) -> None:
        found = writer.root["/AcroForm"]
        change(writer, found)
        writer.update_container(found)

    return revisions.later(content, put)


def font(name: str, **more: Any) -> generic.DictionaryObject:
    parts = {"Type": pdf_name("/Font"), "Subtype": pdf_name("/Type1"), "BaseFont": pdf_name(name)}
    return dictionary(**parts, **more)


def fonts(**named: Any) -> Change:
    """The fonts become these."""

    def change(writer: IncrementalPdfFileWriter, found: Any) -> None:
        found["/DR"] = dictionary(Font=dictionary(**named))

    return change


def written_again(writer: IncrementalPdfFileWriter, found: Any) -> None:
    """The font of before becomes another one under its own number."""
    old = found["/DR"]["/Font"]["/Helv"]
    old["/BaseFont"] = pdf_name("/ZapfDingbats")
    writer.update_container(old)


def entry(key: str, value: Any) -> Change:
    def change(writer: IncrementalPdfFileWriter, found: Any) -> None:
        found[key] = value

    return change


def gained(writer: IncrementalPdfFileWriter, found: Any) -> None:
    """A program adds a font of its own beside the old one, by a number."""
    old = found["/DR"]["/Font"].raw_get("/Helv")
    ours = writer.add_object(font("/ZapfDingbats"))
    found["/DR"] = dictionary(Font=dictionary(Helv=old, ZaDb=ours))


NINE = generic.ArrayObject([generic.NumberObject(49), pdf_name("/nine")])
OTHERS: dict[str, Change] = {
    "another font": fonts(Helv=font("/ZapfDingbats")),
    "another encoding": fonts(
        Helv=font("/Helvetica", Encoding=dictionary(Differences=NINE)),
    ),
    "the font is gone": fonts(Other=font("/Helvetica")),
    "the font under its number": written_again,
    "a font that a field asked for": entry(
        "/DR",
        dictionary(
            Font=dictionary(Helv=font("/Helvetica")),
            ExtGState=generic.DictionaryObject({pdf_name("/Wzor"): dictionary()}),
        ),
    ),
    "a colour that is not seen": entry("/DA", revisions.text("/Helv 1 Tf 1 g")),
    "another side": entry("/Q", generic.NumberObject(2)),
}


@pytest.mark.parametrize("change", OTHERS.values(), ids=OTHERS)
@pytest.mark.parametrize("shows", [True, False])
def test_fields_that_are_drawn_otherwise_are_a_change(change: Change, shows: bool) -> None:
    content = changed(signed(content=form(shows=shows)), change)
    verdict, _ = judged(content)
    assert verdict == Verdict.BROKEN
    if change is not written_again:  # a change of an object that the page shows, too
        assert "inny krój pisma albo wygląd pól formularza" in refusal(content)


@pytest.mark.parametrize(
    "change",
    [
        gained,
        fonts(Helv=font("/Helvetica"), ZaDb=font("/ZapfDingbats")),
        lambda writer, found: None,
    ],
)
def test_a_font_more_and_a_font_written_elsewhere_are_bookkeeping(change: Change) -> None:
    assert judged(changed(signed(content=form()), change))[0] == Verdict.INTACT
    second = signed(signing.signer("Ewa"), content=signed(content=form()), field="Podpis2")
    assert judged(changed(second, change))[0] == Verdict.INTACT


def test_a_form_of_signatures_alone_may_gain_what_programs_put_there() -> None:
    def change(writer: IncrementalPdfFileWriter, found: Any) -> None:
        fonts(Helv=font("/Helvetica"))(writer, found)
        found["/DA"] = revisions.text("/Helv 0 Tf 0 g ")

    assert judged(changed(signed(), change))[0] == Verdict.INTACT
