"""Looks into an uploaded PDF; run as a program of its own, with little memory and time.

A parser fed with a stranger's file may be made to swell or to hang, so it does it elsewhere: the
file comes on standard input, the answer is one line of JSON on standard output.
"""

import io
import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

import pikepdf

MAX_PAGES = 500
MAX_UNPACKED = 300 * 1024 * 1024
MAX_STREAM = 120 * 1024 * 1024
MAX_PIXELS = 200_000_000  # a sheet of A0 at 300 dots per inch has 140 million
MAX_MEMORY = 1024 * 1024 * 1024
MAX_SECONDS = 20

_ACTIONS = {
    "/JavaScript": "javascript",
    "/Launch": "launch",
    "/ImportData": "launch",
    "/GoToE": "attachment",
    "/SubmitForm": "submit",
    "/Rendition": "media",
    "/Movie": "media",
    "/Sound": "media",
}
_KEYS = {
    "/JS": "javascript",
    "/JavaScript": "javascript",
    "/EmbeddedFiles": "attachment",
    "/EF": "attachment",
    "/RichMediaContent": "media",
    "/XFA": "xfa",
}
_TYPES = {"/EmbeddedFile": "attachment", "/FileAttachment": "attachment", "/RichMedia": "media"}
_CODED_IMAGES = {"/DCTDecode", "/JPXDecode", "/JBIG2Decode", "/CCITTFaxDecode"}


class BadPdf(Exception):
    """Carries the code of the reason."""


def inspect(data: bytes) -> int:
    """The number of pages; BadPdf says why the file may not be kept."""
    if not data.startswith(b"%PDF-"):
        raise BadPdf("not_pdf")
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return _inspect(pdf)
    except pikepdf.PasswordError:
        raise BadPdf("encrypted") from None
    except (pikepdf.PdfError, pikepdf.ForeignObjectError, ValueError, TypeError):
        raise BadPdf("damaged") from None
    except (MemoryError, RecursionError):
        raise BadPdf("too_complex") from None


def _inspect(pdf: pikepdf.Pdf) -> int:
    if pdf.is_encrypted:
        raise BadPdf("encrypted")
    pages = len(pdf.pages)
    if pages == 0:
        raise BadPdf("damaged")
    if pages > MAX_PAGES:
        raise BadPdf("too_many_pages")
    unpacked = 0
    for item in pdf.objects:
        for part in _containers(item):
            _refuse_active(part)
        if isinstance(item, pikepdf.Stream):
            unpacked += _unpacked_size(item)
        if unpacked > MAX_UNPACKED:
            raise BadPdf("bomb")
    return pages


def _containers(item: Any) -> Iterator[Any]:
    """The dictionaries that are written inside an object; those it points at come by themselves."""
    waiting = [item]
    while waiting:
        part = waiting.pop()
        if isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
            yield part
            values = [part.get(key) for key in part.keys()]  # noqa: SIM118
        elif isinstance(part, pikepdf.Array):
            values = list(part)
        else:
            continue
        waiting += [
            value
            for value in values
            if isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect
        ]


def _refuse_active(part: Any) -> None:
    for key in part.keys():  # noqa: SIM118
        if key in _KEYS:
            raise BadPdf(_KEYS[key])
    for key, table in (("/S", _ACTIONS), ("/Type", _TYPES), ("/Subtype", _TYPES)):
        value = part.get(key)
        if isinstance(value, pikepdf.Name) and str(value) in table:
            raise BadPdf(table[str(value)])


def _unpacked_size(stream: pikepdf.Stream) -> int:
    width, height = stream.get("/Width", 0), stream.get("/Height", 0)
    if isinstance(width, int) and isinstance(height, int) and width * height > MAX_PIXELS:
        raise BadPdf("bomb")
    filters: Any = stream.get("/Filter", [])
    names = {str(name) for name in (filters if isinstance(filters, pikepdf.Array) else [filters])}
    if names & _CODED_IMAGES:
        return 0
    try:
        return len(stream.read_bytes())
    except pikepdf.PdfError as error:
        # qpdf stops at its limit of memory with the same error as for a stream it can't decode.
        if "limit exceeded" in str(error):
            raise BadPdf("bomb") from None
        return 0


def _limit_this_process() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if sys.platform == "linux":  # macOS knows the limit and does not keep it
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=MAX_STREAM,
        run_length_max_memory=MAX_STREAM,
        png_max_memory=MAX_STREAM,
        tiff_max_memory=MAX_STREAM,
        dct_max_memory=MAX_STREAM,
        parser_max_container_size=1_000_000,
        max_stream_filters=5,
    )


def main() -> None:
    _limit_this_process()
    try:
        answer: dict[str, Any] = {"pages": inspect(sys.stdin.buffer.read())}
    except BadPdf as refused:
        answer = {"refused": str(refused)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
