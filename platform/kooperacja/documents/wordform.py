"""A paper as a Word form: what the office begins from, and what is filled while it has no own."""

import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, singledispatch
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from kooperacja.documents import parts as p
from kooperacja.documents import wordlook as look
from kooperacja.documents.papers import Paper

_TABLES = (p.Facts, p.FactsOf, p.FactPairs, p.Table)
_WIDTH, _WIDE = 165, 252
_LABEL, _CLAUSE, _SHORT_LABEL = 46, 43, 25


@dataclass(frozen=True)
class _Place:
    """A place for parts: the document or a cell of it, and its width."""

    document: WordDocument
    holder: WordDocument | _Cell
    width: int
    is_column: bool = False  # signatures stand beside each other

    def paragraph(self, text: str = "", **how: Any) -> Paragraph:
        paragraph = self.holder.add_paragraph()
        look.write(paragraph, text, **how)
        return paragraph

    def styled(self, text: str, style: str) -> Paragraph:
        paragraph = self.paragraph(text)
        paragraph.style = self.document.styles[style]
        return paragraph

    def command(self, command: str) -> None:
        """A command that takes its whole paragraph away."""
        self.holder.add_paragraph(f"{{%p {command} %}}")


@cache
def form(paper: Paper) -> bytes:
    """The .docx with fields in double braces."""
    width = _WIDE if paper.is_wide else _WIDTH
    document, file = look.blank(is_wide=paper.is_wide, is_large=paper.is_large), io.BytesIO()
    core = document.core_properties
    core.title = _title_of(paper)
    core.author, core.language, core.comments = "", "pl-PL", ""
    look.footer(document, paper.short, width)
    place = _Place(document, document, width)
    if "lead" in paper.example:
        core.author = "{{ lead.name }}"
        _letterhead(place)
    _all(paper.parts, place)
    document.save(file)
    return file.getvalue()


def _title_of(paper: Paper) -> str:
    titles = [part for part in paper.parts if isinstance(part, p.Title)]
    return f"{titles[0].text} {titles[0].below}".strip() if titles else paper.title


def _letterhead(place: _Place) -> None:
    office = place.paragraph("{{ lead.name }}", size=13, colour=look.BLUE, is_bold=True)
    office.paragraph_format.space_after = Pt(0)
    for name in ("address", "contact"):
        place.command(f"if lead.{name}")
        line = place.paragraph(f"{{{{ lead.{name} }}}}", size=9, colour=look.GREY)
        line.paragraph_format.space_after = Pt(0)
        place.command("endif")
    look.border(place.paragraph(size=2), "bottom", "single", "1D4E74")


def _all(parts: Iterable[p.Part], place: _Place) -> None:
    before: p.Part | None = None
    for part in parts:
        # Word leaves no room between a table and what is not a heading.
        if isinstance(part, p.Box):
            place.paragraph()
        elif isinstance(before, _TABLES) and isinstance(part, p.Text | p.Numbered):
            place.paragraph(size=4)
        _write(part, place)
        before = part


@singledispatch
def _write(part: p.Part, place: _Place) -> None:
    raise TypeError(f"a Word form has no {part}")


@_write.register
def _title(part: p.Title, place: _Place) -> None:
    title = place.styled(part.text, "Title")
    if part.below:
        look.write(title, f"\n{part.below}", size=14)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(12)


@_write.register
def _heading(part: p.Heading, place: _Place) -> None:
    _headed(part.text, place)


def _headed(text: str, place: _Place) -> Paragraph:
    heading = place.styled(text, "Heading 1")
    heading.paragraph_format.space_before = Pt(12)
    heading.paragraph_format.space_after = Pt(4)
    return heading


@_write.register
def _subheading(part: p.Subheading, place: _Place) -> None:
    heading = place.styled(part.text, "Heading 2")
    heading.paragraph_format.space_before = Pt(6)
    heading.paragraph_format.space_after = Pt(2)


@_write.register
def _opening(part: p.Opening, place: _Place) -> None:
    look.right_tab(place.paragraph(f"{part.left}\t{part.right}"), place.width)


@_write.register
def _note(part: p.Note, place: _Place) -> None:
    note = place.paragraph(part.text, size=9, colour=look.GREY)
    note.alignment = WD_ALIGN_PARAGRAPH.RIGHT


@_write.register
def _centred(part: p.Centred, place: _Place) -> None:
    place.paragraph(part.text).alignment = WD_ALIGN_PARAGRAPH.CENTER


@_write.register
def _text(part: p.Text, place: _Place) -> None:
    paragraph = place.paragraph(part.text)
    if part.text.endswith(":"):
        paragraph.paragraph_format.keep_with_next = True


@_write.register
def _prose(part: p.Prose, place: _Place) -> None:
    place.paragraph(f"{{{{ {part.field} }}}}")


@_write.register
def _numbered(part: p.Numbered, place: _Place) -> None:
    numbering = look.numbering(place.document)
    for item in part.items:
        paragraph = place.styled(item, "List Number")
        paragraph.paragraph_format.keep_together = True
        look.number(paragraph, numbering)


