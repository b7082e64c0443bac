"""An upload is a plain PDF or is refused with the reason, and then nothing is kept."""

import io
import resource
import zlib
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from kooperacja.audit.actor import SYSTEM
from kooperacja.audit.models import Entry
from kooperacja.documents import reader, uploads
from kooperacja.documents.actions import store_upload
from kooperacja.documents.errors import Overloaded, RejectedUpload
from kooperacja.documents.models import StoredFile
from kooperacja.tenancy.ref import TenantRef
from tests.kooperacja.documents.conftest import Change, pdf, upload
from tests.kooperacja.documents.rawpdf import ordinary, with_table


def bomb(raw: bytes, filters: Any) -> bytes:
    made, content = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    stream = Stream(made, b"")
    stream.write(raw, filter=filters)
    made.Root.Bomb = made.make_indirect(stream)
    made.save(content, compress_streams=False)
    return content.getvalue()


def action(kind: str) -> Change:
    def put(made: pikepdf.Pdf) -> None:
        made.Root.OpenAction = Dictionary(S=Name("/" + kind), JS="app.alert(1)", F="x")

    return put


def nested(made: pikepdf.Pdf) -> None:
    made.pages[0].Annots = Array([Dictionary(A=Dictionary(Next=[Dictionary(S=Name.Launch)]))])


def attached(made: pikepdf.Pdf) -> None:
    made.attachments["inny.docx"] = b"PK"


def tiny_image_of_many_pixels(made: pikepdf.Pdf) -> None:
    image = Stream(made, b"x", Width=100_000, Height=100_000, Filter=Name.DCTDecode)
    made.Root.Image = made.make_indirect(image)


def with_objects(text: bytes) -> bytes:
    """A PDF with one object more, written as it stands here."""
    return with_table(ordinary(o1=b"<</Type/Catalog/Pages 2 0 R/More 4 0 R>>", o4=text))


HUGE = {
    "numbers": b"[" + b"0 " * 1_800_000 + b"]",
    "empty dictionaries": b"[" + b"<<>>" * 900_000 + b"]",
    "keys": b"<<" + b"".join(b"/A%d 0" % number for number in range(150_000)) + b">>",
    "arrays in arrays": b"[" + (b"[" * 90 + b"]" * 90) * 5_000 + b"]",
}
ZEROS = zlib.compress(bytes(200 * 1024 * 1024), 9)
FLATE = Name.FlateDecode
LOCKED = pikepdf.Encryption(owner="x", user="")
REFUSED = {
    "text": (b"Zwykly tekst", "To nie jest plik PDF."),
    "empty": (b"", "Ten plik jest pusty."),
    "late header": (b"MZ" + pdf(), "To nie jest plik PDF."),
    "header alone": (b"%PDF-1.7\nnic wiecej", "jest uszkodzony"),
    "no page": (pdf(pages=0), "jest uszkodzony"),
    "password": (pdf(encryption=pikepdf.Encryption(owner="x", user="y")), "zabezpieczony"),
    "locked": (pdf(encryption=LOCKED), "zabezpieczony"),
    "pages": (pdf(pages=501), "więcej niż 500 stron"),
    "javascript": (pdf(action("JavaScript")), "JavaScript"),
    "launch": (pdf(nested), "uruchamiać programy"),
    "submit": (pdf(action("SubmitForm")), "JavaScript"),
    "attachment": (pdf(attached), "inne pliki"),
    "flate bomb": (bomb(ZEROS, FLATE), "zbyt duży"),
    "double bomb": (bomb(zlib.compress(ZEROS, 9), Array([FLATE, FLATE])), "zbyt duży"),
    "pixel bomb": (pdf(tiny_image_of_many_pixels), "zbyt duży"),
}


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE)
def test_a_small_file_that_costs_much_is_refused_soon(text: bytes) -> None:
    began = _seconds_of_children()
    with pytest.raises(RejectedUpload, match="zbyt złożony"):
        uploads.read_pdf(upload(with_objects(text)))
    assert _seconds_of_children() - began < reader.CPU_SECONDS - 1


def _seconds_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.usefixtures("started")
def test_arrays_that_go_too_deep_hold_nothing_up() -> None:
    assert uploads.read_pdf(upload(with_objects(b"[" * 90 + b"]" * 90)))
    uploads.read_pdf(upload(with_objects(b"[" * 100_000 + b"]" * 100_000)))


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_wrong_file_is_refused_with_the_reason_and_leaves_nothing(
    office: TenantRef, media: Path, content: bytes, reason: str
) -> None:
    with pytest.raises(RejectedUpload) as refusal:
        store_upload(by=SYSTEM, upload=upload(content), kind="TEST")
    assert reason in str(refusal.value)
    assert StoredFile.objects.count() == Entry.objects.filter(verb="FILE_STORED").count() == 0
    assert list(media.rglob("*")) == []


def test_a_file_over_the_limit_is_refused(office: TenantRef, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    with pytest.raises(RejectedUpload, match="większy niż 1 MB"):
        store_upload(by=SYSTEM, upload=upload(b"%PDF-" + bytes(1024 * 1024)), kind="TEST")


def test_a_plain_pdf_of_many_kinds_of_pages_is_accepted() -> None:
    with_link = pdf(lambda made: made.Root.__setattr__("OpenAction", Array([made.pages[0].obj])))
    for content in (pdf(), pdf(pages=500), pdf(linearize=True), with_link):
        assert uploads.read_pdf(upload(content)) == content


def test_a_checker_that_dies_means_no(monkeypatch: Any, tmp_path: Path) -> None:
    for program in ("import os; os.abort()", "print('nonsense')", "print('[]')", ""):
        script = tmp_path / "check.py"
        script.write_text(program)
        monkeypatch.setattr(reader, "__file__", str(script))
        with pytest.raises(RejectedUpload, match="zbyt złożony"):
            uploads.read_pdf(upload(pdf()))


def test_a_checker_that_hangs_says_nothing_of_the_file(monkeypatch: Any, tmp_path: Path) -> None:
    script = tmp_path / "check.py"
    script.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(reader, "__file__", str(script))
    monkeypatch.setattr(reader, "WALL_SECONDS", 1)
    with pytest.raises(Overloaded):
        uploads.read_pdf(upload(pdf()))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Temp\\Skan 1.PDF", "Skan 1.pdf"),
        ("umowa\u202efdp.exe", "umowafdp.exe.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("Zażółć gęślą.pdf", "Zażółć gęślą.pdf"),
        (".pdf", "dokument.pdf"),
        ("", "dokument.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_a_name_is_made_safe_to_show(given: str, kept: str) -> None:
    assert uploads.clean_name(given) == kept
