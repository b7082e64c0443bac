"""The look of an office's Word file: its page, styles, borders, tables and numbers."""

import re
from copy import deepcopy
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from kooperacja.ui.polish import typo

BLUE, GREY, BLACK = (
    RGBColor(0x1D, 0x4E, 0x74),
    RGBColor(0x4A, 0x55, 0x60),
    RGBColor(0x16, 0x20, 0x2A),
)
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


def blank(*, is_wide: bool, is_large: bool = False) -> WordDocument:
    """An empty page of the office."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    if is_wide:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(25), Mm(20)
    section.top_margin, section.bottom_margin = Mm(20), Mm(22)
    normal, first, second, title = (16, 19, 17, 24) if is_large else (10.5, 11.5, 10.5, 17)
    _normal_style(document, normal)
    _plain_style(document, "Title", title, BLACK)
    _plain_style(document, "Heading 1", first, BLUE)
    _plain_style(document, "Heading 2", second, BLACK)
    return document


def _normal_style(document: WordDocument, size: float) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(size)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "pl-PL")
    normal.element.get_or_add_rPr().append(language)
    normal.paragraph_format.space_after = Pt(4)
    normal.paragraph_format.widow_control = True


def _plain_style(document: WordDocument, name: str, size: float, colour: RGBColor) -> None:
    style = document.styles[name]
    style.font.name, style.font.size, style.font.bold = "Calibri", Pt(size), True
    style.font.color.rgb = colour
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for border in style.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def footer(document: WordDocument, short: str, width: int) -> None:
    """The short title on the left, the page and how many there are on the right."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = document.styles["Normal"]  # the style of footers has tabs of its own
    right_tab(paragraph, width)
    for piece in (f"{short}\tstrona ", "PAGE", " z ", "NUMPAGES"):
        run = _field(paragraph, piece) if piece.isupper() else paragraph.add_run(piece)
        run.font.size, run.font.color.rgb = Pt(8.5), GREY


def _field(paragraph: Paragraph, instruction: str) -> Run:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    paragraph._p.append(field)
    run = Run(OxmlElement("w:r"), paragraph)
    field.append(run._r)
    run.text = "1"
    return run


def write(
    paragraph: Paragraph,
    text: str,
    *,
    size: float | None = None,
    colour: RGBColor | None = None,
    is_bold: bool = False,
) -> None:
    """Add words; those between two stars are bold."""
    for number, piece in enumerate(_BOLD.split(typo(text))):
        run = paragraph.add_run(piece)
        run.bold = is_bold or number % 2 == 1 or None
        if size:
            run.font.size = Pt(size)
        if colour is not None:
            run.font.color.rgb = colour


def right_tab(paragraph: Paragraph, width: int) -> None:
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)


def hang(paragraph: Paragraph, depth: int) -> None:
    """The number hangs before the text."""
    shape = paragraph.paragraph_format
    shape.left_indent, shape.first_line_indent = Mm(8 * depth), Mm(-8)
    shape.tab_stops.add_tab_stop(Mm(8 * depth))


def numbering(document: WordDocument) -> int:
    """A numbering from 1 of the usual look; without one of its own a list would go on counting."""
    known = document.part.numbering_part.element
    usual = document.styles["List Number"].element.pPr.numPr.numId.val
    new = known.add_num(known.num_having_numId(usual).abstractNumId.val)
    new.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(new.numId)


def number(paragraph: Paragraph, numbering: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = numbering


def table(holder: WordDocument | _Cell, rows: int, widths: tuple[int, ...]) -> Table:
    grid = holder.add_table(rows=rows, cols=len(widths))
    grid.autofit = False
    table_borders(grid, "AEB8C1", size="4")
    for row in grid.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
    return grid


def row_property(row: Any, name: str) -> None:
    """Such as `cantSplit`, or `tblHeader` for a row that stands on every page."""
    row._tr.get_or_add_trPr().append(OxmlElement(f"w:{name}"))


def fill(cell: _Cell, text: str, *, is_label: bool = False, **look: Any) -> None:
    """Write into a cell; a label is small, grey and shaded."""
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
    paragraph.paragraph_format.keep_together = True
    if not is_label:
        write(paragraph, text, **look)
        return
    write(paragraph, text, size=9.5, colour=GREY)
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "F1F4F7")):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


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


def end_section(last: Paragraph, document: WordDocument, columns: int = 1) -> None:
    """Let a paragraph end what stands in so many columns; what follows goes on below it.

    What is left of the document keeps its footer even where a condition takes the paragraph away.
    """
    rest = document.element.body.sectPr
    section = deepcopy(rest)
    if columns > 1:
        section.start_type = WD_SECTION.CONTINUOUS
        for one in section.findall(qn("w:cols")):
            one.set(qn("w:num"), str(columns))
    last.paragraph_format.keep_with_next = columns == 1  # the heading above stays with what follows
    last.paragraph_format.space_before = last.paragraph_format.space_after = Pt(0)
    last._p.get_or_add_pPr().append(section)
    rest.start_type = WD_SECTION.CONTINUOUS
