"""XAdES files: read within limits, their signatures found, and the one PDF that they hold; a part of `containers`."""

import binascii
from typing import Any
from xml.parsers import expat

from lxml import etree

DS = "{http://www.w3.org/2000/09/xmldsig#}"
SIGNATURE, OBJECT = f"{DS}Signature", f"{DS}Object"
MAX_SIGNATURES = 30
MAX_DEPTH = 60
MAX_PARTS = 20_000  # elements and attributes


class BadContainer(Exception):
    """Carries the code of the reason."""


class _Limits:
    """Looks through a file before a tree is made of it."""

    def __init__(self) -> None:
        self.depth = self.parts = 0
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end

    def doctype(self, *of: Any) -> None:
        raise BadContainer("doctype")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.parts += 1 + len(attributes)
        if self.depth > MAX_DEPTH or self.parts > MAX_PARTS:
            raise BadContainer("too_complex")

    def end(self, name: str) -> None:
        self.depth -= 1


def parser() -> etree.XMLParser:
    """Takes long texts, as a PDF in base64 is one; `_Limits` has looked at the rest."""
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def parsed(content: bytes) -> Any:
    """The root of a file without a document type, not deep and of not too many parts."""
    try:
        _Limits().parser.Parse(content, True)
        return etree.fromstring(content, parser())
    except (expat.ExpatError, etree.XMLSyntaxError, ValueError, LookupError):
        raise BadContainer("damaged") from None


def signatures_in(root: Any) -> list[Any]:
    """The signature that the file is, or those at its top; one deeper signs something else."""
    return [root] if root.tag == SIGNATURE else [one for one in root if one.tag == SIGNATURE]


def pdf_in(root: Any) -> bytes:
    """The only document that stands in the file, in base64, if it is a PDF."""
    held = [one for one in root.iter(OBJECT) if not len(one) and (one.text or "").strip()]
    if len(held) > 1:
        raise BadContainer("many")
    if not held:
        raise BadContainer("detached" if _is_detached(root) else "no_pdf")
    content = decoded(held[0])
    if not content.startswith(b"%PDF-"):
        raise BadContainer("no_pdf")
    return content


def decoded(element: Any) -> bytes:
    """The bytes that stand in an element and nothing else; empty where something else does."""
    if len(element):
        return b""
    try:
        text = "".join((element.text or "").split())
        return binascii.a2b_base64(text.encode("ascii"), strict_mode=True)
    except ValueError:
        return b""


def _is_detached(root: Any) -> bool:
    references = root.iter(f"{DS}Reference")
    return any(not one.get("URI", "#").startswith("#") and one.get("URI") for one in references)
