"""PDFs that lead back to themselves, or are packed over and over, get an answer soon and in words.

Each is read under the limits of the product; one that needed more than these would be told as
"zbyt złożony", and only those that say so here are.
"""

import zlib
from contextlib import suppress
from pathlib import Path

import pytest

from kooperacja.documents import signatures, uploads
from kooperacja.documents.errors import RejectedUpload
from kooperacja.documents.models import Verdict
from tests.factories import signing
from tests.kooperacja.documents.conftest import upload
from tests.kooperacja.documents.measured import measured
from tests.kooperacja.documents.rawpdf import (
    CATALOG,
    PAGE,
    object_stream,
    ordinary,
    pages,
    revised,
    stream,
    with_stream,
    with_table,
)

DAMAGED, HARD, PACKED, LARGE = "uszkodzony", "zbyt złożony", "jest spakowany", "zbyt duży"
UNSIGNED = {Verdict.ABSENT, Verdict.UNREADABLE, Verdict.UNKNOWN}
TREE = {1: (4, 0), 2: (4, 1), 3: (4, 2)}
WRITTEN = {1: CATALOG, 2: pages(), 3: PAGE}
ZEROS = zlib.compress(bytes(130 * 1024 * 1024), 1)


def flate(times: int, more: bytes = b"") -> bytes:
    content = b"BT ET"
    for _ in range(min(times, 100)):
        content = zlib.compress(content)
    return stream(b"/Filter[%s%s]" % (b"/FlateDecode" * times, more), content)


def picture(entries: bytes) -> bytes:
    return with_table(ordinary(o4=stream(b"/Subtype/Image/Width 9/Height 9" + entries, bytes(99))))


def of(four: bytes, **more: bytes) -> bytes:
    return with_table(ordinary(o4=four, **more))


def deep(levels: int) -> dict[int, bytes]:
    """A tree of pages with one branch."""
    nodes = {
        3 + n: b"<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>" % (4 + n, 2 + n)
        for n in range(levels)
    }
    leaf = PAGE.replace(b"2 0 R", b"%d 0 R" % (2 + levels))
    return {1: CATALOG, 2: pages(), **nodes, 3 + levels: leaf}


def form(fields: bytes, **more: bytes) -> bytes:
    catalog = CATALOG.replace(b">>", b"/AcroForm<</Fields[%s]/SigFlags 3>>>>" % fields)
    return with_table(ordinary(o1=catalog, **more))


def outlines(number: int, key: bytes, *, is_ring: bool = False) -> bytes:
    items = {
        5 + n: b"<</Title(x)/Parent 4 0 R/%s %d 0 R>>" % (key, 6 + n) for n in range(number - 1)
    }
    items[4 + number] = b"<</Title(x)/%s 5 0 R>>" % key if is_ring else b"<</Title(x)>>"
    catalog = CATALOG.replace(b">>", b"/Outlines 4 0 R>>")
    root = b"<</Type/Outlines/First 5 0 R/Last %d 0 R>>" % (4 + number)
    return with_table({**ordinary(o1=catalog, o4=root), **items})


