"""Word files and PDFs spoilt at random, deep inside: by the same dice always in the same way."""

import copy
import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

import pikepdf
from lxml import etree

from kooperacja.documents.papers import Paper
from kooperacja.documents.wordform import form
from tenants.accession.papers import ANNOTATED_DECLARATION, RESIGNATION
from tests.factories import signatures as make
from tests.kooperacja.documents.conftest import pdf as plain_pdf

Spoil = Callable[[random.Random, bytes], bytes]

TIMES = (1, 40, 3000)
TEXTS = (
    "{{", "}}", "{% for x in coordinators %}", "{% endfor %}", "{% if acceptance %}", "{{r a", "{#",
    "{{ loop.index }}", "{{ place|attr('x') }}", "{{ organisation }}", "\u202e", "ą" * 70_000,
)  # fmt: skip
VALUES = (
    "", "-1", "0", "99999999999999999999", "NULL", "true", "{{ place }}", "{% if x %}", "x" * 70_000,
    "http://example.org/a", "file:///c:/x", "../../../../etc/passwd", "word/document.xml", "\u202e",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml", "External",
)  # fmt: skip
TOKENS = (
    b"null", b"true", b"-1", b"0", b"1 0 R", b"4 0 R", b"99999 0 R", b"9" * 30, b"1e308", b"()",
    b"[]", b"<<>>", b"[" * 5000, b"<<" * 5000, b"(" * 5000, b"/JavaScript", b"/FlateDecode",
    b"[/FlateDecode /FlateDecode /FlateDecode]", b"/Sig", b"/Catalog", b"<" + b"00" * 40_000 + b">",
    b"[0 0 0 0]", b"[0 10 20 99999999]", b"[-1 5 -7 9]",
)  # fmt: skip


# Any bytes.


def flip(dice: random.Random, content: bytes) -> bytes:
    spoilt = bytearray(content)
    for _ in range(dice.choice((1, 4, 40))):
        spoilt[dice.randrange(len(spoilt))] = dice.randrange(256)
    return bytes(spoilt)


def cut(dice: random.Random, content: bytes) -> bytes:
    start, end = sorted(dice.randrange(len(content)) for _ in range(2))
    return content[:start] + content[end:]


def repeat(dice: random.Random, content: bytes) -> bytes:
    start = dice.randrange(len(content))
    piece = content[start : start + dice.choice((8, 200, 4000))]
    return content[:start] + piece * dice.choice((2, 50, 1000)) + content[start:]


BYTES: tuple[Spoil, ...] = (flip, cut, repeat)


# The tree of one part of a Word file.


def drop(dice: random.Random, element: etree._Element, parent: etree._Element) -> None:
    parent.remove(element)


def unwrap(dice: random.Random, element: etree._Element, parent: etree._Element) -> None:
    """The tag goes, what is in it stays."""
    at = parent.index(element)
    parent[at : at + 1] = list(element)


