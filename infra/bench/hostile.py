"""Small files that cost much: a Word form with loops, a PDF with an enormous array."""

import io
import re
from typing import Any

import docx
from django.core.files.uploadedfile import SimpleUploadedFile

WORD = "/partnerstwo/osrodek/szablony/ANNOTATED_DECLARATION/"
STATEMENT = "/partnerstwo/ochrona-danych/oswiadczenia/nowe/"
PARAGRAPHS, NUMBERS = 20_000, 1_800_000

Upload = tuple[str, dict[str, Any]]


def upload_of(account: Any, number: int) -> Upload:
    """Where the account sends its file, and the form: a Word form or a PDF by turns."""
    if number % 2:
        return WORD, {"after": 0, "file": SimpleUploadedFile("x.docx", _WORD)}
    pdf = SimpleUploadedFile("x.pdf", _PDF, "application/pdf")
    return STATEMENT, {"subject": _subject(account), "signed_on": "2026-01-02", "file": pdf}


def _subject(account: Any) -> str:
    """The account's own person, of whom no statement is kept: else no file would be looked at."""
    status, body = account.ask(STATEMENT)
    assert status == 200, (STATEMENT, status)
    field = body.decode().split('name="subject"', 1)[1]
    (value,) = re.findall(rf'value="([^"]+)">{re.escape(account.name)},', field)
    return str(value)


def _word() -> bytes:
    document, made = docx.Document(), io.BytesIO()
    document.add_paragraph("Podmiot {{ organisation.name }}")
    document.add_paragraph("{%p for one in coordinators %}")
    end = document.element.body.sectPr
    for _ in range(PARAGRAPHS):
        end.addprevious(end.makeelement(f"{{{end.nsmap['w']}}}p"))
    document.add_paragraph("{%p endfor %}")
    document.save(made)
    return made.getvalue()


def _pdf() -> bytes:
    objects = (
        b"<</Type/Catalog/Pages 2 0 R/More 4 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        b"[" + b"0 " * NUMBERS + b"]",
    )
    body, places = b"%PDF-1.7\n", []
    for number, written in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + b"xref\n0 5\n0000000000 65535 f \n" + table + end


_WORD, _PDF = _word(), _pdf()