# Each with the words of its refusal; none where it is taken.
FILTERS = {
    "as scanners write: JBIG2": (picture(b"/Filter/JBIG2Decode"), ""),
    "JBIG2 whose globals are itself": (
        picture(b"/Filter/JBIG2Decode/DecodeParms<</JBIG2Globals 4 0 R>>"),
        "",
    ),
    "CCITT": (picture(b"/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 9>>"), ""),
    "CCITT of endless columns": (picture(b"/Filter/CCF/DecodeParms<</Columns 2000000000>>"), ""),
    "JPEG 2000": (picture(b"/Filter/JPXDecode"), ""),
    "a packed JPEG in text": (picture(b"/Filter[/ASCII85Decode/FlateDecode/DCTDecode]"), ""),
    "none": (of(stream(b"/Filter[]", b"x")), ""),
    "nothing": (of(stream(b"/Filter null", b"x")), ""),
    "twice": (of(flate(2)), ""),
    "three times": (of(flate(3)), ""),
    "four times": (of(flate(4)), PACKED),
    "a hundred thousand times": (of(flate(100_000)), PACKED),
    "a hundred times and a picture": (of(flate(100, b"/DCTDecode")), PACKED),
    "a picture and more": (picture(b"/Filter[/DCTDecode/FlateDecode]"), PACKED),
    "of no kind": (picture(b"/Filter/FooDecode"), PACKED),
    "a number": (picture(b"/Filter 7"), PACKED),
    "itself": (picture(b"/Filter 4 0 R"), PACKED),
    "a list of itself": (
        of(stream(b"/Filter 5 0 R", b"x"), o5=b"[5 0 R 5 0 R]"),
        PACKED,
    ),
    "a bomb": (of(stream(b"/Filter/Fl", ZEROS)), LARGE),
    "a bomb under a picture": (of(stream(b"/Filter[/FlateDecode/JBIG2Decode]", ZEROS)), LARGE),
    "a bomb in a bomb under a picture": (
        of(stream(b"/Filter[/Fl/Fl/JBIG2Decode]", zlib.compress(ZEROS))),
        LARGE,
    ),
    "a bomb in a bomb": (
        of(stream(b"/Filter[/Fl/Fl/Fl]", zlib.compress(zlib.compress(ZEROS)))),
        LARGE,
    ),
    "a length that is itself": (of(b"<</Length 4 0 R>>stream\nabc\nendstream"), ""),
}
STREAMS = {
    "in order": (with_stream({4: object_stream(b"", WRITTEN)}, TREE), ""),
    "extends itself": (with_stream({4: object_stream(b"/Extends 4 0 R", WRITTEN)}, TREE), ""),
    "extend each other": (
        with_stream(
            {
                4: object_stream(b"/Extends 5 0 R", WRITTEN),
                5: object_stream(b"/Extends 4 0 R", {6: b"null"}),
            },
            {**TREE, 6: (5, 0)},
        ),
        "",
    ),
    "lies in itself": (with_stream(WRITTEN, {4: (4, 0)}), ""),
    "lie in each other": (with_stream({}, {1: (4, 0), 4: (5, 0), 5: (4, 0)}), DAMAGED),
    "lies in another": (
        with_stream({4: object_stream(b"", {5: b"(x)"})}, {1: (5, 0), 2: (5, 0), 5: (4, 0)}),
        DAMAGED,
    ),
    "has too many": (
        with_stream(
            {**WRITTEN, 4: stream(b"/Type/ObjStm/N 2000000000/First 4", b"5 0 x")}, {5: (4, 0)}
        ),
        "",
    ),
}
PLACES = {
    "a table before itself": (with_table(ordinary(), b"/Prev @@@@@@@@@@"), ""),
    "a hybrid of itself": (with_table(ordinary(), b"/XRefStm @@@@@@@@@@"), ""),
    "a stream before itself": (with_stream(WRITTEN, {}, b"/Prev @@@@@@@@@@"), ""),
    "a hybrid stream of itself": (with_stream(WRITTEN, {}, b"/XRefStm @@@@@@@@@@"), ""),
    "beyond the end": (with_table(ordinary(), b"/Prev 99999999999"), ""),
    "before the beginning": (with_table(ordinary(), b"/Prev -5"), ""),
    "a ring of two": (revised(2, is_ring=True), ""),
    "a thousand revisions": (revised(1000), ""),
}
PAGES = {
    "a node in itself": (with_table({1: CATALOG, 2: pages(b"2 0 R"), 3: PAGE}), DAMAGED),
    "two in each other": (
        with_table({1: CATALOG, 2: pages(b"4 0 R"), 3: PAGE, 4: pages(b"2 0 R")}),
        DAMAGED,
    ),
    "a page and the node": (with_table({1: CATALOG, 2: pages(b"3 0 R 2 0 R"), 3: PAGE}), DAMAGED),
    "a page above itself": (
        with_table(ordinary(o3=b"<</Type/Page/Parent 3 0 R/MediaBox[0 0 9 9]>>")),
        "",
    ),
    "deep": (with_table(deep(50)), ""),
    "a field in itself": (form(b"4 0 R", o4=b"<</T(a)/FT/Sig/Kids[4 0 R]>>"), ""),
    "a field above itself": (form(b"4 0 R", o4=b"<</T(a)/Parent 4 0 R>>"), ""),
    "a field that is its value": (form(b"4 0 R", o4=b"<</T(a)/FT/Sig/V 4 0 R>>"), ""),
    "outlines in a ring": (outlines(30, b"Next", is_ring=True), ""),
    "outlines in each other": (outlines(30, b"First", is_ring=True), ""),
    "deep outlines": (outlines(5_000, b"First"), ""),
}
EVERY = {
    f"{kind}: {name}": case
    for kind, cases in (
        *(("packed", FILTERS), ("object streams", STREAMS)),
        *(("places", PLACES), ("tree", PAGES)),
    )
    for name, case in cases.items()
}


@pytest.mark.parametrize(("content", "words"), EVERY.values(), ids=EVERY)
def test_it_is_taken_or_refused_in_words(content: bytes, words: str) -> None:
    if words:
        with pytest.raises(RejectedUpload, match=words):
            uploads.read_pdf(upload(content))
    else:
        assert uploads.read_pdf(upload(content)) == content
        assert signatures.check(content)[0] in UNSIGNED


def test_two_sign_a_document_of_many_bookmarks() -> None:
    content = outlines(800, b"Next")
    for field in ("Podpis1", "Podpis2"):
        content = signing.signed(content=content, field=field)
    verdict, found = signatures.check(content)
    assert (verdict, len(found)) == (Verdict.INTACT, 2)


HEAVY = {
    "tree of 20,000 levels": with_table(deep(20_000)),
    "30,000 outlines in each other": outlines(30_000, b"First"),
    "20,000 revisions": revised(20_000),
    "a page 100,000 times": with_table(
        {1: CATALOG, 2: pages(b"3 0 R " * 100_000, 100_000), 3: PAGE}
    ),
    "a branch that doubles 30 times": with_table(
        {
            1: CATALOG,
            **{2 + n: pages(b"%d 0 R %d 0 R" % (3 + n, 3 + n), 2**20) for n in range(30)},
            32: PAGE,
        }
    ),
}


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("content", HEAVY.values(), ids=HEAVY)
def test_what_costs_most_stays_within_the_limits(
    content: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    readers = measured(monkeypatch, tmp_path)
    with readers.within_limits(0, content), suppress(RejectedUpload):
        uploads.read_pdf(upload(content))
        assert signatures.check(content)[0] in UNSIGNED
    assert readers.took()
