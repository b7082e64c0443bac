"""Signature fields that hide a page, as somebody may add them to a file that others signed."""

import io
from collections.abc import Collection
from typing import Any

from pyhanko import stamp
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, PdfTimeStamper, SimpleSigner, fields

from tests.factories import signing
from tests.factories.revisions import dictionary, later, numbers, page_of, text

SHEET = (0, 0, 595, 842)
_PAINT = b"1 1 1 rg 0 0 595 842 re f 0 g 60 500 400 40 re f"
Places = Collection[tuple[int, int, int, int]]


def stamped_over(
    content: bytes, kind: str = "/Sig", subfilter: str = "/ETSI.RFC3161", *, rect: Any = SHEET
) -> bytes:
    """A "time stamp" that holds nothing and has a look of its own."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        value = dictionary(
            Type=pdf_name(kind),
            Filter=pdf_name("/Adobe.PPKLite"),
            SubFilter=pdf_name(subfilter),
            ByteRange=numbers(0, 10, 200, 10),
            Contents=generic.ByteStringObject(b"\0" * 64),
        )
        with_field(writer, [rect], V=writer.add_object(value))

    return later(content, change)


def with_field(writer: IncrementalPdfFileWriter, places: Places, **entries: Any) -> None:
    """A signature field with a widget for each place on the first page."""
    page = page_of(writer)
    widgets = [
        dictionary(
            Type=pdf_name("/Annot"),
            Subtype=pdf_name("/Widget"),
            F=generic.NumberObject(4),
            Rect=numbers(*place) if isinstance(place, tuple) else place,
            P=page,
            AP=dictionary(N=writer.add_object(look())),
        )
        for place in places
    ]
    field = dictionary(FT=pdf_name("/Sig"), T=text("Zakrywa"), **entries)
    if len(widgets) == 1:
        field.update(widgets[0])
    ref = writer.add_object(field)
    kids = [ref]
    if len(widgets) > 1:
        for widget in widgets:
            widget["/Parent"] = ref
        kids = [writer.add_object(widget) for widget in widgets]
        field["/Kids"] = generic.ArrayObject(kids)
    _shown(writer, ref, kids)


def _shown(writer: IncrementalPdfFileWriter, field: Any, widgets: list[Any]) -> None:
    if "/AcroForm" not in writer.root:
        writer.root["/AcroForm"] = dictionary(Fields=generic.ArrayObject())
        writer.update_root()
    known = writer.root["/AcroForm"]["/Fields"]
    known.append(field)
    writer.update_container(known)
    page = page_of(writer).get_object()
    notes = list(page["/Annots"]) if "/Annots" in page else []
    page["/Annots"] = generic.ArrayObject([*notes, *widgets])
    writer.update_container(page)


def look() -> generic.StreamObject:
    """Another page: white, with something large written."""
    form = generic.StreamObject(stream_data=_PAINT)
    form.update(
        dictionary(Type=pdf_name("/XObject"), Subtype=pdf_name("/Form"), BBox=numbers(*SHEET))
    )
    return form


def signed_over(
    content: bytes,
    box: tuple[int, int, int, int] | None = SHEET,
    by: SimpleSigner | None = None,
    field: str = "Podpis2",
) -> bytes:
    """A real signature whose look is as large as its box; without one, that of a field that is there."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    paint = RawContent(_PAINT, box=BoxConstraints(width=595, height=842))
    style = stamp.StaticStampStyle(background=paint, background_opacity=1, border_width=0)
    spec = fields.SigFieldSpec(field, box=box, on_page=0) if box else None
    made = PdfSigner(
        PdfSignatureMetadata(field_name=field),
        signer=by or signing.signer("Ewa Druga"),
        stamp_style=style,
        new_field_spec=spec,
    )
    return made.sign_pdf(writer).getvalue()


def with_visible_stamp(content: bytes) -> bytes:
    """A sound time stamp that is seen on the page."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    maker = PdfTimeStamper(signing.time_stamper(), field_name="Czas")
    fields.append_signature_field(writer, fields.SigFieldSpec("Czas", box=SHEET))
    return maker.timestamp_pdf(writer, "sha256").getvalue()
