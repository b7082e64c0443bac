"""How the journal says a file: by the row that keeps it, not by a name that somebody gave it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet, Value

from kooperacja.documents.models import (
    DOCX,
    Document,
    Filing,
    SignatureReport,
    SignedContainer,
    StoredFile,
)

_ABOUT_FILES = (SignedContainer, SignatureReport, Filing)  # of what came, and not a row's own


def words_of_files(ids: Collection[UUID]) -> dict[UUID, str]:
    """„PDF: Regulamin …, wersja 1”; a file that no row keeps is left out."""
    said = {file: str(row) for file, row in keeping(ids).items()}
    types = StoredFile.objects.filter(pk__in=said).order_by("pk").values_list("pk", "content_type")
    return {pk: f"{'Word' if kind == DOCX else 'PDF'}: {said[pk]}" for pk, kind in types}


def keeping(
    ids: Collection[UUID], seen: Mapping[UUID, Collection[UUID]] | None = None
) -> dict[UUID, Any]:
    """The row that keeps each file, one of those `seen` if they are named.

    One question for each kind of row.
    """
    kept: dict[str, dict[UUID, UUID]] = defaultdict(dict)
    for file, row, label in _union([rows.filter(**{f"{f}__in": ids}) for rows, f in _keepers()]):
        only = seen.get(file) if seen else None
        if not only or row in only:
            kept[label][row] = file
    found: dict[UUID, Any] = {}
    for label, files in kept.items():
        rows: QuerySet[Any] = apps.get_model(label)._default_manager.select_related()
        for row in rows.filter(pk__in=files).order_by("pk"):
            found[files[row.pk]] = row
    return found


def words_of_containers(ids: Collection[UUID]) -> dict[UUID, str]:
    containers = SignedContainer.objects.filter(pk__in=ids).order_by("pk")
    files = dict(containers.values_list("pk", "file_id"))
    said = words_of_files(set(files.values()))
    return {pk: f"plik z podpisem, {said[file]}" for pk, file in files.items() if file in said}


def hanging_on(ids: Collection[UUID]) -> set[UUID]:
    """Documents about rows, files that rows keep and the containers in which those came."""
    documents = Document.objects.filter(subject__in=ids)
    found = {*ids, *documents.order_by("pk").values_list("pk", flat=True)}
    files = {file for file, _, _ in _union([rows.filter(pk__in=found) for rows, _ in _keepers()])}
    containers = SignedContainer.objects.filter(file__in=files).order_by("pk")
    return {*found, *files, *containers.values_list("pk", flat=True)}


def _keepers() -> list[tuple[QuerySet[Any], str]]:
    """Each column that keeps a file: its file, its row and the kind of row."""
    keepers = []
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        model: Any = relation.related_model
        if relation.auto_created and model not in _ABOUT_FILES:
            name = relation.field.name  # type: ignore[union-attr]
            rows = model._default_manager.order_by().exclude(**{name: None})
            keepers.append((rows.values_list(f"{name}_id", "pk", Value(model._meta.label)), name))
    return keepers


def _union(parts: list[QuerySet[Any]]) -> QuerySet[Any]:
    return parts[0].union(*parts[1:], all=True)
