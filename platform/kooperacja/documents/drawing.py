"""Draws papers; what draws takes a second to import, and most processes never draw."""

import io
from collections.abc import Mapping
from functools import partial
from typing import Any

from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.documents import guarded
from kooperacja.documents.apart import CannotDraw, drawn_apart
from kooperacja.documents.enclosing import with_files
from kooperacja.documents.length import is_long
from kooperacja.documents.models import DOCX, PDF, OfficeTemplate
from kooperacja.documents.office_templates import content_of, filled, own_template
from kooperacja.documents.papers import Paper, require_fields
from kooperacja.ui.polish import quoted
from kooperacja.ui.problems import NOTHING_SAVED, Problem

FORMATS = {"pdf": PDF, "docx": DOCX, "zip": "application/zip"}  # by the end of a file's name


def type_of(name: str) -> str:
    """The kind of a file, by its name."""
    return FORMATS[name.rpartition(".")[2]]


def drawn(paper: Paper, context: Mapping[str, Any], content_type: str, *, by: Actor) -> bytes:
    """A paper to be taken away, not kept: PDF, or Word in the form that the office gave."""
    if content_type == DOCX:
        return word_of(paper, context, own_template(paper.kind), by)
    return pdf_of(paper, context, by)


def pdf_of(paper: Paper, context: Mapping[str, Any], by: Actor = SYSTEM) -> bytes:
    """A long one is drawn by a program with limits, a few at a time; Busy where there are enough."""
    require_fields(context, paper.example)
    return with_files(paper, context, partial(_pdf_alone, paper, by), by)


def _pdf_alone(paper: Paper, by: Actor, context: Mapping[str, Any]) -> bytes:
    # Costly to load, and most processes draw nothing.
    from kooperacja.documents.pdf import render_pdf

    if not is_long(paper, context):
        return render_pdf(paper, context)
    try:
        with guarded.at_once(by):
            return drawn_apart(html_of(paper, context), while_waiting=True)
    except CannotDraw:
        raise Problem(
            f"Dokument {quoted(paper.name)} jest zbyt długi, żeby go przygotować",
            "Skróć jego tekst, zwłaszcza liczbę wierszy, i spróbuj ponownie.",
            kept=NOTHING_SAVED,
            status=422,
        ) from None


def html_of(paper: Paper, context: Mapping[str, Any]) -> str:
    """The page of a paper, to be drawn elsewhere."""
    # Costly to load, as above.
    from kooperacja.documents.page import page_of

    return page_of(paper, context)


def form_of(paper: Paper) -> bytes:
    """Our own Word form of a paper."""
    # Costly to load, as above.
    from kooperacja.documents.wordform import form

    return form(paper)


def word_of(
    paper: Paper, context: Mapping[str, Any], own: OfficeTemplate | None, by: Actor = SYSTEM
) -> bytes:
    require_fields(context, paper.example)
    if own is not None:
        return filled(content_of(own), paper, context, by=by)
    # Costly to load, as above.
    from kooperacja.documents.word import render_docx

    return render_docx(io.BytesIO(form_of(paper)), context)
