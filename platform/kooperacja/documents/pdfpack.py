"""Puts strangers' PDFs behind a paper of ours; a reader of `guarded`.

Of a stranger's file only the look of its pages is taken: nothing that acts, no links, no fields.
"""

import io
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pikepdf

from kooperacja.documents import pdfcheck

MAX_PAGES = 500  # of all files together
_SMALLEST, _LARGEST = 3.0, 14_400.0  # sides that a page may have, in points
_ROOM = "too_many_pages"


def read(content: bytes, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """`gather` makes one file of many, `join` puts its pages behind those of ours."""
    pdfcheck.keep_limits()
    files = list(_parts(content, asked["sizes"]))
    if asked["do"] == "gather":
        facts, made = gather(files)
        return {"files": facts}, made
    return {}, join(*files, pages=asked["pages"])


def _parts(content: bytes, sizes: list[int]) -> Iterator[bytes]:
    start = 0
    for size in sizes:
        yield content[start : start + size]
        start += size


def gather(files: list[bytes]) -> tuple[list[dict[str, Any]], bytes]:
    """The pages of all files in one; of each how many there are, or why there are none."""
    facts = list[dict[str, Any]]()
    with pikepdf.new() as whole, ExitStack() as stack:
        for content in files:
            before = len(whole.pages)
            try:
                _take(stack, whole, content)
                facts.append({"pages": len(whole.pages) - before})
            except pdfcheck.BadPdf as refused:
                del whole.pages[before:]
                facts.append({"refused": str(refused)})
        return facts, _saved(whole)


def _take(stack: ExitStack, whole: pikepdf.Pdf, content: bytes) -> None:
    try:
        pdf = stack.enter_context(pikepdf.open(io.BytesIO(content)))
        if pdf.is_encrypted:
            raise pdfcheck.BadPdf("encrypted")
        if not len(pdf.pages):
            raise pdfcheck.BadPdf("damaged")
        if len(whole.pages) + len(pdf.pages) > MAX_PAGES:
            raise pdfcheck.BadPdf(_ROOM)
        pdf.generate_appearance_streams()
        pdf.flatten_annotations("all")
        for page in pdf.pages:
            whole.add_blank_page(page_size=_size(page)).add_overlay(page, None)
    except pikepdf.PasswordError:
        raise pdfcheck.BadPdf("encrypted") from None
    except (MemoryError, RecursionError):
        raise pdfcheck.BadPdf("too_complex") from None
    except (
        pikepdf.PdfError,
        pikepdf.ForeignObjectError,
        ArithmeticError,
        AttributeError,
        LookupError,
        RuntimeError,
        TypeError,
        ValueError,
    ):
        raise pdfcheck.BadPdf("damaged") from None


def _size(page: pikepdf.Page) -> tuple[float, float]:
    """The width and height of a page as one sees it, turned as it says."""
    left, bottom, right, top = (float(side) for side in page.trimbox)
    width, height = abs(right - left), abs(top - bottom)
    if not all(_SMALLEST <= side <= _LARGEST for side in (width, height)):
        raise pdfcheck.BadPdf("damaged")
    return (height, width) if page.rotation % 180 else (width, height)


def join(front: bytes, body: bytes, *, pages: list[int]) -> bytes:
    """Our paper, whose last pages are one for each file, with the pages of the file after each."""
    with pikepdf.open(io.BytesIO(front)) as pdf, pikepdf.open(io.BytesIO(body)) as files:
        parts = list(pdf.Root.StructTreeRoot.K[0].K)[-len(pages) :]
        end, last = len(files.pages), len(pdf.pages)
        for part, number in zip(reversed(parts), reversed(pages), strict=True):
            for at, page in enumerate(files.pages[end - number : end]):
                pdf.pages.insert(last + at, page)
                _tag(pdf, part, pdf.pages[last + at])
            end, last = end - number, last - 1
        with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            # Nobody knows if what is in the files can be read by everybody.
            del metadata["pdfuaid:part"]
        return _saved(pdf)


def _tag(pdf: pikepdf.Pdf, part: Any, page: pikepdf.Page) -> None:
    """Let whoever hears the paper come to a page of a file, which is one paragraph to them."""
    tree = pdf.Root.StructTreeRoot.ParentTree.Nums
    key = int(tree[-2]) + 1
    element = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.P, P=part, Pg=page.obj, K=0)
    )
    part.K.append(element)
    tree.append(key)
    tree.append(pikepdf.Array([element]))
    page.obj.StructParents = key
    page.contents_add(b"/P <</MCID 0>> BDC\n", prepend=True)
    page.contents_add(b"\nEMC")


def _saved(pdf: pikepdf.Pdf) -> bytes:
    """Written without packing anything anew, which takes no time."""
    held = io.BytesIO()
    pdf.save(
        held,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        deterministic_id=True,
    )
    return held.getvalue()