@_write.register
def _clause(part: p.Clause, place: _Place) -> None:
    look.hang(place.paragraph(f"{part.number}\t{part.text}"), part.depth)


@_write.register
def _facts(part: p.Facts, place: _Place) -> None:
    widths = (_LABEL, place.width - _LABEL)
    table = look.table(place.holder, len(part.rows), widths)
    for row, (label, value) in zip(table.rows, part.rows.items(), strict=True):
        look.row_property(row, "cantSplit")
        look.fill(row.cells[0], label, is_label=True)
        look.fill(row.cells[1], p.shown(value))


@_write.register
def _facts_of(part: p.FactsOf, place: _Place) -> None:
    clause = _CLAUSE if part.clause else 0
    widths = (_LABEL, place.width - _LABEL - clause, *filter(None, (clause,)))
    row = _repeated(part.each, widths, place)
    look.fill(row.cells[0], p.shown(part.label), is_label=True)
    look.fill(row.cells[1], p.shown(part.value))
    if part.clause:
        look.fill(row.cells[2], p.shown(part.clause), colour=look.GREY)


@_write.register
def _fact_pairs(part: p.FactPairs, place: _Place) -> None:
    widths = (_SHORT_LABEL, place.width // 2 - _SHORT_LABEL) * 2
    row = _repeated(part.each, widths, place)
    for at, (label, value) in ((0, part.first), (2, part.second)):
        look.fill(row.cells[at], p.shown(label), is_label=True)
        look.fill(row.cells[at + 1], p.shown(value))


def _repeated(each: str, widths: tuple[int, ...], place: _Place) -> Any:
    """The row of a table that comes once for each."""
    first, row, last = look.table(place.holder, 3, widths).rows
    look.fill(first.cells[0], f"{{%tr for {each} %}}")
    look.fill(last.cells[0], "{%tr endfor %}")
    return row


@_write.register
def _table(part: p.Table, place: _Place) -> None:
    # Not cantSplit: with it and such a header LibreOffice loses rows at the end of a page.
    widths = tuple(column.width for column in part.columns)
    head, first, row, last = look.table(place.holder, 4, widths).rows
    look.row_property(head, "tblHeader")
    look.fill(first.cells[0], f"{{%tr for {part.each} %}}")
    for column, label, cell in zip(part.columns, head.cells, row.cells, strict=True):
        look.fill(label, column.label, is_label=True)
        look.fill(cell, p.shown(column.value), size=9 if part.is_small else None)
    look.fill(last.cells[0], "{%tr endfor %}")


@_write.register
def _signature(part: p.Signature, place: _Place) -> None:
    # A line of its own: Word drops the space before a paragraph that begins a column.
    room = _signature_line(place, "", size=2)
    room.paragraph_format.line_spacing = Pt(34)
    line = _signature_line(place, "", size=2)
    line.paragraph_format.line_spacing = Pt(3)
    look.border(line, "top", "dotted", "16202A")
    for name, is_name in (("name", True), ("position", False)) if part.person else ():
        place.command(f"if {part.person} and {part.person}.{name}")
        _signature_line(place, f"{{{{ {part.person}.{name} }}}}", is_bold=is_name)
        place.command("endif")
    last = _signature_line(place, part.caption, size=8.5, colour=look.GREY)
    last.paragraph_format.keep_with_next = False


def _signature_line(place: _Place, text: str, **how: Any) -> Paragraph:
    line = place.paragraph(text, **how)
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.left_indent = Mm(0 if place.is_column else 80)
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(0)
    line.paragraph_format.keep_with_next = True
    return line


@_write.register
def _signatures(part: p.Signatures, place: _Place) -> None:
    if [type(one) for one in part.parts] == [p.Signature]:  # one alone stands on the right
        _all(part.parts, place)
        return
    look.end_section(place.paragraph(size=2), place.document)
    _all(part.parts, replace(place, is_column=True))
    look.end_section(place.paragraph(size=2), place.document, columns=2)


@_write.register
def _box(part: p.Box, place: _Place) -> None:
    table = place.holder.add_table(rows=1, cols=1)
    look.table_borders(table, "1D4E74", size="8")
    look.row_property(table.rows[0], "cantSplit")
    cell = table.rows[0].cells[0]
    first = cell.paragraphs[0]
    first.style = place.document.styles["Heading 1"]
    first.paragraph_format.space_before = Pt(6)
    look.write(first, part.heading)
    inside = _Place(place.document, cell, place.width)
    _all(part.parts, inside)
    inside.paragraph(size=4)


@_write.register
def _whole(part: p.Whole, place: _Place) -> None:
    _headed(part.heading, place)
    _all(part.parts, place)


@_write.register
def _new_page(part: p.NewPage, place: _Place) -> None:
    _headed(part.heading, place).paragraph_format.page_break_before = True
    _all(part.parts, place)


@_write.register
def _each(part: p.Each, place: _Place) -> None:
    place.command(f"for {part.each}")
    _all(part.parts, place)
    place.command("endfor")


@_write.register
def _cases(part: p.Cases, place: _Place) -> None:
    for command, parts in p.commands(part):
        place.command(command)
        _all(parts, place)
    place.command("endif")
