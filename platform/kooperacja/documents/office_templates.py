"""Which documents an office may give its own Word template, and where the current one is."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.template import engines

from kooperacja.documents import storage
from kooperacja.documents.models import OfficeTemplate


@dataclass(frozen=True, slots=True)
class Replaceable:
    """A document whose Word form the office may shape; `example` has every field it offers."""

    kind: str
    name: str
    default: str
    example: Mapping[str, Any]


_known: dict[str, Replaceable] = {}


def fields(example: Mapping[str, Any], *, before: str = "") -> Iterator[str]:
    """The names an office may write in double braces; of a list, those of one element."""
    for name, value in example.items():
        path = f"{before}{name}"
        if isinstance(value, Mapping):
            yield from fields(value, before=f"{path}.")
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            yield from fields(value[0], before=f"{path}[].")
        else:
            yield path


def offer(one: Replaceable) -> None:
    """Called once a kind by an app's documents, which are imported at the start."""
    if one.kind in _known:
        raise ValueError(f"{one.kind} is offered twice")
    _known[one.kind] = one


def offered() -> list[Replaceable]:
    return list(_known.values())


def replaceable(kind: str) -> Replaceable | None:
    return _known.get(kind)


def own_template(kind: str) -> OfficeTemplate | None:
    """The office's template in use; none when it never gave one or went back to ours."""
    newest = OfficeTemplate.objects.select_related("file").filter(kind=kind).first()
    return newest if newest is not None and newest.file_id else None


def source(own: OfficeTemplate | None, default: str) -> Path | BinaryIO:
    """What a document is made from."""
    if own is None or own.file is None:
        return template_file(default)
    return io.BytesIO(storage.read(own.file.path, pk=own.file.pk))


def template_file(name: str) -> Path:
    """Where a Word template lies among the project's templates."""
    for folder in engines["django"].template_dirs:
        if (found := Path(folder) / name).is_file():
            return found
    raise FileNotFoundError(name)
