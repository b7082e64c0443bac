"""Papers as tagged PDF."""

from collections.abc import Mapping
from typing import Any

from kooperacja.documents.page import page_of
from kooperacja.documents.papers import Paper
from kooperacja.documents.typeset import pdf_of_html


def render_pdf(paper: Paper, context: Mapping[str, Any]) -> bytes:
    """The PDF of a paper."""
    return pdf_of_html(page_of(paper, context))
