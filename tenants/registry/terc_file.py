"""The official register's file as its page gives it: CSV, XML, or one of them in a ZIP."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

from kooperacja.ui.polish import quoted
from tenants.registry.rules import Impossible

COLUMNS = ("WOJ", "POW", "GMI", "RODZ", "NAZWA", "NAZWA_DOD", "STAN_NA")
HEADER = ";".join(COLUMNS)
MAX_BYTES = 5 * 1024 * 1024  # the whole country takes 0.3 MB, as XML less than 2
MAX_ROWS = 20_000  # the whole country has 2,875, with parts of gminas some 4,400
MAX_FIELD = 200  # the longest has 40 letters
MAX_MISTAKES = 100  # after so many nobody reads on, nor does the program
TOO_LONG = f"jest tam więcej niż {MAX_FIELD} znaków"
SHOWN_MISTAKES = 10
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others unpack more than they are asked for
_POLISH = frozenset("ĄĆĘŁŃÓŚŹŻąćęłńóśźż")

Numbered = Iterator[tuple[int, list[str]]]  # the number of a line and its fields


@dataclass(frozen=True, slots=True)
class Mistake:
    """The reason why a line is refused; line 0 means the file as a whole."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"wiersz {self.line}: {self.reason}" if self.line else self.reason


class FileRefused(Impossible):
    """A register file of which nothing is kept."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        shown = "; ".join(str(mistake) for mistake in mistakes[:SHOWN_MISTAKES])
        rest = len(mistakes) - SHOWN_MISTAKES
        more = f" (i jeszcze {rest} innych błędów)" if rest > 0 else ""
        if len(mistakes) >= MAX_MISTAKES:
            more = f" (i dalsze; po {MAX_MISTAKES} błędach przestaliśmy czytać)"
        super().__init__(f"Plik odrzucony w całości: {shown}{more}")


def refused(reason: str, line: int = 0) -> FileRefused:
    return FileRefused([Mistake(line, reason)])


def numbered(data: bytes) -> Numbered:
    """The lines of a file with their fields, whichever way it is written."""
    if len(data) > MAX_BYTES:
        raise refused("plik jest większy niż 5 MB; rejestr kraju ma ich 0,3")
    if data.startswith(b"PK"):
        data = _unpacked(data)
    is_xml = re.match(rb"(\xef\xbb\xbf)?\s*<", data)
    return _of_xml(data) if is_xml else _of_csv(data)


def _unpacked(data: bytes) -> bytes:
    """The one CSV or XML of a ZIP."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            wanted = (".csv", ".xml")
            parts = [one for one in package.infolist() if one.filename.lower().endswith(wanted)]
            if len(parts) != 1:
                raise refused(
                    f"w pliku ZIP ma być jeden plik CSV albo XML, a jest ich {len(parts)}"
                )
            if parts[0].flag_bits & 1:
                raise refused("plik ZIP jest zabezpieczony hasłem")
            if parts[0].compress_type not in _METHODS:
                raise refused("pliku ZIP nie da się rozpakować: rozpakuj go i wczytaj CSV albo XML")
            with package.open(parts[0]) as part:
                content = part.read(MAX_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError):
        raise refused("plik ZIP jest uszkodzony; pobierz go jeszcze raz") from None
    if len(content) > MAX_BYTES:
        raise refused("plik po rozpakowaniu jest większy niż 5 MB; rejestr kraju ma ich 0,3")
    return content


def _of_csv(data: bytes) -> Numbered:
    text = _without_empty_end(_decoded(data))
    header, _, rest = text.partition("\n")
    if header.removesuffix("\r") != HEADER:
        raise refused(f"nagłówek {quoted(header[:80].strip())} zamiast {quoted(HEADER)}", 1)
    if rest.count("\n") >= MAX_ROWS:
        raise _too_many_rows()
    for number, line in enumerate(rest.split("\n") if rest else (), start=2):
        yield number, line.removesuffix("\r").split(";", len(COLUMNS))


def _without_empty_end(text: str) -> str:
    """The text without its last lines, if nothing stands in them."""
    end = text.find("\n", len(text.rstrip()))
    return text if end < 0 else text[:end]


def _too_many_rows() -> FileRefused:
    return refused(f"plik ma więcej niż {MAX_ROWS} wierszy; rejestr kraju ma ich niecałe 5000")


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise refused(f"{_encoding(data)}; potrzebny jest UTF-8", line) from None


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "plik jest w kodowaniu UTF-16"
    for codec, name in (("cp1250", "Windows-1250"), ("iso8859_2", "ISO-8859-2")):
        text = data.decode(codec, errors="replace")
        if all(letter in _POLISH for letter in text if not letter.isascii()):
            return f"plik jest w kodowaniu {name}"
    return "to nie jest tekst w kodowaniu UTF-8"


class _Rows:
    """Gathers `<row><WOJ>16</WOJ>…</row>`, and `<col name="WOJ">` as older files have it."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.rows: list[tuple[int, list[str]]] = []
        self.row: dict[str, list[str]] | None = None
        self.column, self.line, self.length = "", 0, 0

    def doctype(self, *_: object) -> None:
        """Entities are declared there; the official file has none."""
        raise refused("plik XML ma DOCTYPE, którego urzędowy plik nie ma")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            if len(self.rows) == MAX_ROWS:
                raise _too_many_rows()
            self.row, self.line = {}, self.parser.CurrentLineNumber
        elif self.row is not None:
            column = attributes.get("name", "") if name == "col" else name
            self.column, self.length = column if column in COLUMNS else "", 0
            if self.column in self.row:
                line = self.parser.CurrentLineNumber
                raise refused(f"{self.column} jest w tym wierszu dwa razy", line)
            if self.column:
                self.row[self.column] = []

    def text(self, text: str) -> None:
        if self.row is not None and self.column:
            self.length += len(text)
            if self.length > MAX_FIELD:
                raise refused(f"{self.column}: {TOO_LONG}", self.parser.CurrentLineNumber)
            self.row[self.column].append(text)

    def end(self, name: str) -> None:
        self.column = ""
        if name == "row" and self.row is not None:
            fields = ["".join(self.row.get(column, ())).strip() for column in COLUMNS]
            self.rows.append((self.line, fields))
            self.row = None


def _of_xml(data: bytes) -> Numbered:
    gathered = _Rows()
    try:
        gathered.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise refused("to nie jest poprawny plik XML (ucięty?)", error.lineno) from None
    except (LookupError, ValueError):  # an encoding that nobody knows, or of many bytes a letter
        raise refused("plik XML ma nieznane kodowanie") from None
    yield from gathered.rows