def double(dice: random.Random, element: etree._Element, parent: etree._Element) -> None:
    at, size = parent.index(element), sum(1 for _ in element.iter())
    number = min(dice.choice(TIMES), 20_000 // size)
    parent[at:at] = [copy.deepcopy(element) for _ in range(number)]


def nest(dice: random.Random, element: etree._Element, parent: etree._Element) -> None:
    """Inside many of its own kind."""
    for _ in range(dice.choice((1, 20, 200))):
        outer = etree.Element(element.tag, element.attrib, element.nsmap)
        parent.replace(element, outer)
        outer.append(element)
        parent = outer


def move(dice: random.Random, element: etree._Element, parent: etree._Element) -> None:
    places = [
        one for one in element.getroottree().iter() if element not in (one, *one.iterancestors())
    ]
    dice.choice(places).append(element)


def rename(dice: random.Random, element: etree._Element, parent: etree._Element) -> None:
    element.tag = dice.choice([one.tag for one in element.getroottree().iter(etree.Element)])


def revalue(dice: random.Random, element: etree._Element, parent: etree._Element) -> None:
    """An attribute of it says something else: also what a relation is, or leads to."""
    names = element.keys() or [f"{{{element.nsmap.get('w', 'x')}}}val"]
    element.set(dice.choice(names), dice.choice(VALUES))


def reword(dice: random.Random, element: etree._Element, parent: etree._Element) -> None:
    element.text = f"{element.text or ''}{dice.choice(TEXTS)}"


TREES = (drop, unwrap, double, nest, move, rename, revalue, revalue, reword)


def tree(dice: random.Random, part: bytes) -> bytes:
    """A part that is XML still, and says something else in one place or a few."""
    root = etree.fromstring(part)
    for _ in range(dice.choice((1, 1, 5))):
        inner = [one for one in root.iter(etree.Element) if one.getparent() is not None]
        if not inner:
            break
        element = dice.choice(inner)
        parent = element.getparent()
        assert parent is not None
        dice.choice(TREES)(dice, element, parent)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


# A Word file as a whole.


def package(dice: random.Random, content: bytes) -> bytes:
    """One part is spoilt, most often the text, a relation or a content type."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    favoured = ["word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"]
    name = dice.choice([*parts, *favoured * 5])
    is_xml = name.endswith((".xml", ".rels"))
    spoil = tree if is_xml and dice.randrange(5) else dice.choice(BYTES)
    parts[name] = spoil(dice, parts[name])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return made.getvalue()


def headers(dice: random.Random, content: bytes) -> bytes:
    """What the zip file says of its parts is bent: sizes, sums, names, flags, places."""
    spoilt = bytearray(content)
    for _ in range(dice.choice((1, 1, 5))):
        mark, size = dice.choice(((b"PK\x03\x04", 46), (b"PK\x01\x02", 70), (b"PK\x05\x06", 22)))
        place = dice.choice([found.start() for found in re.finditer(re.escape(mark), content)])
        at = min(place + 4 + dice.randrange(size - 4), len(spoilt) - 4)
        length = dice.choice((2, 4))
        number = dice.choice((0, 1, 8, 99, 0xFFFF, 0x7FFFFFFF, dice.randrange(1 << 32)))
        spoilt[at : at + length] = struct.pack("<Q", number)[:length]
    return bytes(spoilt)


def word(dice: random.Random, content: bytes) -> bytes:
    return dice.choice((package, package, package, package, headers, flip, cut))(dice, content)


# A PDF.


def _in_one(pattern: bytes, change: Spoil) -> Spoil:
    """Change one of the places that the pattern finds; any bytes where there is none."""
    compiled = re.compile(pattern, re.DOTALL)

    def spoil(dice: random.Random, content: bytes) -> bytes:
        found = [match.span(1) for match in compiled.finditer(content) if match[1]]
        if not found:
            return flip(dice, content)
        start, end = dice.choice(found)
        return content[:start] + change(dice, content[start:end]) + content[end:]

    return spoil


def token(dice: random.Random, inside: bytes) -> bytes:
    """Something else, alone or in an array or a dictionary; perhaps what was there after it."""
    new = dice.choice(TOKENS)
    return new + b" " + inside if dice.randrange(3) == 0 else new


def number(dice: random.Random, inside: bytes) -> bytes:
    return dice.choice((b"-1", b"0", b"1", b"7", b"99999999", b"9" * 40, inside + b"0"))


def unpacked(dice: random.Random, inside: bytes) -> bytes:
    """What was packed is spoilt and packed again."""
    try:
        plain = zlib.decompress(inside)
    except zlib.error:
        return dice.choice(BYTES)(dice, inside)
    return zlib.compress(dice.choice((*BYTES, swell))(dice, plain or b"q"))


def swell(dice: random.Random, plain: bytes) -> bytes:
    return plain * dice.choice((2, 100, 50_000_000 // len(plain)))


def signature(dice: random.Random, inside: bytes) -> bytes:
    """The hexadecimal digits of a signature: one byte of its structure, or of its length."""
    digits = bytearray(inside)
    at = 2 * dice.choice((dice.randrange(40), dice.randrange(len(digits) // 2)))
    digits[at : at + 2] = b"%02x" % dice.randrange(256)
    return bytes(digits)


OBJECT = rb"\d+ 0 obj(.*?)(?:endobj|stream\r?\n)"
PDFS: tuple[Spoil, ...] = (
    *BYTES,
    _in_one(OBJECT, lambda dice, inside: dice.choice(BYTES)(dice, inside)),
    _in_one(OBJECT, lambda dice, inside: token(dice, inside)),
    _in_one(rb"/[A-Za-z]+ ?(\d+ 0 R|/\w+|-?[\d.]+|\[[^\]]*\])", token),
    _in_one(rb"(/[A-Za-z]+)(?= ?[\[\d/(<])", lambda dice, _: dice.choice((b"/Kids", b"/Parent", b"/S"))),
    _in_one(rb"(\d+)", number),
    _in_one(rb"(\d+) 0 R", number),
    _in_one(rb"stream\r?\n(.*?)\r?\nendstream", unpacked),
    _in_one(rb"xref(.*?)trailer", lambda dice, inside: dice.choice(BYTES)(dice, inside)),
    _in_one(rb"startxref\s+(\d+)", number),
    _in_one(rb"/Prev (\d+)", number),
    _in_one(rb"/ByteRange ?(\[[^\]]*\])", token),
    _in_one(rb"/ByteRange ?\[[^\]]*?(\d+)", number),
    _in_one(rb"/Contents ?<([0-9a-fA-F]{200,})>", signature),
    _in_one(rb"/(?:SubFilter|FT|Type|Filter) ?(/[\w.]+)", token),
)  # fmt: skip


def document(dice: random.Random, content: bytes) -> bytes:
    """A PDF that still says it is one, spoilt in one place or a few."""
    for _ in range(dice.choice((1, 1, 3))):
        content = dice.choice(PDFS)(dice, content) or content
    return content if content.startswith(b"%PDF-") else b"%PDF-1.7\n" + content


# By a seed.


@cache
def sound_pdfs() -> tuple[bytes, ...]:
    """Signed once and twice, not signed, and with its objects packed."""
    packed = plain_pdf(pages=3, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return make.signed("Jan Dyrektor"), make.signed("Jan", "Ewa"), make.page(), packed


def pdf(seed: int) -> bytes:
    dice = random.Random(seed)
    given = spoilt = dice.choice(sound_pdfs())
    while spoilt == given:
        spoilt = document(dice, given)
    return spoilt


def is_signed_part_other(seed: int, content: bytes) -> bool:
    """The file of one signer whose signed bytes were spoilt, wherever the rest went."""
    given = random.Random(seed).choice(sound_pdfs())
    return given == sound_pdfs()[0] and is_other(given, content)


def is_other(given: bytes, content: bytes) -> bool:
    """The bytes around the signature of a file are no longer those that were signed."""
    found = re.search(rb"/Contents ?(<[0-9a-fA-F]{200,}>)", given)
    assert found
    start, end = found.span(1)
    return content[:start] != given[:start] or content[end : len(given)] != given[end:]


def word_form(seed: int) -> tuple[bytes, Paper]:
    dice = random.Random(seed)
    paper = dice.choice((ANNOTATED_DECLARATION, RESIGNATION))
    given = spoilt = form(paper)
    while spoilt == given:
        spoilt = word(dice, given)
    return spoilt, paper
