"""A Word file as a package of parts: opened where Word opens it, judged by its structure.

What is kept is rebuilt from the parts that relations lead to, each of a known kind, as UTF-8 with
the usual prefixes; nothing in it acts by itself or brings in what lies elsewhere.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from lxml import etree

from kooperacja.documents import wordfields, wordobjects
from kooperacja.documents import wordkinds as kinds
from kooperacja.documents.errors import BadTemplate
from kooperacja.documents.wordfields import W, require_link
from kooperacja.ui.polish import quoted

MAX_UNPACKED = 30 * 1024 * 1024
MAX_PARTS = 500

_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_SAVE_AGAIN = (
    "Otwórz go w programie Word i zapisz jeszcze raz jako „Dokument programu Word (.docx)”."
)
# Parts that do something by themselves.
_ACTIVE = re.compile(r"vbaproject|vbadata|activex|embeddings/|oleobject|attachedtoolbars")
_DAMAGED = ("Ten plik programu Word jest uszkodzony", _SAVE_AGAIN)
_LARGE = (
    "Szablon po rozpakowaniu jest zbyt duży.",
    "Usuń z niego to, co zbędne, i zmniejsz obrazy, albo zacznij od szablonu platformy.",
)

_ACTIVE_ELEMENTS = [f"{{{W}}}{name}" for name in kinds.ACTIVE_ELEMENTS]
_DROPPED_ELEMENTS = [f"{{{W}}}{name}" for name in kinds.DROPPED_ELEMENTS]
_NOT_OF_WORD = etree.XPath("//w:*[name() != concat('w:', local-name())]", namespaces={"w": W})
_LEADING = etree.XPath("//@*[contains(' src href althref ', concat(' ', local-name(), ' '))]")
_FILLED_IN = etree.XPath("//@*[contains(., '{{') or contains(., '{%')]")


@dataclass(frozen=True)
class Limits:
    """How large the XML of one part and of all may be, and how many elements one part may have."""

    xml: int
    all_xml: int
    elements: int


GIVEN = Limits(xml=2 * 1024 * 1024, all_xml=6 * 1024 * 1024, elements=60_000)
# A register of a thousand members has 2 MB and 90,000 elements; the reader has its own limits.
MADE = Limits(xml=16 * 1024 * 1024, all_xml=20 * 1024 * 1024, elements=400_000)


@dataclass
class Part:
    """One part of the file with its relations (id → kind, target, whether it lies outside)."""

    name: str
    content_type: str
    content: bytes
    relations: dict[str, tuple[str, str, bool]] = field(default_factory=dict)

    @property
    def is_xml(self) -> bool:
        return self.content_type.endswith(("+xml", "/xml"))


def opened(content: bytes, limits: Limits = GIVEN) -> bytes:
    """The same document as a sound .docx; BadTemplate says why it is none."""
    try:
        files = _unpacked(content, limits)
        parts = _Package(files, limits).parts()
    except (etree.XMLSyntaxError, UnicodeError, KeyError, ValueError) as error:
        raise BadTemplate(*_DAMAGED) from error
    return _packed(parts)


def _unpacked(content: bytes, limits: Limits) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _require_moderate(entries, limits)
            return {_name(entry.filename): archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        if isinstance(error, zipfile.BadZipFile) and "not a zip" in str(error):
            raise BadTemplate("Szablon nie jest plikiem DOCX.", _SAVE_AGAIN) from error
        raise BadTemplate(*_DAMAGED) from error


def _require_moderate(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise BadTemplate(
            "Ten plik jest zaszyfrowany", "Zapisz szablon bez hasła i wybierz go jeszcze raz."
        )
    names = [_name(entry.filename).lower() for entry in entries]
    if len(set(names)) < len(names):
        raise BadTemplate(*_DAMAGED)
    xml = [entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels"))]
    is_large = max(xml, default=0) > limits.xml or sum(xml) > limits.all_xml
    if is_large or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise BadTemplate(*_LARGE)
    if len(entries) > MAX_PARTS:
        raise BadTemplate(*_LARGE)


def _name(name: str) -> str:
    return "/" + name.replace("\\", "/").lstrip("/")


def parsed(content: bytes, limits: Limits = GIVEN) -> Any:
    """The root of XML in any encoding, without definitions of its own."""
    if len(content) > limits.xml:
        raise BadTemplate(*_LARGE)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_pis=True,
        remove_comments=True,
    )
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise BadTemplate(*_DAMAGED)
    if sum(1 for _ in root.iter()) > limits.elements:
        raise BadTemplate(*_LARGE)
    return root


def _transitional(content: bytes, limits: Limits) -> Any:
    """The same root in the usual namespaces, in whichever way their names are written."""
    root = parsed(content, limits)
    plain = kinds.transitional(written := _written(root))
    return root if plain == written else parsed(plain, limits)


class _Package:
    """The parts of a file, from the relations of its root on."""

    def __init__(self, files: dict[str, bytes], limits: Limits) -> None:
        self.limits = limits
        self.files = {name.lower(): content for name, content in files.items()}
        self.names = {name.lower(): name for name in files}
        if "/[content_types].xml" not in self.files:
            raise BadTemplate("Szablon nie jest plikiem DOCX.", _SAVE_AGAIN)
        types = parsed(self.files["/[content_types].xml"], limits)
        self.defaults = {
            (one.get("Extension") or "").lower(): one.get("ContentType") or ""
            for one in types.iter(f"{{{_TYPES}}}Default")
        }
        self.overrides = {
            _name(one.get("PartName") or "").lower(): one.get("ContentType") or ""
            for one in types.iter(f"{{{_TYPES}}}Override")
        }

    def parts(self) -> list[Part]:
        """The root (without a name) and every part that relations lead to."""
        self._require_nothing_hidden()
        root = Part("/", "", b"")
        root.relations = dict(self._relations("/", ""))
        mains = [kind for kind, _, _ in root.relations.values() if kind == "officeDocument"]
        if len(mains) != 1:
            raise BadTemplate("Szablon nie jest plikiem DOCX.", _SAVE_AGAIN)
        parts, waiting = {"/": root}, [root]
        while waiting:
            for _, target, is_outside in waiting.pop().relations.values():
                if is_outside or target.lower() in parts:
                    continue
                parts[target.lower()] = part = self._part(target)
                waiting.append(part)
        return list(parts.values())

    def _require_nothing_hidden(self) -> None:
        """Neither among what no relation leads to, which is left out of what is made."""
        for name, content in self.files.items():
            if _ACTIVE.search(name):
                raise wordobjects.refused("Część pliku", name.lstrip("/"))
            if name.endswith(".rels"):
                list(self._related(content, "/"))

    def _part(self, name: str) -> Part:
        given = self._type(name)
        content_type = kinds.content_type(given)
        if content_type is None:
            raise wordobjects.refused_part(name, given)
        part = Part(name, content_type, self.files[name.lower()])
        folder, _, last = name.rpartition("/")
        part.relations = dict(self._relations(f"{folder}/", last))
        if part.is_xml:
            root = _transitional(part.content, self.limits)
            self._show_pictures(part, root)
            for target in wordobjects.fetched(root, part.relations):
                require_link("", target)
            part.content = _written(_checked(root))
        return part

    def _type(self, name: str) -> str:
        ending = name.rpartition(".")[2].lower()
        return self.overrides.get(name.lower()) or self.defaults.get(ending, "")

    def _show_pictures(self, part: Part, root: Any) -> None:
        """Icons, ink and models are left out where Word keeps a picture of them."""
        for pk, (_, target, is_outside) in list(part.relations.items()):
            if is_outside or not wordobjects.is_pictured(given := self._type(target)):
                continue
            if not wordobjects.show_picture(root, pk):
                raise wordobjects.refused_part(target, given)
            del part.relations[pk]

    def _relations(self, folder: str, of: str) -> Iterator[tuple[str, tuple[str, str, bool]]]:
        content = self.files.get(f"{folder}_rels/{of}.rels".lower())
        yield from self._related(content, folder) if content else ()

    def _related(self, content: bytes, folder: str) -> Iterator[tuple[str, tuple[str, str, bool]]]:
        for one in parsed(content, self.limits).iter("{*}Relationship"):
            kind, is_known = kinds.relation(one.get("Type") or "")
            target, is_outside = one.get("Target") or "", one.get("TargetMode") == "External"
            if kind in kinds.DROPPED_RELATIONS:
                continue
            if kind in kinds.ACTIVE_RELATIONS:
                raise wordobjects.refused("Rodzaj połączenia", kind)
            if is_outside:
                require_link(kind, target)
            elif not is_known or (place := self._place(folder, target)) is None:
                continue  # Word passes over what it does not know and what is not there
            else:
                target = place
            yield one.get("Id") or "", (kind, target, is_outside)

    def _place(self, folder: str, target: str) -> str | None:
        path = unquote(target.partition("#")[0]).replace("\\", "/")
        name = posixpath.normpath(posixpath.join(folder, path))
        return self.names.get(name.lower())


def _checked(root: Any) -> Any:
    # A form has tens of thousands of elements, so lxml itself looks for those that matter.
    if _NOT_OF_WORD(root):
        raise BadTemplate("Tego pliku nie zapisał program Word", _SAVE_AGAIN)
    for element in root.iter(*_ACTIVE_ELEMENTS):
        raise wordobjects.refused("Element", etree.QName(element).localname)
    for element in list(root.iter(*_DROPPED_ELEMENTS)):
        if element.getparent() is not None:
            element.getparent().remove(element)
    _require_own(root)
    wordfields.require_inert(root)
    return root


def _require_own(root: Any) -> None:
    """An attribute brings in nothing from outside and is not filled in."""
    for value in _LEADING(root):
        if re.search(r"[:\\]|^//", value):
            require_link("", value)
    for value in _FILLED_IN(root):
        raise BadTemplate(
            "Tego szablonu nie można użyć",
            f"Pole stoi poza tekstem, we właściwości {quoted(etree.QName(value.attrname).localname)}: "
            f"{value[:80]}. Przenieś je do treści dokumentu.",
        )


def _written(root: Any) -> bytes:
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return written


def _packed(parts: list[Part]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _types(parts))
        for part in parts:
            if part.content_type:
                archive.writestr(part.name.lstrip("/"), part.content)
            if part.relations:
                folder, _, last = part.name.rpartition("/")
                name = f"{folder}/_rels/{last}.rels".lstrip("/")
                archive.writestr(name, _relationships(part))
    return made.getvalue()


def _types(parts: list[Part]) -> bytes:
    root = etree.Element(f"{{{_TYPES}}}Types", nsmap={None: _TYPES})
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    etree.SubElement(root, f"{{{_TYPES}}}Default", Extension="rels", ContentType=rels)
    for part in parts:
        if part.content_type:
            place = {"PartName": part.name, "ContentType": part.content_type}
            etree.SubElement(root, f"{{{_TYPES}}}Override", place)
    return _written(root)


def _relationships(part: Part) -> bytes:
    root = etree.Element(f"{{{_RELS}}}Relationships", nsmap={None: _RELS})
    for pk, (kind, target, is_outside) in part.relations.items():
        values = {"Id": pk, "Type": kinds.address_of(kind), "Target": target}
        if is_outside:
            values["TargetMode"] = "External"
        etree.SubElement(root, f"{{{_RELS}}}Relationship", values)
    return _written(root)
