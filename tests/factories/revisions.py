"""What other programs add to a PDF after it was signed, each as a revision of its own."""

import io
import os
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pikepdf
from asn1crypto import cms
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfTimeStamper, fields

from tests.factories import signatures as make
from tests.factories import signing

Change = Callable[[IncrementalPdfFileWriter], None]
_CONTENTS = re.compile(rb"/Contents <([0-9a-fA-F]+)>")
_RANGE = re.compile(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\] *")


def later(content: bytes, change: Change) -> bytes:
    """Another revision of a file."""
    writer, out = IncrementalPdfFileWriter(io.BytesIO(content)), io.BytesIO()
    change(writer)
    writer.write(out)
    return out.getvalue()


def dictionary(**entries: Any) -> generic.DictionaryObject:
    return generic.DictionaryObject({pdf_name(f"/{key}"): of for key, of in entries.items()})


def numbers(*values: int) -> generic.ArrayObject:
    return generic.ArrayObject(generic.NumberObject(value) for value in values)


def text(value: str) -> generic.TextStringObject:
    return generic.pdf_string(value)


def page_of(writer: IncrementalPdfFileWriter) -> Any:
    return writer.root["/Pages"]["/Kids"].raw_get(0)


def annotated(content: bytes, subtype: str = "/Stamp", **entries: Any) -> bytes:
    """An office's program put a note upon the first page."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        page = page_of(writer)
        note = dictionary(
            Type=pdf_name("/Annot"),
            Subtype=pdf_name(subtype),
            Rect=numbers(50, 50, 170, 170),
            Contents=text("wpłynęło 2.01.2026"),
            P=page,
            **entries,
        )
        looks = _form_of(b"0 0 100 100 re f")
        note["/AP"] = dictionary(N=writer.add_object(looks))
        owner = page.get_object()
        notes = list(owner["/Annots"]) if "/Annots" in owner else []
        owner["/Annots"] = generic.ArrayObject([*notes, writer.add_object(note)])
        writer.update_container(owner)

    return later(content, change)


def with_more_on_the_page(content: bytes) -> bytes:
    """A stamp that became content of the page."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        page = page_of(writer).get_object()
        old = page.raw_get("/Contents")
        parts = list(old) if isinstance(old, generic.ArrayObject) else [old]
        more = writer.add_object(generic.StreamObject(stream_data=b"0 0 90 90 re f"))
        page["/Contents"] = generic.ArrayObject([*parts, more])
        writer.update_container(page)

    return later(content, change)


def with_page_more(content: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        tree = writer.root["/Pages"]
        blank = dictionary(
            Type=pdf_name("/Page"),
            Parent=writer.root.raw_get("/Pages"),
            MediaBox=numbers(0, 0, 9, 9),
        )
        tree["/Kids"] = generic.ArrayObject([*tree["/Kids"], writer.add_object(blank)])
        tree["/Count"] = generic.NumberObject(tree["/Count"] + 1)
        writer.update_container(tree)

    return later(content, change)


@cache
def form(field_name: str = "instytucja") -> bytes:
    """A form with one field that is filled in."""
    made, content = pikepdf.open(io.BytesIO(make.page())), io.BytesIO()
    looks = pikepdf.Stream(made, b"BT ET", Subtype=pikepdf.Name.Form, BBox=[0, 0, 100, 20])
    field = made.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Tx,
            T=field_name,
            V="Szkoła Podstawowa",
            Rect=[50, 700, 450, 720],
            AP=pikepdf.Dictionary(N=made.make_indirect(looks)),
        )
    )
    made.pages[0].Annots = pikepdf.Array([field])
    made.Root.AcroForm = pikepdf.Dictionary(Fields=[field])
    made.save(content)
    return content.getvalue()


def with_another_value(content: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0]
        field["/V"] = text("Fundacja Zupełnie Inna")
        writer.update_container(field)

    return later(content, change)


def with_flags(content: bytes, flags: generic.PdfObject) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0]
        field["/Ff"] = flags
        writer.update_container(field)

    return later(content, change)


def with_another_look(content: bytes) -> bytes:
    """The value stays and the field shows something else."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0]
        looks = _form_of(b"0 0 100 20 re f")
        field["/AP"] = dictionary(N=writer.add_object(looks))
        writer.update_container(field)

    return later(content, change)


def with_long_term_data(content: bytes, *, by_acrobat: bool = False) -> bytes:
    """Certificates for checking in years to come (LTV)."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        der = make.asn1_of(make.issuer().certificate).dump()
        one = writer.add_object(generic.StreamObject(stream_data=der))
        entry = dictionary(Cert=generic.ArrayObject([one]), TU=text("D:20260102120000+01'00'"))
        known = generic.DictionaryObject({pdf_name("/" + "A" * 40): writer.add_object(entry)})
        if by_acrobat:
            known["/Type"] = pdf_name("/VRI")
        store = dictionary(Certs=generic.ArrayObject([one]), VRI=writer.add_object(known))
        writer.root["/DSS"] = writer.add_object(store)
        writer.update_root()

    return later(content, change)


