"""Documents as Word files the office can edit; a template is data and may run nothing."""

import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from docx.opc.part import Part
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from kooperacja.documents.wordfields import W
from kooperacja.documents.wordfile import MADE, opened
from kooperacja.ui.polish import typo_in_narrow

# What XML can't hold: one such character in a name would spoil the whole file.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
_LONGEST_PROPERTY = 255  # of Word's


def fill(content: bytes, context: Mapping[str, Any]) -> bytes:
    """The document of a stranger's template; what is made is as sound as what it is made of."""
    return filled(opened(content), context)


def filled(sound: bytes, context: Mapping[str, Any]) -> bytes:
    """The same of a template that was opened already."""
    made = render_docx(io.BytesIO(sound), context)
    opened(made, MADE)
    return made


class Form(DocxTemplate):  # type: ignore[misc]
    """A template in which nothing is filled twice: a name may look like a field."""

    def footnotes(self) -> Iterator[Part]:
        """The parts of footnotes; the library would fill them once for each section."""
        for part in self.docx.part.package.iter_parts():
            if part.content_type.endswith(".footnotes+xml"):
                yield part

    def render_footnotes(self, context: Any, jinja_env: Any = None) -> None:
        for part in self.footnotes():
            xml = self.patch_xml(part.blob.decode())
            part._blob = self.render_xml_part(xml, part, context, jinja_env).encode()

    def render_xml_part(self, src_xml: str, part: Part, context: Any, jinja_env: Any = None) -> str:
        # Not the library's own: it would make fields of `{_{` in a name when all is filled.
        self.current_rendering_part = part
        filled: str = self.resolve_listing(jinja_env.from_string(src_xml).render(context))
        return filled

    def fix_tables(self, xml: str) -> Any:
        """The library's, which asks each table for its grid; one that has none gets an empty one."""
        tree = etree.fromstring(xml, parser=etree.XMLParser(recover=True, resolve_entities=False))
        for table in tree.iter(f"{{{W}}}tbl"):
            if table.find(f"{{{W}}}tblGrid") is None:
                before = table.find(f"{{{W}}}tblPr")
                place = 0 if before is None else table.index(before) + 1
                table.insert(place, table.makeelement(f"{{{W}}}tblGrid"))
        return super().fix_tables(self.xml_to_string(tree))

    def properties(self) -> dict[str, str]:
        """The properties of the document that are filled."""
        return {name: getattr(self.docx.core_properties, name) for name in _PROPERTIES}

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        plain = jinja_env.overlay(autoescape=False)  # they are texts and not XML
        for name, text in self.properties().items():
            said = plain.from_string(text).render(context)
            setattr(self.docx.core_properties, name, said[:_LONGEST_PROPERTY])


def render_docx(template: Path | BinaryIO, context: Mapping[str, Any]) -> bytes:
    """The Word document of a .docx template with Jinja tags in its text."""
    document = Form(template)
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
        return typo_in_narrow(_CONTROL.sub("", value))
    if isinstance(value, Mapping):
        return {key: _typeset(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_typeset(item) for item in value]
    return value
