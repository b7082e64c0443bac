"""The register of members of a day: print, Word file, spreadsheet (REG §5.1.a); never frozen."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

from kooperacja.documents.office_templates import Replaceable, offer, own_template, source
from kooperacja.ui.polish import counted, pl_date
from tenants.partnership.documents import examples
from tenants.partnership.models import Partnership
from tenants.partnership.register import Line, lines

REGISTER = "REGISTER"
_WORD = "documents/register.docx"
_SHEET: tuple[tuple[str, int, Callable[[Line], Any]], ...] = (
    ("Instytucja", 48, lambda line: line.name),
    ("Sektor", 24, lambda line: line.sector),
    ("Siedziba", 36, lambda line: line.address),
    ("NIP", 13, lambda line: line.nip),
    ("REGON", 16, lambda line: line.regon),
    ("KRS", 13, lambda line: line.krs),
    ("E-mail", 28, lambda line: line.email),
    ("Telefon", 16, lambda line: line.phone),
    ("Członek od", 12, lambda line: line.from_on),
    ("Koordynatorzy Partnerstwa", 32, lambda line: ", ".join(line.coordinators)),
    ("Stopień zaangażowania", 22, lambda line: line.level),
    ("Cechy", 48, lambda line: "; ".join(line.flags)),
    ("Wskazani do ZZK", 16, lambda line: line.workers),
)


def register_title(day: date) -> str:
    return f"Rejestr członków na dzień {pl_date(day)}"


def register_context(day: date, today: date) -> dict[str, Any]:
    """What the print says; `today` is the day on which it was made."""
    partnership = Partnership.objects.get()
    members = list(lines(day))
    return {
        "lead": {"name": partnership.lead_name, "address": partnership.lead_address, "contact": ""},
        "area": partnership.area,
        "day": pl_date(day),
        "printed_on": pl_date(today),
        "count": counted(len(members), "kooperant", "kooperantów", "kooperantów"),
        "members": [
            {
                "name": one.name,
                "about": ", ".join((one.sector, one.address)),
                "regon": one.regon,
                "from_on": pl_date(one.from_on),
                "coordinators": ", ".join(one.coordinators),
                "level": one.level,
                "flags": "; ".join(one.flags),
                "workers": str(one.workers),
            }
            for one in members
        ],
    }


def register_pdf(day: date, today: date) -> bytes:
    # Drawing takes a second to import, and most processes never draw.
    from kooperacja.documents.pdf import render_pdf

    return render_pdf("documents/register.html", register_context(day, today))


def register_docx(day: date, today: date) -> bytes:
    from kooperacja.documents.word import render_docx

    return render_docx(source(own_template(REGISTER), _WORD), register_context(day, today))


def register_xlsx(day: date) -> bytes:
    """Texts stay texts: no name becomes a formula or a link."""
    import xlsxwriter

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"title": register_title(day)})
        page = book.add_worksheet(f"Rejestr {day.isoformat()}")
        page.freeze_panes(1, 1)
        bold, as_day = (
            book.add_format({"bold": True}),
            book.add_format({"num_format": "yyyy-mm-dd"}),
        )
        for number, (label, width, _) in enumerate(_SHEET):
            page.set_column(number, number, width)
            page.write_string(0, number, label, bold)
        for row, line in enumerate(lines(day), start=1):
            for number, (_, _, value) in enumerate(_SHEET):
                _write(page, row, number, value(line), as_day)
    return content.getvalue()


def _write(page: Any, row: int, number: int, value: Any, as_day: Any) -> None:
    if isinstance(value, date):
        page.write_datetime(row, number, value, as_day)
    elif isinstance(value, int):
        page.write_number(row, number, value)
    else:
        page.write_string(row, number, value)


offer(Replaceable(kind=REGISTER, name="Rejestr członków", default=_WORD, example=examples.REGISTER))