def with_lock(content: bytes, field: str) -> bytes:
    """A platform locks the field that its client is going to sign."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        for _, _, place in fields.enumerate_sig_fields(writer, with_name=field):
            lock = dictionary(Type=pdf_name("/SigFieldLock"), Action=pdf_name("/All"))
            place.get_object()["/Lock"] = writer.add_object(lock)
            writer.update_container(place.get_object())

    return later(content, change)


def with_empty_field(content: bytes, field: str) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        fields.append_signature_field(writer, fields.SigFieldSpec(field))

    return later(content, change)


def with_freed(content: bytes, number: int, generation: int = 65535) -> bytes:
    """A program says that an object is free, as iText does of those it never used."""
    start = int(content.rsplit(b"startxref", 1)[1].split()[0])
    reader = pikepdf.open(io.BytesIO(content))
    root = b"%d %d R" % reader.Root.objgen
    size = max(int(reader.trailer.Size), number + 1)
    place = len(content) + 1
    return content + (
        b"\nxref\n%d 1\n%010d %05d f \ntrailer\n<</Size %d/Root %s/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
        % (number, 0, generation, size, root, start, place)
    )


def stamped(content: bytes) -> bytes:
    """A time stamp of the whole document, which is no signature of anybody."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    return PdfTimeStamper(signing.time_stamper()).timestamp_pdf(writer, "sha256").getvalue()


def heavy(size: int) -> bytes:
    """A scan of many megabytes."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        page = page_of(writer).get_object()
        page["/Scan"] = writer.add_object(generic.StreamObject(stream_data=os.urandom(size)))
        writer.update_container(page)

    return later(make.page(), change)


def with_field_that_shows(content: bytes) -> bytes:
    """An empty field for a signature that already shows something."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        fields.append_signature_field(writer, fields.SigFieldSpec("Pusty", box=(0, 0, 90, 90)))
        field = writer.root["/AcroForm"]["/Fields"][-1]
        field["/AP"] = dictionary(N=writer.add_object(_form_of(b"0 0 90 90 re f")))

    return later(content, change)


def drawn_anew(content: bytes) -> bytes:
    """Readers are asked to draw the fields of the form themselves."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        form = writer.root["/AcroForm"]
        form["/NeedAppearances"] = generic.BooleanObject(True)
        writer.update_container(form)

    return later(content, change)


def with_gap_filled() -> bytes:
    """The signed page pointed at an object that came only later."""
    missing = 900

    def point(writer: IncrementalPdfFileWriter) -> None:
        page = page_of(writer).get_object()
        gap = generic.IndirectObject(missing, 0, writer)
        page["/Contents"] = generic.ArrayObject([page.raw_get("/Contents"), gap])
        writer.update_container(page)

    def fill(writer: IncrementalPdfFileWriter) -> None:
        writer.objects[(0, missing)] = generic.StreamObject(stream_data=b"0 0 90 90 re f")
        writer._lastobj_id = missing

    return later(signing.signed(content=later(make.page(), point)), fill)


def with_store_on_the_page(content: bytes) -> bytes:
    """What stands in the store of certificates is shown on the page as well."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        drawn = writer.add_object(generic.StreamObject(stream_data=b"0 0 90 90 re f"))
        store = dictionary(Certs=generic.ArrayObject([drawn]))
        writer.root["/DSS"] = writer.add_object(store)
        writer.update_root()
        page = page_of(writer).get_object()
        page["/Contents"] = drawn
        writer.update_container(page)

    return later(content, change)


def with_page_freed(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        number, _ = pdf.pages[0].objgen
    return with_freed(content, number, 1)


def without_notes(content: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        page = page_of(writer).get_object()
        kept = [note for note in page["/Annots"] if note.get_object()["/Subtype"] == "/Widget"]
        page["/Annots"] = generic.ArrayObject(kept)
        writer.update_container(page)

    return later(content, change)


def with_signature_written_again(content: bytes) -> bytes:
    """The signature itself stands in a part of the file that it does not cover."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.update_container(writer.root["/AcroForm"]["/Fields"][0]["/V"])

    return later(content, change)


def with_contents(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """Another CMS in the place of the one that was made."""
    found = _CONTENTS.search(content)
    assert found
    made = change(cms.ContentInfo.load(bytes.fromhex(found[1].decode())).dump())
    written = made.hex().encode().ljust(len(found[1]), b"0")
    return content[: found.start(1)] + written + content[found.end(1) :]


def last_byte_changed(made: bytes) -> bytes:
    return made[:-1] + bytes([made[-1] ^ 1])


def with_algorithm(content: bytes, name: str) -> bytes:
    def change(made: bytes) -> bytes:
        message = cms.ContentInfo.load(made)
        message["content"]["signer_infos"][0]["signature_algorithm"] = {"algorithm": name}
        return message.dump(force=True)

    return with_contents(content, change)


def with_range(content: bytes, place: int, value: int) -> bytes:
    """Another number in the ranges of the signed bytes."""
    found = _RANGE.search(content)
    assert found
    numbers = [int(number) for number in found.groups()]
    numbers[place] = value
    written = b"/ByteRange [%d %d %d %d]" % tuple(numbers)
    assert len(written) <= len(found[0])
    return content[: found.start()] + written.ljust(len(found[0])) + content[found.end() :]


def _form_of(drawn: bytes) -> generic.StreamObject:
    form = generic.StreamObject(stream_data=drawn)
    form.update(dictionary(Subtype=pdf_name("/Form"), BBox=numbers(0, 0, 100, 100)))
    return form
