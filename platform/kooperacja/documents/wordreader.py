"""Checks and fills an office's Word form; a reader of `guarded`."""

from typing import Any

from jinja2 import TemplateError
from lxml.etree import LxmlError

from kooperacja.documents.errors import BadTemplate
from kooperacja.documents.word import fill
from kooperacja.documents.wordcheck import check_template

# A form that can't be filled; one too large or too deep is told apart.
_UNFILLED = (TemplateError, LxmlError, TypeError, ValueError, LookupError, AttributeError)


def read(content: bytes, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Either the number of fields, or with a `context` the document; else why not."""
    try:
        if "context" in asked:
            return {}, fill(content, asked["context"])
        number = check_template(content, asked["example"], asked["trials"], asked.get("marked", ()))
        return {"fields": number}, b""
    except BadTemplate as refused:
        return {"refused": [refused.title, refused.explanation, refused.kept]}, b""
    except _UNFILLED as failure:
        return {"misfit": type(failure).__name__}, b""
