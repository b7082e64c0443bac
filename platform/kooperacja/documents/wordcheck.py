"""Checks a Word template of an office: fields that the document has, and nothing that runs."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from jinja2 import TemplateSyntaxError, nodes
from lxml import etree

from kooperacja.documents.errors import BadTemplate
from kooperacja.documents.word import Form, filled, sandbox
from kooperacja.documents.wordfields import W, text_of
from kooperacja.documents.wordfile import opened, parsed
from kooperacja.documents.wordtags import BadTag, Shape, Tags, shape_of
from kooperacja.ui.polish import quoted

_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_LINE = "<line/>"  # a tag, since tags alone change nothing of what the library finds
_LONGEST = 80
_ROWS = 50  # of each list, when a template is tried
_ROWS_INSIDE = 5  # of a list in a row of another
_MARKS = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_ENDS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_WHOLE = re.compile(r"\{\{\s*(?:r|p|tr|tc)\s|\{%r\s")
_ILL_WRITTEN = "pole albo polecenie jest źle zapisane"
_UNCLOSED = re.compile(r"innermost block that needs to be closed is '(\w+)'")


def check_template(
    content: bytes,
    example: Mapping[str, Any],
    trials: Sequence[tuple[str, Mapping[str, Any]]] = (),
    marked: Sequence[tuple[str, str, Mapping[str, Any]]] = (),
) -> int:
    """The number of fields and commands; BadTemplate names the place of the first that can't be.

    `example` has every field; of `trials` each is a case in which some are empty (None); of `marked`
    each is a group of fields, the words that must be printed while it is there, and such a case.
    """
    content = opened(content)
    document = Form(io.BytesIO(content))
    document.init_docx()
    shape, used = shape_of(example), 0
    parts = list(_parts(document))
    for part in parts:
        used += part.check(shape)
    for case, values in trials:
        for part in parts:
            part.try_with(_absences(values), case)
    _refuse_left(filled(content, _with_rows(example)))
    for group, words, values in marked:
        _require_words(filled(content, values), group, words)
    return used


def _ill_written(error: TemplateSyntaxError) -> str:
    """The fault of a field or command, with its missing end where Jinja names it."""
    unclosed = _UNCLOSED.search(error.message or "")
    return f"{_ILL_WRITTEN}: brakuje {{% end{unclosed[1]} %}}" if unclosed else _ILL_WRITTEN


def _with_rows(value: Any, rows: int = _ROWS) -> Any:
    """The same with many elements in each list, so that what takes long is found at once."""
    if isinstance(value, Mapping):
        return {name: _with_rows(item, rows) for name, item in value.items()}
    if isinstance(value, list):
        return [_with_rows(item, _ROWS_INSIDE) for item in value[:1]] * rows
    return value


def _require_words(made: bytes, group: str, words: str) -> None:
    if any(words.lower() in " ".join(text.lower().split()) for _, text in _texts(made)):
        return
    raise BadTemplate(
        "Tego szablonu nie można użyć",
        f"Nie ma w nim słów {quoted(words)}, bez których nikt nie odróżni takiego pisma. Dopisz na "
        f"początku: {{% if {group} %}}{words}{{% endif %}}",
        kept="Dotychczasowy szablon pozostaje w użyciu.",
    )


def _texts(made: bytes) -> Iterator[tuple[str, str]]:
    """The text of each part of a document, with the part's name."""
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        for name in parts.namelist():
            if name.endswith(".xml"):
                yield name, "".join(parsed(parts.read(name)).itertext())


def _refuse_left(made: bytes) -> None:
    """A filled document holds no field any more, wherever in the file it stood."""
    for name, text in _texts(made):
        if left := re.search(r"(\{\{|\{%).{0,60}", text):
            raise BadTemplate(
                "Tego szablonu nie można użyć",
                f"Pole {quoted(left[0])} nie zostanie wypełnione, bo stoi poza treścią, nagłówkiem, "
                f"stopką i przypisami dolnymi (część pliku: {name}). Przenieś je.",
            )


class _Missing(Exception):
    """A field was asked of what is not there; its text is the name of the field."""


