"""Checks a Word template of an office: fields that the document has, and nothing that runs."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError, nodes

from kooperacja.documents.errors import BadTemplate
from kooperacja.documents.word import refuse_bomb, render_docx, sandbox

_FILTERS = frozenset({"default", "join", "length"})
_TESTS = frozenset({"defined", "none"})
# Parts of a Word file that do something by themselves, or bring in what they do.
_ACTIVE = re.compile(r"vbaProject|vbaData|activeX|embeddings/|oleObject|attachedToolbars", re.I)
_OUTSIDE = re.compile(rb'<Relationship\b[^>]*TargetMode\s*=\s*"External"[^>]*>')
_LINK = b"/hyperlink"
_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_LONGEST = 80
_LOOP = {"index": "", "first": "", "last": ""}

Shape = Any  # "" for a text, a dict of fields, a list with the shape of its elements


def check_template(content: bytes, example: Mapping[str, Any]) -> None:
    """BadTemplate names the place of the first thing that can't be; `example` has every field."""
    _refuse_active(content)
    document = DocxTemplate(io.BytesIO(content))
    document.init_docx()
    shape = _shape_of(example)
    for name, xml in _parts(document):
        _Part(name, document, xml).check(shape)
    render_docx(io.BytesIO(content), example)


def _refuse_active(content: bytes) -> None:
    refuse_bomb(io.BytesIO(content))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = parts.namelist()
        if "word/document.xml" not in names:
            raise BadTemplate("Szablon nie jest plikiem DOCX.")
        if active := next((name for name in names if _ACTIVE.search(name)), None):
            raise BadTemplate(
                "Szablon zawiera program albo wbudowany obiekt",
                f"Część pliku: {active}. Zapisz szablon jako zwykły dokument programu Word (.docx).",
            )
        for name in names:
            if name.endswith(".rels") and any(
                _LINK not in link for link in _OUTSIDE.findall(parts.read(name))
            ):
                raise BadTemplate(
                    "Szablon wczytuje coś spoza siebie",
                    "Usuń połączone obrazy i obiekty albo osadź obrazy w dokumencie.",
                )


def _parts(document: DocxTemplate) -> Iterator[tuple[str, str]]:
    """Every part in which the library fills fields."""
    yield "treść", document.get_xml()
    for part in document.docx.part.package.iter_parts():
        if part.content_type.endswith(".footnotes+xml"):
            yield "przypisy", part.blob.decode()
    about = document.docx.core_properties
    properties = (about.author, about.comments, about.identifier, about.language, about.subject)
    for text in (*properties, about.title):
        yield "właściwości dokumentu", text
    for uri, name in ((document.HEADER_URI, "nagłówek"), (document.FOOTER_URI, "stopka")):
        for _, part in document.get_headers_footers(uri):
            yield name, document.get_part_xml(part)


def _shape_of(value: Any) -> Shape:
    if isinstance(value, Mapping):
        return {name: _shape_of(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_shape_of(value[0])] if value else [""]
    return ""


@dataclass
class _Part:
    """The text of a template or of its header, in which each line is one paragraph."""

    name: str
    document: DocxTemplate
    xml: str

    def check(self, shape: Shape) -> None:
        lines = self.xml.replace("\n", " ").replace("</w:p>", "</w:p>\n")
        try:
            tree = sandbox().parse(self.document.patch_xml(lines))
        except TemplateSyntaxError as error:
            raise self._bad(error.lineno, "pole albo polecenie jest źle zapisane") from error
        self._all(tree.body, shape)

    def _bad(self, line: int, why: str, written: str = "") -> BadTemplate:
        paragraphs = [
            " ".join(_TAG.sub("", paragraph).split()) for paragraph in _PARAGRAPH.findall(self.xml)
        ]
        # A command that takes a whole row of a table takes lines away as well.
        holding = (at for at, text in enumerate(paragraphs, start=1) if written and written in text)
        line = next(holding, line)
        text = paragraphs[line - 1] if 0 < line <= len(paragraphs) else ""
        shown = f"{text[:_LONGEST]}…" if len(text) > _LONGEST else text
        return BadTemplate(
            "Tego szablonu nie można użyć",
            f"{self.name.capitalize()}, akapit {line} („{shown}”): {why}.",
            kept="Dotychczasowy szablon pozostaje w użyciu.",
        )

    def _all(self, children: list[Any], scope: dict[str, Shape]) -> None:
        for node in children:
            self._see(node, scope)

    def _see(self, node: Any, scope: dict[str, Shape]) -> Shape:
        """The shape of an expression; raises for what is no field and no allowed command."""
        match node:
            case nodes.TemplateData() | nodes.Const():
                return ""
            case nodes.Output():
                self._all(node.nodes, scope)
            case nodes.Name(ctx="load"):
                return self._field(node, scope, node.name, node.name)
            case nodes.Getattr():
                return self._field(node, self._see(node.node, scope), node.attr, _path(node))
            case nodes.Filter() if node.name in _FILTERS and not node.kwargs and node.node:
                self._all([node.node, *node.args], scope)
            case nodes.Test() if node.name in _TESTS:
                self._see(node.node, scope)
            case nodes.Not():
                self._see(node.node, scope)
            case nodes.And() | nodes.Or():
                self._see(node.right, scope)
                return self._see(node.left, scope)
            case nodes.CondExpr():
                self._all([part for part in (node.test, node.expr1, node.expr2) if part], scope)
            case nodes.Compare():
                self._all([node.expr, *(part.expr for part in node.ops)], scope)
            case nodes.If():
                self._all([node.test, *node.body, *node.elif_, *node.else_], scope)
            case nodes.For() if isinstance(node.target, nodes.Name) and not node.recursive:
                self._repeat(node, scope)
            case _:
                raise self._bad(
                    node.lineno,
                    "takiego polecenia szablon nie może zawierać; wolno użyć pól, "
                    "{% if … %} i {% for … in … %}",
                )
        return ""

    def _repeat(self, node: nodes.For, scope: dict[str, Shape]) -> None:
        shape = self._see(node.iter, scope)
        if not isinstance(shape, list):
            path = _path(node.iter)
            raise self._bad(node.lineno, f"{path} nie jest listą", path)
        assert isinstance(node.target, nodes.Name)
        inside = {**scope, node.target.name: shape[0], "loop": _LOOP}
        self._all([*node.body, *([node.test] if node.test else [])], inside)
        self._all(node.else_, scope)

    def _field(self, node: nodes.Expr, where: Shape, name: str, path: str) -> Shape:
        if not isinstance(where, dict) or name not in where:
            raise self._bad(node.lineno, f"pola {path} ten dokument nie ma", path)
        return where[name]


def _path(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_path(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else "…"
