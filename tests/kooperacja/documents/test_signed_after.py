"""A file that goes from one who signs to the next is the one that was handed out, signed once more."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, sign_pdf

from kooperacja.audit.actor import SYSTEM
from kooperacja.documents import actions, signatures
from kooperacja.documents.errors import AnotherDocument, RejectedUpload
from kooperacja.documents.models import StoredFile, Verdict
from kooperacja.documents.typeset import pdf_of_html
from tests.factories import containers, revisions, signing
from tests.factories import signatures as make

pytestmark = pytest.mark.usefixtures("office")
Made = Callable[[bytes], bytes]


def keep(content: bytes, after: StoredFile | None = None) -> StoredFile:
    upload: Any = make.upload(content)
    return actions.store_signed(by=SYSTEM, upload=upload, kind="TEST", after=after)


def issued(content: bytes) -> StoredFile:
    return actions.store_upload(by=SYSTEM, upload=make.upload(content), kind="TEST")


def signed(content: bytes, name: str = "Jan Dyrektor", field: str = "Podpis1") -> bytes:
    return signing.signed(signing.signer(name), content=content, field=field)


def twice(content: bytes) -> bytes:
    return signed(signed(content), "Ewa Inna", "Podpis2")


GOOD: dict[str, Made] = {
    "signed": signed,
    "signed by two": twice,
    "with a time stamp": lambda plain: signing.signed(
        content=plain, timestamper=signing.time_stamper()
    ),
    "in a container": lambda plain: containers.asice(plain),
    "in XAdES": lambda plain: containers.enveloping(plain),
    "signed inside and around": lambda plain: containers.asice(signed(plain)),
    "noted afterwards": lambda plain: revisions.annotated(signed(plain)),
}
OTHER: dict[str, Made] = {
    "another document": lambda plain: signed(pdf_of_html("<title>Inny</title><p>Inny.</p>")),
    "one more page before signing": lambda plain: signed(revisions.with_page_more(plain)),
    "another look of the page": lambda plain: signed(revisions.with_more_on_the_page(plain)),
    "turned before signing": lambda plain: signed(make.rewritten(plain)),
    "a note before signing": lambda plain: signed(revisions.annotated(plain)),
    "drawn anew": lambda plain: signed(pdf_of_html("<title>Ten</title><p>Treść.</p>") + b"\n"),
    "a container of another": lambda plain: containers.asice(make.page()),
    "a container of a changed one": lambda plain: containers.asice(revisions.with_page_more(plain)),
}


def plain() -> bytes:
    return pdf_of_html(
        "<html lang=pl><title>Porozumienie</title><p>Strony postanawiają.</p></html>"
    )


@pytest.mark.parametrize("made", GOOD.values(), ids=GOOD)
def test_the_file_that_was_handed_out_is_kept(made: Made) -> None:
    document = plain()
    kept = keep(made(document), issued(document))
    assert StoredFile.objects.filter(pk=kept.pk).exists()


@pytest.mark.parametrize("made", OTHER.values(), ids=OTHER)
def test_what_is_another_document_is_refused_and_not_kept(made: Made) -> None:
    document = plain()
    before = issued(document)
    with pytest.raises(AnotherDocument, match="To nie jest plik, który czeka na podpis"):
        keep(made(document), before)
    assert [*StoredFile.objects.order_by("pk")] == [before]


def test_the_next_one_signs_what_the_one_before_signed() -> None:
    document = plain()
    first = signed(document)
    before = keep(first, issued(document))
    for again in (
        first,  # sent once more
        signed(document, "Ewa Inna"),  # beside it
        revisions.annotated(first),  # nobody signed
        revisions.with_long_term_data(first),
    ):
        with pytest.raises(AnotherDocument):
            keep(again, before)
    with pytest.raises(RejectedUpload, match="zmieniono po podpisaniu"):
        keep(signed(revisions.with_page_more(first), "Ewa Inna", "Podpis2"), before)
    keep(signed(first, "Ewa Inna", "Podpis2"), before)
    assert StoredFile.objects.count() == 3


def test_a_file_that_leaves_out_what_it_begins_with_is_another() -> None:
    """Its last revision names an older one as the one before it."""
    document = plain()
    longer = revisions.with_page_more(document)
    writer = IncrementalPdfFileWriter(io.BytesIO(longer))
    writer.prev.last_startxref = PdfFileReader(io.BytesIO(document)).last_startxref
    about = PdfSignatureMetadata(field_name="Podpis1")
    skipping = sign_pdf(writer, about, signer=signing.signer()).getvalue()
    skipping = signed(skipping, "Ewa Inna", "Podpis2")
    assert signatures.check(skipping)[0] == Verdict.INTACT
    with pytest.raises(AnotherDocument):
        keep(skipping, issued(longer))
    assert StoredFile.objects.count() == 1
