"""The Word forms that an office gave our papers (REG §2.11): the one in use, tried and filled."""

import copy
from collections.abc import Mapping
from typing import Any

from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.documents import guarded, storage
from kooperacja.documents.errors import BadTemplate
from kooperacja.documents.models import OfficeTemplate
from kooperacja.documents.papers import Paper
from kooperacja.ui.polish import quoted
from kooperacja.ui.problems import NOTHING_SAVED

_READER = "kooperacja.documents.wordreader"
_BY_HALVES = (
    "Sprawdź, czy każde {% if … %} i {% for … in … %} kończy się w tym samym akapicie, w tej samej "
    "tabeli albo między akapitami, i czy warunki porównują tekst z tekstem, a liczbę z liczbą."
)


def own_template(kind: str) -> OfficeTemplate | None:
    """The office's form in use; none when it never gave one or went back to ours."""
    newest = OfficeTemplate.objects.select_related("file", "trial").filter(kind=kind).first()
    return newest if newest is not None and newest.file_id else None


def content_of(own: OfficeTemplate) -> bytes:
    assert own.file is not None
    return storage.content_of(own.file)


def check_form(content: bytes, paper: Paper, *, by: Actor = SYSTEM) -> int:
    """The number of its fields; BadTemplate says why a form can't be this paper's."""
    asked = {
        "example": with_former_names(paper, paper.example),
        "trials": _trials(paper),
        "marked": _marked(paper),
    }
    facts, _ = _read(content, asked, by)
    number = facts.get("fields")
    if not isinstance(number, int):
        raise BadTemplate(
            "Tego szablonu nie można użyć",
            f"Nie da się go wypełnić przykładowymi danymi. {_BY_HALVES}",
            kept="Dotychczasowy szablon pozostaje w użyciu.",
        )
    return number


def filled(
    content: bytes, paper: Paper, context: Mapping[str, Any], *, by: Actor = SYSTEM
) -> bytes:
    """The form with the values of a paper."""
    facts, made = _read(content, {"context": with_former_names(paper, context)}, by)
    if facts or not made:
        raise BadTemplate(
            f"Szablon ośrodka nie pasuje do dokumentu {quoted(paper.name)}",
            "Jego pola nie ma w tym dokumencie albo jest w nim puste. Popraw szablon albo wróć do "
            "szablonu platformy.",
            kept=NOTHING_SAVED,
        )
    return made


def _read(content: bytes, asked: dict[str, Any], by: Actor) -> tuple[dict[str, Any], bytes]:
    try:
        facts, made = guarded.run(_READER, content, asked, by=by)
    except guarded.TooHard:
        raise BadTemplate(
            "Szablon jest zbyt złożony",
            "Uprość go, zwłaszcza listy i tabele, albo zacznij od szablonu platformy.",
            kept=NOTHING_SAVED,
        ) from None
    match facts.get("refused"):
        case [str(title), str(explanation), str(kept)]:
            raise BadTemplate(title, explanation, kept=kept)
    return facts, made


def _trials(paper: Paper) -> list[tuple[str, dict[str, Any]]]:
    """Each case in which something is not there yet, alone, and all of them with every text empty."""
    trials: list[tuple[str, dict[str, Any]]] = []
    for path, case in paper.absent.items():
        values = copy.deepcopy(dict(paper.example))
        _take_away(values, path)
        trials.append((case, with_former_names(paper, values)))
    everything = "nic z tego, co może być puste, nie jest wypełnione"
    return [*trials, (everything, with_former_names(paper, _nothing(paper)))]


def _nothing(paper: Paper) -> dict[str, Any]:
    """Every text empty, and nothing there that may be absent."""
    values: dict[str, Any] = _emptied(paper.example)
    for path in paper.absent:
        _take_away(values, path)
    return values


def _take_away(values: dict[str, Any], path: str) -> None:
    way, _, last = path.rpartition(".")
    (_value(values, way) if way else values)[last] = None


def _marked(paper: Paper) -> list[tuple[str, str, dict[str, Any]]]:
    """Each group that must be told by its words, with a paper in which there is nothing else."""
    return [
        (name, words, with_former_names(paper, {**_nothing(paper), name: paper.example[name]}))
        for name, words in paper.marked.items()
    ]


def _emptied(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _emptied(item) for name, item in value.items()}
    return [] if isinstance(value, list) else False if isinstance(value, bool) else ""


def with_former_names(paper: Paper, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values also under the names that forms of before call them by."""
    known = copy.deepcopy(dict(values))
    for former, now in paper.renamed.items():
        _name(known, former, now)
    return known


def _name(values: dict[str, Any], former: str, now: str) -> None:
    """Name a value; of a list, "people[].mail", in every element."""
    if "[]." in former:
        listed, _, inside = former.partition("[].")
        for element in _value(values, listed):
            _name(element, inside, now.partition("[].")[2])
        return
    value, (*way, last), place = _value(values, now), former.split("."), values
    for step in way:
        place = place.setdefault(step, {})
        if place is None:  # what is not there yet has no fields
            return
    place[last] = value


def _value(values: Any, path: str) -> Any:
    for step in path.split("."):
        values = None if values is None else values[step]
    return values
