"""Documents as Word files the office can edit; a template is data and may run nothing."""

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from kooperacja.documents.errors import BadTemplate
from kooperacja.ui.polish import typo

_MAX_UNPACKED = 50 * 1024 * 1024
# What XML can't hold: one such character in a name would spoil the whole file.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def render_docx(template: Path | BinaryIO, context: Mapping[str, Any]) -> bytes:
    """The Word document of a .docx template with Jinja tags in its text."""
    refuse_bomb(template)
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


def refuse_bomb(template: Path | BinaryIO) -> None:
    """BadTemplate for what is no Word file or grows too large when unpacked."""
    try:
        with zipfile.ZipFile(template) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
    except zipfile.BadZipFile as error:
        raise BadTemplate("Szablon nie jest plikiem DOCX.") from error
    if unpacked > _MAX_UNPACKED:
        raise BadTemplate("Szablon po rozpakowaniu jest zbyt duży.")


def _typeset(value: Any) -> Any:
    if isinstance(value, str):
        return typo(_CONTROL.sub("", value))
    if isinstance(value, Mapping):
        return {key: _typeset(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_typeset(item) for item in value]
    return value
