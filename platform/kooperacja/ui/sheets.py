"""Lists as files that a spreadsheet opens: an XLSX that also prints well, and a CSV."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from kooperacja.ui.files import harmless
from kooperacja.ui.text import visible

XLSX, CSV = "xlsx", "csv"
TYPES = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CSV: "text/csv; charset=utf-8",
}
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_NARROWEST, _WIDEST = 10, 48
_A4 = 9
_LONGEST_TAB = 31  # of a worksheet's name
_DAY, _MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list to take away; `facts` are said above it: its day, whose it is."""

    title: str
    headings: tuple[str, ...]
    rows: Sequence[Sequence[object]]
    facts: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()  # by the texts where none are given


def content_of(sheet: Sheet, file_format: str) -> bytes:
    return _xlsx(sheet) if file_format == XLSX else _csv(sheet).encode()


def _csv(sheet: Sheet) -> str:
    """Semicolons, a byte order mark and no cell that a spreadsheet would run; headings first."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(sheet.headings)
    writer.writerows([_as_text(value) for value in row] for row in sheet.rows)
    return BOM + out.getvalue()


def _as_text(value: object) -> object:
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int) else harmless(_said(value))


def _said(value: object) -> str:
    return "" if value is None else visible(str(value))


def _xlsx(sheet: Sheet) -> bytes:
    """Texts stay texts: no name becomes a formula or a link."""
    # Costly to load, and few take a list away.
    import xlsxwriter

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"title": sheet.title})
        page = book.add_worksheet(_tab(sheet.title))
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        page.write_string(0, 0, sheet.title, book.add_format({"bold": True, "font_size": 14}))
        for number, fact in enumerate(sheet.facts, start=1):
            page.write_string(number, 0, fact)
        top = len(sheet.facts) + 1
        for number, heading in enumerate(sheet.headings):
            page.set_column(number, number, _width(sheet, number))
            page.write_string(top, number, heading, bold)
        _fill(book, page, sheet.rows, top + 1)
        _lay_out(page, sheet, top)
    return content.getvalue()


def _tab(title: str) -> str:
    name = "".join(sign for sign in title if sign not in "[]:*?/\\'")
    if len(name) > _LONGEST_TAB:
        # Whole words, and a date has spaces that do not break.
        words = name[: _LONGEST_TAB + 1].split(" ")
        name = " ".join(words[:-1]) or name[:_LONGEST_TAB]
    return name or "Lista"


def _width(sheet: Sheet, number: int) -> int:
    if sheet.widths:
        return sheet.widths[number]
    texts = [sheet.headings[number], *(str(_as_text(row[number])) for row in sheet.rows)]
    return min(max(_NARROWEST, *(len(text) + 2 for text in texts)), _WIDEST)


def _fill(book: Any, page: Any, rows: Iterable[Sequence[object]], top: int) -> None:
    text = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": _DAY, "valign": "top", "align": "left"})
    moment = book.add_format({"num_format": _MOMENT, "valign": "top", "align": "left"})
    for row, values in enumerate(rows, start=top):
        for number, value in enumerate(values):
            if isinstance(value, datetime):
                naive = timezone.localtime(value).replace(tzinfo=None)
                page.write_datetime(row, number, naive, moment)
            elif isinstance(value, date):
                page.write_datetime(row, number, value, day)
            elif isinstance(value, int):
                page.write_number(row, number, value, text)
            else:
                page.write_string(row, number, _said(value), text)


def _printed(title: str) -> str:
    """In a footer, where & begins a command and no more than 255 signs may stand."""
    return title[:100].replace("&", "&&")


def _lay_out(page: Any, sheet: Sheet, top: int) -> None:
    """Headings stay in sight and on every printed page, which is as wide as the list."""
    page.freeze_panes(top + 1, 1)
    page.repeat_rows(top)
    page.autofilter(top, 0, top + len(sheet.rows), len(sheet.headings) - 1)
    page.set_paper(_A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4)
    page.set_footer(f"&L{_printed(sheet.title)}&RStrona &P z &N")
