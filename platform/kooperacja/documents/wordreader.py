"""Checks and fills an office's Word form; a reader of `guarded`."""

from typing import Any

from jinja2 import UndefinedError

from kooperacja.documents.errors import BadTemplate
from kooperacja.documents.word import fill
from kooperacja.documents.wordcheck import check_template


def read(content: bytes, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Either the number of fields, or with a `context` the document; else why not."""
    try:
        if "context" in asked:
            return {}, fill(content, asked["context"])
        return {"fields": check_template(content, asked["example"], asked["trials"])}, b""
    except BadTemplate as refused:
        return {"refused": [refused.title, refused.explanation, refused.kept]}, b""
    except UndefinedError:
        return {"misfit": True}, b""
