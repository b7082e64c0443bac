"""ASiC containers: a ZIP with one document and its signatures as XAdES; a part of `containers`."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from urllib.parse import unquote

from kooperacja.documents.xades import BadContainer, parsed

MAX_ENTRIES = 64
MAX_RATIO = 100
_LONGEST_NAME = 200
_MIMETYPES = {b"application/vnd.etsi.asic-e+zip", b"application/vnd.etsi.asic-s+zip"}
_SIGNATURES = re.compile(r"META-INF/[^/]*signatures[^/]*\.xml", re.IGNORECASE)
_CADES = re.compile(r"META-INF/[^/]*\.p7[sm]", re.IGNORECASE)
_MANIFEST = "META-INF/manifest.xml"
_FULL_PATH = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}full-path"
_PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_IS_ENCRYPTED, _IS_UTF8 = 0x1, 0x800


@dataclass(frozen=True, slots=True)
class Container:
    """Its files by their names, and which of them is the document."""

    files: dict[str, bytes]
    document: str
    signatures: list[str]

    def file(self, uri: str) -> bytes | None:
        """The file that a reference names: exactly one of the container, no path is worked out."""
        try:
            return self.files.get(unquote(uri, errors="strict"))
        except UnicodeDecodeError:
            return None


def opened(content: bytes, limit: int) -> Container:
    files = _unpacked(content, limit)
    if files.get("mimetype", b"").strip() not in _MIMETYPES | {b""}:
        raise BadContainer("no_asic")
    if any(_CADES.fullmatch(name) for name in files):
        raise BadContainer("cades")
    signatures = sorted(name for name in files if _SIGNATURES.fullmatch(name))
    if not signatures:
        raise BadContainer("unsigned")
    container = Container(files, _document(files), signatures)
    _require_listed(container)
    return container


def _document(files: dict[str, bytes]) -> str:
    found = [name for name in files if name != "mimetype" and not _is_of_container(name)]
    if len(found) > 1:
        raise BadContainer("many")
    if not found or not files[found[0]].startswith(b"%PDF-"):
        raise BadContainer("no_pdf")
    return found[0]


def _is_of_container(name: str) -> bool:
    return name.upper().startswith("META-INF/")


def _require_listed(container: Container) -> None:
    """Where there is a list of files, it names the document and no other."""
    if _MANIFEST not in container.files:
        return
    entries = parsed(container.files[_MANIFEST]).iter()
    named = {str(entry.get(_FULL_PATH)) for entry in entries if entry.get(_FULL_PATH)}
    listed = {name for name in named if name != "mimetype" and not name.endswith("/")}
    if {name for name in listed if not _is_of_container(name)} != {container.document}:
        raise BadContainer("manifest")


def _unpacked(content: bytes, limit: int) -> dict[str, bytes]:
    """Every file of the archive; BadContainer where one is odd or they are too large together."""
    files: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _require_sound(entries, len(content), limit)
            for entry in entries:
                if not entry.is_dir():
                    files[_name(entry)] = _read(archive, entry)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        raise BadContainer("damaged") from None
    return files


def _require_sound(entries: list[zipfile.ZipInfo], size: int, limit: int) -> None:
    names = [_name(entry).casefold() for entry in entries]
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > min(2 * limit, MAX_RATIO * size):
        raise BadContainer("bomb")
    if any(entry.flag_bits & _IS_ENCRYPTED for entry in entries):
        raise BadContainer("encrypted")
    if len(set(names)) != len(names) or not all(map(_is_sound, names)):
        raise BadContainer("names")
    if any(entry.compress_type not in _PACKED for entry in entries):
        raise BadContainer("damaged")


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Never more than it said of itself."""
    with archive.open(entry) as file:
        content = file.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise BadContainer("damaged")
    return content


def _name(entry: zipfile.ZipInfo) -> str:
    """Many programs write UTF-8 and don't say so."""
    if entry.flag_bits & _IS_UTF8:
        return entry.filename
    try:
        return entry.orig_filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _is_sound(name: str) -> bool:
    return (
        0 < len(name) <= _LONGEST_NAME
        and name.isprintable()
        and "\\" not in name
        and not name.startswith("/")
        and ":" not in name
        and not {"..", ".", ""} & set(name.removesuffix("/").split("/"))
    )
