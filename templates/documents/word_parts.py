# ruff: noqa: INP001
"""What the builders of our Word forms share: the page, its letterhead, tables, signatures."""

from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from kooperacja.ui.polish import typo

BLUE, GREY = RGBColor(0x1D, 0x4E, 0x74), RGBColor(0x4A, 0x55, 0x60)
TEXT_WIDTH = 165
WIDE_TEXT_WIDTH = 252


def new(title: str, short: str, *, is_wide: bool = False) -> WordDocument:
    """An empty page of the office with its letterhead; `short` stands in the footer."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    if is_wide:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(25), Mm(20)
    section.top_margin, section.bottom_margin = Mm(20), Mm(22)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    properties = normal.element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "pl-PL")
    properties.append(language)
    normal.paragraph_format.space_after = Pt(4)
    normal.paragraph_format.widow_control = True
    for name, size, colour in (("Title", 17, None), ("Heading 1", 11.5, BLUE)):
        _plain_style(document, name, size, colour)
    core = document.core_properties
    core.title = title
    core.author, core.language, core.comments = "{{ lead.name }}", "pl-PL", ""
    _footer(document, short, WIDE_TEXT_WIDTH if is_wide else TEXT_WIDTH)
    _letterhead(document)
    return document


def _letterhead(document: WordDocument) -> None:
    office = paragraph(document, "{{ lead.name }}", size=13, colour=BLUE, bold=True)
    office.paragraph_format.space_after = Pt(0)
    for name in ("address", "contact"):
        paragraph(document, f"{{%p if lead.{name} %}}")
        line = paragraph(document, f"{{{{ lead.{name} }}}}", size=9, colour=GREY)
        line.paragraph_format.space_after = Pt(0)
        paragraph(document, "{%p endif %}")
    rule = paragraph(document, "", size=2)
    border(rule, "bottom", "single", "1D4E74")


def opening(document: WordDocument, left: str, right: str) -> None:
    """One line: the case mark on the left, the place and the day on the right."""
    line = paragraph(document, f"{left}\t{right}")
    line.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)


def title(document: WordDocument, text: str, below: str) -> None:
    """The title, and smaller what it is about."""
    made = document.add_paragraph(text, style="Title")
    made.add_run(f"\n{typo(below)}").font.size = Pt(14)
    made.alignment = WD_ALIGN_PARAGRAPH.CENTER
    made.paragraph_format.space_before, made.paragraph_format.space_after = Pt(12), Pt(12)


def _plain_style(document: WordDocument, name: str, size: float, colour: Any) -> None:
    style = document.styles[name]
    style.font.name, style.font.size, style.font.bold = "Calibri", Pt(size), True
    style.font.color.rgb = colour or RGBColor(0x16, 0x20, 0x2A)
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for border in style.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def paragraph(
    document: WordDocument | _Cell,
    text: str,
    *,
    size: float | None = None,
    colour: RGBColor | None = None,
    bold: bool = False,
) -> Paragraph:
    paragraph = document.add_paragraph()
    _write(paragraph, text, size=size, colour=colour, bold=bold)
    return paragraph


def _write(
    paragraph: Paragraph,
    text: str,
    *,
    size: float | None = None,
    colour: RGBColor | None = None,
    bold: bool = False,
) -> None:
    run = paragraph.add_run(typo(text) if "{%p" not in text else text)
    run.bold = bold or None
    if size:
        run.font.size = Pt(size)
    if colour is not None:
        run.font.color.rgb = colour


def heading(document: WordDocument, text: str) -> None:
    heading = document.add_heading(typo(text), level=1)
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(12), Pt(4)


def facts(document: WordDocument, facts: list[tuple[str, str]]) -> None:
    table = _table(document, len(facts), (46, TEXT_WIDTH - 46))
    for row, (label, name) in zip(table.rows, facts, strict=True):
        _cell(row.cells[0], label, is_label=True)
        _cell(row.cells[1], f"{{{{ {name} or '—' }}}}")


def people_table(
    document: WordDocument, people: str, columns: dict[str, str], widths: tuple[int, ...]
) -> None:
    cells = {label: f"{{{{ person.{name} or '—' }}}}" for label, name in columns.items()}
    rows_table(document, f"person in {people}", cells, widths)


def rows_table(
    document: WordDocument, each: str, columns: dict[str, str], widths: tuple[int, ...]
) -> Table:
    """A row for `each`, "person in people"; the header stands on every page."""
    table = _table(document, 4, widths)
    # Not cantSplit: with it and such a header LibreOffice loses rows at the end of a page.
    for row in table.rows:
        row._tr.trPr.clear()
    table.rows[0]._tr.trPr.append(OxmlElement("w:tblHeader"))
    for cell, label in zip(table.rows[0].cells, columns, strict=True):
        _cell(cell, label, is_label=True)
    _cell(table.rows[1].cells[0], f"{{%tr for {each} %}}")
    for cell, text in zip(table.rows[2].cells, columns.values(), strict=True):
        _cell(cell, text)
    _cell(table.rows[3].cells[0], "{%tr endfor %}")
    return table


def _table(document: WordDocument, rows: int, widths: tuple[int, ...]) -> Table:
    table = document.add_table(rows=rows, cols=len(widths))
    table.autofit = False
    table_borders(table, "AEB8C1", size="4")
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def _cell(cell: _Cell, text: str, *, is_label: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
    paragraph.paragraph_format.keep_together = True
    _write(paragraph, text, size=9.5 if is_label else None, colour=GREY if is_label else None)
    if is_label:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", "F1F4F7")):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)


def numbered(document: WordDocument, text: str) -> None:
    paragraph = document.add_paragraph(style="List Number")
    paragraph.paragraph_format.keep_together = True
    _write(paragraph, text)


def hang(paragraph: Paragraph, depth: int) -> None:
    """The number hangs before the text."""
    shape = paragraph.paragraph_format
    shape.left_indent, shape.first_line_indent = Mm(8 * depth), Mm(-8)
    shape.tab_stops.add_tab_stop(Mm(8 * depth))


def signature(document: WordDocument | _Cell, person: str, caption: str) -> None:
    """A line to sign above the name of `person` (a name of the context; none: an empty line)."""
    line = _signature_line(document, "", size=2)
    line.paragraph_format.space_before, line.paragraph_format.line_spacing = Pt(34), Pt(3)
    border(line, "top", "dotted", "16202A")
    for name, is_name in (("name", True), ("position", False)) if person else ():
        paragraph(document, f"{{%p if {person} and {person}.{name} %}}")
        _signature_line(document, f"{{{{ {person}.{name} }}}}", bold=is_name)
        paragraph(document, "{%p endif %}")
    last = _signature_line(document, caption, size=8.5, colour=GREY)
    last.paragraph_format.keep_with_next = False


def _signature_line(document: WordDocument | _Cell, text: str, **look: Any) -> Paragraph:
    line = paragraph(document, text, **look)
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.left_indent = Mm(80)
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(0)
    line.paragraph_format.keep_with_next = True
    return line


def box(document: WordDocument, text: str) -> _Cell:
    """A framed part with a heading; what it holds is added to the cell."""
    table = document.add_table(rows=1, cols=1)
    table_borders(table, "1D4E74", size="8")
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    cell: _Cell = table.rows[0].cells[0]
    first = cell.paragraphs[0]
    first.style = document.styles["Heading 1"]
    first.paragraph_format.space_before = Pt(6)
    first.add_run(text)
    return cell


def border(paragraph: Paragraph, side: str, kind: str, colour: str) -> None:
    borders = OxmlElement("w:pBdr")
    borders.append(_line(side, kind, colour, "6"))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def table_borders(table: Table, colour: str, *, size: str) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_line(side, "single", colour, size))
    properties = table._tbl.tblPr
    indent = OxmlElement("w:tblInd")
    indent.set(qn("w:w"), "108")
    indent.set(qn("w:type"), "dxa")
    properties.insert_element_before(
        indent, "w:tblBorders", "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"
    )
    properties.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def _line(side: str, kind: str, colour: str, size: str) -> Any:
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", kind), ("sz", size), ("space", "3"), ("color", colour)):
        line.set(qn(f"w:{name}"), value)
    return line


def _footer(document: WordDocument, short: str, width: int) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = document.styles["Normal"]  # the style of footers has tabs of its own
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)
    for part in (f"{short}\tstrona ", "PAGE", " z ", "NUMPAGES"):
        if part.isupper():
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), part)
            paragraph._p.append(field)
            run = Run(OxmlElement("w:r"), paragraph)
            field.append(run._r)
            run.text = "1"
        else:
            run = paragraph.add_run(part)
        run.font.size, run.font.color.rgb = Pt(8.5), GREY
