"""The Word forms that an office gave our papers (REG §2.11): which is in use, and does it still fit."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kooperacja.documents import storage
from kooperacja.documents.errors import BadTemplate
from kooperacja.documents.models import OfficeTemplate
from kooperacja.documents.papers import Paper


def own_template(kind: str) -> OfficeTemplate | None:
    """The office's form in use; none when it never gave one or went back to ours."""
    newest = OfficeTemplate.objects.select_related("file").filter(kind=kind).first()
    return newest if newest is not None and newest.file_id else None


def content_of(own: OfficeTemplate) -> bytes:
    assert own.file is not None
    return storage.read(own.file.path, pk=own.file.pk)


def check_form(content: bytes, paper: Paper) -> None:
    """BadTemplate says why a form can't be this paper's."""
    # Reading a form takes a second to import, and most processes never read one.
    from kooperacja.documents.wordcheck import check_template

    check_template(content, with_former_names(paper, paper.example))


@dataclass(frozen=True, slots=True)
class Fit:
    """The differences between a form and its paper since the office gave the form."""

    gained: list[str]  # fields that the paper did not have then
    misfit: str  # what the form asks for in vain, and where


def fit_of(own: OfficeTemplate, paper: Paper) -> Fit:
    if own.fields == paper.fields:
        return Fit([], "")
    had = paper.fields if own.fields is None else own.fields
    known = {paper.renamed.get(name, name) for name in had}
    return Fit([name for name in paper.fields if name not in known], _misfit(own, paper))


def _misfit(own: OfficeTemplate, paper: Paper) -> str:
    try:
        check_form(content_of(own), paper)
    except BadTemplate as refused:
        return refused.explanation or refused.title
    return ""


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
