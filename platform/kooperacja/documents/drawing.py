"""Draws papers; what draws takes a second to import, and most processes never draw."""

import io
from collections.abc import Mapping
from typing import Any

from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.documents.models import DOCX, PDF, OfficeTemplate
from kooperacja.documents.office_templates import content_of, filled, own_template
from kooperacja.documents.papers import Paper, require_fields

FORMATS = {"pdf": PDF, "docx": DOCX}  # by the end of a file's name


def drawn(paper: Paper, context: Mapping[str, Any], content_type: str, *, by: Actor) -> bytes:
    """A paper to be taken away, not kept: PDF, or Word in the form that the office gave."""
    if content_type == DOCX:
        return word_of(paper, context, own_template(paper.kind), by)
    return pdf_of(paper, context)


def pdf_of(paper: Paper, context: Mapping[str, Any]) -> bytes:
    # Costly to load, and most processes draw nothing.
    from kooperacja.documents.pdf import render_pdf

    require_fields(context, paper.example)
    return render_pdf(paper, context)


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
