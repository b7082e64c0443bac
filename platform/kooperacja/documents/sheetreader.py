"""Reads the first sheet of an XLSX file or a CSV as rows of texts; a reader of `guarded`."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

MOST_ROWS, MOST_COLUMNS, LONGEST = 10_001, 80, 4000  # the headings are a row too
_LARGEST, _MOST_FILES = 120 * 1024 * 1024, 500
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LETTERS = re.compile(r"[A-Z]{1,3}")
_WHOLE = 1e15  # from here on a number of a spreadsheet has lost digits


class NotRead(Exception):
    """The code of the reason why a file can't be read."""


def read(content: bytes, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    try:
        rows = list(_bounded(_xlsx(content) if content.startswith(b"PK") else _csv(content)))
    except NotRead as why:
        return {"refused": str(why)}, b""
    return {"rows": len(rows)}, json.dumps(rows).encode()


def _bounded(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    for number, row in enumerate(rows):
        if number >= MOST_ROWS:
            raise NotRead("too_many_rows")
        if len(row) > MOST_COLUMNS and any(row[MOST_COLUMNS:]):
            raise NotRead("too_many_columns")
        yield [cell[:LONGEST].strip() for cell in row[:MOST_COLUMNS]]


def _csv(content: bytes) -> Iterator[list[str]]:
    """UTF-8 with or without its mark, else the Windows code page of Polish; `;`, a tab or `,`."""
    if b"\x00" in content:
        raise NotRead("not_sheet")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1250", errors="replace")
    head = text.partition("\n")[0]
    delimiter = max(";\t,", key=head.count)
    csv.field_size_limit(1024 * 1024)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error:
        raise NotRead("not_sheet") from None


def _xlsx(content: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            _require_sound(book)
            texts = _texts(book)
            with book.open(_first_sheet(book)) as sheet:
                yield from _rows(sheet, texts)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, NotImplementedError, EOFError):
        raise NotRead("damaged") from None


def _require_sound(book: zipfile.ZipFile) -> None:
    """No file swells into more than a spreadsheet of so many rows has."""
    entries = book.infolist()
    if any(one.flag_bits & 1 for one in entries):
        raise NotRead("encrypted")
    if len(entries) > _MOST_FILES or sum(one.file_size for one in entries) > _LARGEST:
        raise NotRead("bomb")
    if "xl/workbook.xml" not in book.namelist():
        raise NotRead("not_sheet")


def _parsed(book: zipfile.ZipFile, name: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(book.read(name), parser)


def _first_sheet(book: zipfile.ZipFile) -> str:
    sheets = _parsed(book, "xl/workbook.xml").iter(f"{_MAIN}sheet")
    # Whoever handed it in has not seen what stands on a hidden one.
    sheet = next((one for one in sheets if one.get("state", "visible") == "visible"), None)
    if sheet is None:
        raise NotRead("damaged")
    for one in _parsed(book, "xl/_rels/workbook.xml.rels"):
        if one.get("Id") == sheet.get(_REL):
            target = str(one.get("Target"))
            return target[1:] if target.startswith("/") else f"xl/{target}"
    raise NotRead("damaged")


def _texts(book: zipfile.ZipFile) -> list[str]:
    """The texts that cells share."""
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    shared = _parsed(book, "xl/sharedStrings.xml")
    return ["".join(one.itertext(f"{_MAIN}t")) for one in shared.iter(f"{_MAIN}si")]


def _rows(sheet: Any, texts: list[str]) -> Iterator[list[str]]:
    events = etree.iterparse(
        sheet, tag=f"{_MAIN}row", resolve_entities=False, no_network=True, huge_tree=False
    )
    for _, row in events:
        cells: list[str] = []
        for cell in row.iter(f"{_MAIN}c"):
            place = _place(cell.get("r"), len(cells))
            cells += [""] * (place + 1 - len(cells))
            cells[place] = _said(cell, texts)
        row.clear()
        while row.getprevious() is not None:
            del row.getparent()[0]
        yield cells


def _place(name: str | None, after: int) -> int:
    """The place of a cell by its letters; beside the last one where it has none."""
    letters = _LETTERS.match(name or "")
    if letters is None:
        return after
    place = 0
    for letter in letters[0]:
        place = place * 26 + ord(letter) - ord("A") + 1
    if place > MOST_COLUMNS:
        raise NotRead("too_many_columns")
    return max(place - 1, 0)


def _said(cell: Any, texts: list[str]) -> str:
    """The text of a cell; of a formula the formula, which whoever reads it refuses."""
    formula = cell.find(f"{_MAIN}f")
    if formula is not None:
        return f"={formula.text or ''}"
    kind, value = cell.get("t"), cell.findtext(f"{_MAIN}v") or ""
    if kind == "s":
        return texts[int(value)] if value.isdecimal() and int(value) < len(texts) else ""
    if kind == "inlineStr":
        return "".join(cell.itertext(f"{_MAIN}t"))
    return value if kind in ("str", "b", "e") else _number(value)


def _number(value: str) -> str:
    """A whole number without the point and the exponent that a spreadsheet writes."""
    try:
        number = float(value)
    except ValueError:
        return value
    return str(int(number)) if number.is_integer() and abs(number) < _WHOLE else value
