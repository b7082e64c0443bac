"""Documents as Word files the office can edit; a template is data and may run nothing."""

import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from kooperacja.documents.wordfile import MADE, opened
from kooperacja.ui.polish import typo

# What XML can't hold: one such character in a name would spoil the whole file.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def fill(content: bytes, context: Mapping[str, Any]) -> bytes:
    """The document of a stranger's template; what is made is as sound as what it is made of."""
    made = render_docx(io.BytesIO(opened(content)), context)
    opened(made, MADE)
    return made


def render_docx(template: Path | BinaryIO, context: Mapping[str, Any]) -> bytes:
    """The Word document of a .docx template with Jinja tags in its text."""
    document = DocxTemplate(template)
    document.render(_typeset(dict(context)), jinja_env=sandbox())
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def sandbox() -> ImmutableSandboxedEnvironment:
    """A place to read and fill templates: without names of ours, without changing anything."""
    sandbox = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    sandbox.globals.clear()
    return sandbox


def _typeset(value: Any) -> Any:
    if isinstance(value, str):
        return typo(_CONTROL.sub("", value))
    if isinstance(value, Mapping):
        return {key: _typeset(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_typeset(item) for item in value]
    return value