class _Absent:
    """A value that is not there yet: empty like None, but it tells which of its fields was asked for."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return ""

    def __len__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return other is None or isinstance(other, _Absent)

    def __hash__(self) -> int:
        return hash(None)

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        raise _Missing(f"{self._path}.{name}")


def _absences(value: Any, path: str = "") -> Any:
    if value is None:
        return _Absent(path)
    if isinstance(value, Mapping):
        inside = f"{path}." if path else ""
        return {name: _absences(item, f"{inside}{name}") for name, item in value.items()}
    if isinstance(value, list):
        return [_absences(item, f"{path}[]") for item in value]
    return value


def _parts(document: Form) -> "Iterator[_Part]":
    """Every part in which the library fills fields."""
    yield _Part("treść", document, document.get_xml())
    for part in document.footnotes():
        yield _Part("przypisy", document, part.blob.decode())
    for text in document.properties().values():
        yield _Part("właściwości dokumentu", document, text, is_xml=False)
    for uri, name in ((document.HEADER_URI, "nagłówek"), (document.FOOTER_URI, "stopka")):
        for _, part in document.get_headers_footers(uri):
            yield _Part(name, document, document.get_part_xml(part))


@dataclass
class _Part:
    """The text of a template or of its header, in which each line is one paragraph."""

    name: str
    document: Form
    xml: str
    is_xml: bool = True

    def check(self, shape: Shape) -> int:
        """The number of its fields and commands."""
        self._require_closed()
        try:
            tree = sandbox().parse(self._patched)
            Tags().check(tree.body, shape)
        except TemplateSyntaxError as error:
            raise self._bad(error.lineno, _ill_written(error)) from error
        except ValueError as error:  # such as a number of thousands of digits
            raise self._bad(0, _ILL_WRITTEN) from error
        except BadTag as refused:
            raise self._bad(refused.line, refused.why, refused.written) from None
        return sum(1 for _ in tree.find_all((nodes.Name, nodes.For, nodes.If)))

    def try_with(self, values: Mapping[str, Any], case: str) -> None:
        trial = sandbox()
        trial.tests["none"] = lambda value: value is None or isinstance(value, _Absent)
        try:
            trial.from_string(self._patched).render(values)
        except _Missing as missing:
            path = str(missing)
            group = path.rpartition(".")[0]
            raise self._bad(
                0,
                f"pole {path} jest puste, gdy {case}; ujmij je w warunek "
                f"{{% if {group} %}} … {{% endif %}}",
                path,
            ) from None

    @cached_property
    def _patched(self) -> str:
        """The text that will be filled; its lines count only after all else is done to it."""
        if not self.is_xml:
            return self.xml
        patched: str = self.document.patch_xml(self.xml.replace("</w:p>", f"</w:p>{_LINE}"))
        return patched.replace("\n", " ").replace(_LINE, "\n")

    def _require_closed(self) -> None:
        """Each field begins and ends in its own paragraph, in plain text; nothing looks further."""
        if not self.is_xml:
            return
        root = etree.fromstring(self.xml.encode())
        for line, paragraph in enumerate(root.iter(f"{{{W}}}p"), start=1):
            text = "".join(text_of(node) for node in paragraph.iter(f"{{{W}}}t"))
            if _WHOLE.search(text):
                raise self._bad(line, "zapisz pole bez litery po klamrach: {{ pole }}")
            awaited = ""
            for mark in _MARKS.findall(text):
                if awaited and mark in _ENDS:
                    break
                awaited = "" if mark == awaited else awaited or _ENDS.get(mark, "")
            if awaited:
                raise self._bad(line, f"{_ILL_WRITTEN}: brakuje {awaited}")

    def _bad(self, line: int, why: str, written: str = "") -> BadTemplate:
        paragraphs = [
            " ".join(_TAG.sub("", paragraph).split()) for paragraph in _PARAGRAPH.findall(self.xml)
        ]
        # A command that takes a whole row of a table takes lines away as well.
        holding = (at for at, text in enumerate(paragraphs, start=1) if written and written in text)
        line = next(holding, line)
        text = paragraphs[line - 1] if 0 < line <= len(paragraphs) else ""
        shown = f"{text[:_LONGEST]}…" if len(text) > _LONGEST else text
        place = f", akapit {line} ({quoted(shown)})" if shown else ""  # some faults have no place
        return BadTemplate(
            "Tego szablonu nie można użyć",
            f"{self.name.capitalize()}{place}: {why}.",
            kept="Dotychczasowy szablon pozostaje w użyciu.",
        )
