"""Word's own fields ({ PAGE }, { HYPERLINK "…" }): read as Word does, kept when they bring nothing in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from kooperacja.documents import wordkinds as kinds
from kooperacja.documents.errors import BadTemplate

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OUTSIDE = "Szablon wczytuje coś spoza siebie"

_MARKUP = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_BRANCHES = [f"{{{_MARKUP}}}Choice", f"{{{_MARKUP}}}Fallback"]
_BEGIN, _SIMPLE = f"{{{W}}}fldChar", f"{{{W}}}fldSimple"
_WRITTEN, _TAKEN_AWAY, _TEXT = f"{{{W}}}instrText", f"{{{W}}}delInstrText", f"{{{W}}}t"
_SPACES = [f"{{{W}}}{name}" for name in ("p", "tab", "br", "cr")]
# Word takes any of them for a quotation mark.
_QUOTES = '"“”„‟«»″'
_COMMAND = re.compile(r"\{%.*?%\}|\{\{.*?\}\}")
_TOKEN = re.compile(
    rf"\s*(?:[{_QUOTES}](?P<quoted>[^{_QUOTES}\\]*)[{_QUOTES}](?=\s|$)"
    rf"|(?P<switch>\\[a-z*#@!])(?=\s|$|[{_QUOTES}])"
    rf"|(?P<plain>[^\s{_QUOTES}\\]+)(?=\s|$))"
)
_WITH_WORD = frozenset({r"\l", r"\o", r"\t", r"\*"})  # what stands after them belongs to them
_ALONE = frozenset({r"\h", r"\m", r"\n"})


@dataclass
class _Code:
    """The code of one field, while it is being read; each piece with whether it is old or new."""

    branch: Any
    pieces: list[tuple[str, str]] = field(default_factory=list)
    is_done: bool = False  # its result follows

    def views(self) -> Iterator[str]:
        """With all changes shown, with all accepted and with none."""
        yield "".join(text for text, _ in self.pieces)
        for hidden in ("old", "new"):
            if any(state for _, state in self.pieces):
                view = "".join(text for text, state in self.pieces if state != hidden)
                if view.strip():
                    yield view


def require_inert(root: Any) -> None:
    """BadTemplate for a field that reads files, asks programs or leads to anything but pages."""
    for instruction in _instructions(root):
        _require_field(instruction)


def require_link(kind: str, target: str) -> None:
    """Outside lie pages and addresses that one may click on, and nothing that is fetched."""
    if kind != "hyperlink" or _scheme(target) not in {"http", "https", "mailto"}:
        raise BadTemplate(
            OUTSIDE,
            f"Połączenie: {target[:80]}. Osadź obrazy w dokumencie, usuń połączone obiekty, "
            "a odsyłacze prowadź do stron (http, https) albo adresów e-mail.",
        )


def text_of(element: Any) -> str:
    """All of its text, also what stands after an element that Word passes over."""
    return "".join(element.itertext())


def _scheme(target: str) -> str:
    try:
        return urlsplit("".join(target.split())).scheme.lower()
    except ValueError:  # not even an address
        return ""


def _instructions(root: Any) -> Iterator[str]:
    """The codes of fields; one may be written over many runs, and fields may stand inside it."""
    stack: list[_Code] = []
    loose = ""
    for element in root.iter(_BEGIN, _SIMPLE, _WRITTEN, _TAKEN_AWAY, _TEXT, *_SPACES):
        code = stack[-1] if stack else None
        if element.tag == _SIMPLE:
            _require_known(code)
            yield element.get(f"{{{W}}}instr") or ""
        elif element.tag == _BEGIN:
            kind = element.get(f"{{{W}}}fldCharType")
            if kind == "begin":
                _require_known(code)
                stack.append(_Code(_branch(element)))
            elif kind == "separate" and code:
                code.is_done = True
            elif kind == "end" and code:
                yield from stack.pop().views()
        elif element.tag in {_WRITTEN, _TAKEN_AWAY} and code is None:
            loose += text_of(element)
        elif code and (element.tag in {_WRITTEN, _TAKEN_AWAY} or not code.is_done):
            _add(code, element)
    for code in stack:
        yield from code.views()
    if loose:
        yield loose


def _add(code: _Code, element: Any) -> None:
    text = " " if element.tag in _SPACES else text_of(element)
    if element.tag == _TEXT:  # what is made of a form is looked at again
        text = _COMMAND.sub("", text)
    if text.strip() and _branch(element) is not code.branch:
        raise _refused(text)  # Word reads one branch, and which it is nobody knows
    is_new = next(element.iterancestors(f"{{{W}}}ins", f"{{{W}}}moveTo"), None) is not None
    is_old = element.tag == _TAKEN_AWAY or (
        next(element.iterancestors(f"{{{W}}}del", f"{{{W}}}moveFrom"), None) is not None
    )
    code.pieces.append((text, "old" if is_old else "new" if is_new else ""))


def _branch(element: Any) -> Any:
    return next(element.iterancestors(*_BRANCHES), None)


def _require_known(outer: _Code | None) -> None:
    """A field inside another's code gives it a text, so the outer must be known before."""
    if outer is None or outer.is_done:
        return
    for view in outer.views():
        words = re.match(r"\s*(=|\S+(?=\s))", view)
        if words is None or _name(view) not in kinds.FIELDS or _name(view) == "HYPERLINK":
            raise _refused(view)


def _name(instruction: str) -> str:
    words = instruction.split(maxsplit=1)
    name = words[0].upper() if words else ""
    return "=" if name.startswith("=") else name


def _refused(instruction: str) -> BadTemplate:
    said = instruction.strip()[:80] or "bez nazwy"
    return BadTemplate(OUTSIDE, f"Pole programu Word: {said}. Usuń je z szablonu.")


def _require_field(instruction: str) -> None:
    name = _name(instruction)
    if name not in kinds.FIELDS or "{{" in instruction or "{%" in instruction:
        raise _refused(instruction)
    if name == "HYPERLINK":
        _require_page(instruction)


def _require_page(instruction: str) -> None:
    """The link leads to a page, an e-mail address or a place in the document."""
    targets, places, awaited = list[str](), list[str](), ""
    for token in list(_tokens(instruction))[1:]:
        if switch := token["switch"]:
            if awaited or switch not in _WITH_WORD | _ALONE:
                raise _refused(instruction)
            awaited = switch if switch in _WITH_WORD else ""
            continue
        word = token["plain"] or token["quoted"] or ""
        into = {r"\l": places, "": targets}.get(awaited)
        if into is not None:
            into.append(word)
        awaited = ""
    if awaited or len(targets) > 1 or not any(targets + places):
        raise _refused(instruction)
    for target in filter(None, targets):
        require_link("hyperlink", target)


def _tokens(instruction: str) -> Iterator[re.Match[str]]:
    text, at = instruction.rstrip(), 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None or not re.sub(r"\s", "", token[0]).isprintable():
            raise _refused(instruction)
        yield token
        at = token.end()
