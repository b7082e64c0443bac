"""A paper with the files that it encloses: their pages come after a page of ours for each."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.documents import guarded, storage
from kooperacja.documents.models import StoredFile
from kooperacja.documents.papers import Paper
from kooperacja.ui.polish import counted

_PACKER = "kooperacja.documents.pdfpack"
# More is not held at once by the program that puts them together.
MAX_BYTES = 30 * 1024 * 1024
_TOO_LARGE, _LOST, _TOO_COMPLEX = "too_large", "lost", "too_complex"
_REASONS = {
    "encrypted": "plik jest zabezpieczony hasłem albo szyfrowaniem",
    "damaged": "plik jest uszkodzony",
    "too_many_pages": "razem z poprzednimi ma ponad 500 stron",
    _TOO_COMPLEX: "plik jest zbyt złożony",
    _TOO_LARGE: f"razem z poprzednimi ma ponad {MAX_BYTES // (1024 * 1024)} MB",
    _LOST: "nie udało się odczytać pliku",
}
Row = dict[str, Any]
Draw = Callable[[Mapping[str, Any]], bytes]


def with_files(paper: Paper, context: Mapping[str, Any], draw: Draw, by: Actor = SYSTEM) -> bytes:
    """The PDF of a paper with the pages of its files; those that can't come in are named in it."""
    if not paper.encloses or not context["enclosed"]:
        return draw(context)
    rows = [dict(row) for row in context["enclosed"]]
    facts, body = _gathered(_read(rows), by)
    for row, fact in zip(rows, facts, strict=True):
        row["pages"] = counted(fact.get("pages", 0), "strona", "strony", "stron")
        row["why"] = _REASONS.get(fact.get("refused", ""), "")
    pages = [fact["pages"] for fact in facts if "pages" in fact]
    front = draw(_parted(context, rows))
    if not pages:
        return front
    try:
        asked = {"do": "join", "sizes": [len(front), len(body)], "pages": pages}
        return guarded.run(_PACKER, front + body, asked, by=by)[1]
    except guarded.TooHard:
        return draw(_parted(context, [{**row, "why": _REASONS[_TOO_COMPLEX]} for row in rows]))


def _parted(context: Mapping[str, Any], rows: list[Row]) -> Row:
    """The context with what comes in and what stands apart."""
    return {
        **context,
        "enclosed": [row for row in rows if not row["why"]],
        "apart": [*context["apart"], *(row for row in rows if row["why"])],
    }


def _read(rows: list[Row]) -> list[bytes | str]:
    """The files, or the code of the reason why one is not read."""
    files = StoredFile.objects.in_bulk([UUID(row["file"]) for row in rows])
    room, contents = MAX_BYTES, list[bytes | str]()
    for row in rows:
        content = _content(files.get(UUID(row["file"])), room)
        room -= 0 if isinstance(content, str) else len(content)
        contents.append(content)
    return contents


def _content(file: StoredFile | None, room: int) -> bytes | str:
    if file is None:
        return _LOST
    if file.size > room:
        return _TOO_LARGE
    try:
        return storage.content_of(file)
    except FileNotFoundError:
        return _LOST


def _gathered(contents: list[bytes | str], by: Actor) -> tuple[list[Row], bytes]:
    """The pages of all in one file; where that is too hard, of those that are not so alone."""
    try:
        return _together(contents, by)
    except guarded.TooHard:
        alone = [one if isinstance(one, str) else _if_easy(one, by) for one in contents]
    try:
        return _together(alone, by)
    except guarded.TooHard:
        return [{"refused": _TOO_COMPLEX} for _ in contents], b""


def _if_easy(content: bytes, by: Actor) -> bytes | str:
    try:
        _together([content], by)
    except guarded.TooHard:
        return _TOO_COMPLEX
    return content


def _together(contents: list[bytes | str], by: Actor) -> tuple[list[Row], bytes]:
    files = [one for one in contents if isinstance(one, bytes)]
    asked = {"do": "gather", "sizes": [len(one) for one in files]}
    facts, body = guarded.run(_PACKER, b"".join(files), asked, by=by)
    of_files = iter(facts["files"])
    return [{"refused": one} if isinstance(one, str) else next(of_files) for one in contents], body
