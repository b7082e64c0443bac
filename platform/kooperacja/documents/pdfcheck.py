"""Looks into an uploaded PDF; a reader of `guarded`."""

import ctypes
import io
import sys
import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf

from kooperacja.documents import pdfacts

MAX_PAGES = 500
MAX_UNPACKED = 300 * 1024 * 1024
MAX_STREAM = 120 * 1024 * 1024
MAX_PIXELS = 200_000_000  # a sheet of A0 at 300 dots per inch has 140 million
# More can't be looked through in the time that a reader has.
MAX_OBJECTS = 200_000
MAX_CONTAINERS = 400_000
MAX_ITEMS = 100_000  # of one array or dictionary
MAX_NESTING = 100
# What is not unpacked piece by piece is held in memory more than once.
_MAX_HELD = 40 * 1024 * 1024
_PIECE = 256 * 1024

_KEYS = {
    "/JS": "javascript",
    "/JavaScript": "javascript",
    "/EmbeddedFiles": "attachment",
    "/EF": "attachment",
    "/RichMediaContent": "media",
    "/3DD": "media",
    "/OnInstantiate": "javascript",
    "/XFA": "xfa",
}
_TYPES = {"/EmbeddedFile": "attachment", "/FileAttachment": "attachment", "/RichMedia": "media"}
# Scanners and office programs pack a stream once, or twice with text around it; a picture is
# decoded last, and by its reader alone.
MAX_FILTERS = 3
_CODED_IMAGES = {"/DCTDecode", "/JPXDecode", "/JBIG2Decode", "/CCITTFaxDecode"}
_PACKINGS = {"/FlateDecode", "/LZWDecode", "/RunLengthDecode"}
_PACKINGS |= {"/ASCIIHexDecode", "/ASCII85Decode", "/Crypt"}
# Abbreviations are for pictures inside a page's content, but readers take them everywhere.
_SHORT = {
    "/DCT": "/DCTDecode",
    "/CCF": "/CCITTFaxDecode",
    "/Fl": "/FlateDecode",
    "/LZW": "/LZWDecode",
    "/RL": "/RunLengthDecode",
    "/AHx": "/ASCIIHexDecode",
    "/A85": "/ASCII85Decode",
}


class BadPdf(Exception):
    """Carries the code of the reason."""


def read(content: bytes, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    keep_limits()
    try:
        return {"pages": inspect(content)}, b""
    except BadPdf as refused:
        return {"refused": str(refused)}, b""


def keep_limits() -> None:
    """Let the library hold little of what it unpacks, and die where there is no memory."""
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=_MAX_HELD,
        run_length_max_memory=_MAX_HELD,
        png_max_memory=_MAX_HELD,
        tiff_max_memory=_MAX_HELD,
        dct_max_memory=_MAX_HELD,
        parser_max_nesting=MAX_NESTING,
        max_stream_filters=5,
    )
    _die_without_memory()


def _die_without_memory() -> None:
    """qpdf takes an object for which there was no memory for one that is not there, and goes on."""
    if sys.platform == "linux":  # only there is memory limited
        handler = ctypes.CDLL(None).abort
        set_handler = ctypes.CDLL("libstdc++.so.6")["_ZSt15set_new_handlerPFvvE"]
        set_handler(ctypes.cast(handler, ctypes.c_void_p))


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
    if len(pdf.objects) > MAX_OBJECTS:
        raise BadPdf("too_complex")
    unpacked = containers = 0
    for item in pdf.objects:
        for part in _containers(item):
            containers += 1
            if containers > MAX_CONTAINERS:
                raise BadPdf("too_complex")
            if not isinstance(part, pikepdf.Array):
                _refuse_active(part)
        if isinstance(item, pikepdf.Stream):
            unpacked += _unpacked_size(item)
        if unpacked > MAX_UNPACKED:
            raise BadPdf("bomb")
    return pages


def _containers(item: Any) -> Iterator[Any]:
    """The containers that are written inside an object; those it points at come by themselves."""
    waiting = [item]
    while waiting:
        part = waiting.pop()
        if not isinstance(part, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
            continue
        yield part
        waiting += [
            value
            for value in _values(part)
            if isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect
        ]


def _values(part: Any) -> list[Any]:
    if isinstance(part, pikepdf.Array):
        if len(part) > MAX_ITEMS:
            raise BadPdf("too_complex")
        return list(part)
    keys = part.keys()
    if len(keys) > MAX_ITEMS:
        raise BadPdf("too_complex")
    return [part.get(key) for key in keys]


def _refuse_active(part: Any) -> None:
    for key in part.keys():  # noqa: SIM118
        if key in _KEYS:
            raise BadPdf(_KEYS[key])
    for key, table in (("/S", pdfacts.REASONS), ("/Type", _TYPES), ("/Subtype", _TYPES)):
        value = part.get(key)
        if isinstance(value, pikepdf.Name) and str(value) in table:
            raise BadPdf(table[str(value)])
    if reason := pdfacts.refusal(part):
        raise BadPdf(reason)


def _unpacked_size(stream: pikepdf.Stream) -> int:
    width, height = stream.get("/Width", 0), stream.get("/Height", 0)
    if isinstance(width, int) and isinstance(height, int) and width * height > MAX_PIXELS:
        raise BadPdf("bomb")
    packings, is_picture = _filters(stream)
    if packings == ["/FlateDecode"]:
        return _inflated_size(stream.read_raw_bytes())
    if is_picture:
        if not packings:
            return 0
        with pikepdf.new() as apart:  # the packing without the picture, which is not decoded here
            names = pikepdf.Array([pikepdf.Name(name) for name in packings])
            return _size(pikepdf.Stream(apart, stream.read_raw_bytes(), Filter=names))
    return _size(stream)


def _filters(stream: pikepdf.Stream) -> tuple[list[str], bool]:
    """The ways in which it is packed, and whether there is a coded picture inside."""
    written: Any = stream.get("/Filter")
    several = list(written) if isinstance(written, pikepdf.Array) else [written]
    if written is None:
        several = []
    if len(several) > MAX_FILTERS or not all(isinstance(one, pikepdf.Name) for one in several):
        raise BadPdf("filters")
    names = [_SHORT.get(str(one), str(one)) for one in several]
    is_picture = bool(names) and names[-1] in _CODED_IMAGES
    packings = names[:-1] if is_picture else names
    if not set(packings) <= _PACKINGS:
        raise BadPdf("filters")
    return packings, is_picture


def _size(stream: pikepdf.Stream) -> int:
    try:
        return len(stream.read_bytes())
    except (pikepdf.PdfError, RuntimeError) as error:
        # qpdf stops at its limit of memory with the same error as for a stream it can't decode.
        if "limit exceeded" in str(error):
            raise BadPdf("bomb") from None
        return 0


def _inflated_size(packed: bytes) -> int:
    """How large it becomes, without ever holding it whole; what can't be unpacked stays small."""
    inflater, size = zlib.decompressobj(), 0
    try:
        while packed and not inflater.eof:
            size += len(inflater.decompress(packed, _PIECE))
            packed = inflater.unconsumed_tail
            if size > MAX_STREAM:
                raise BadPdf("bomb")
    except zlib.error:
        pass
    return size
