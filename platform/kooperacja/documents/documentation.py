"""All papers of a partnership in one list: what each is, and where the office files it (REG §2.11)."""

import io
import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from django.db.models import QuerySet, Sum
from django.utils.text import capfirst

from kooperacja.audit.about import names_of_institutions
from kooperacja.documents import storage
from kooperacja.documents.models import PDF, Document, Filing, KindSymbol, StoredFile
from kooperacja.documents.papers import Paper
from kooperacja.documents.perms import KeptFile, Seen, readable
from kooperacja.documents.told import keeping
from kooperacja.offers import of
from kooperacja.ui.files import as_file_name, file_name
from kooperacja.ui.polish import localtime
from kooperacja.ui.sheets import CSV, XLSX, Sheet, content_of

logger = logging.getLogger(__name__)

ONLY_HERE = "tylko w systemie"
HEADINGS = (
    "Nr",
    "Data",
    "Dokument",
    "Rodzaj",
    "Czyj",
    "Symbol JRWA",
    "Znak sprawy",
    "Oryginał",
    "Plik",
)


def kinds() -> dict[str, str]:
    """Kinds of papers that are kept, by what the office calls them."""
    papers = {paper.kind: paper.name for paper in of(Paper) if paper.may_read}
    return papers | {kept.kind: kept.name for kept in of(KeptFile) if kept.name}


@dataclass(frozen=True, slots=True)
class Listed:
    """A paper that its reader may open; of one in two formats the PDF alone."""

    pk: UUID
    kind: str
    year: int
    seen: Seen  # the rows by which it may be read


def readable_papers(person: Any) -> list[Listed]:
    """Every paper that the person may read, the latest first; of closed teams none."""
    kept = StoredFile.objects.filter(kind__in=kinds(), content_type=PDF, key_of=None)
    rows = list(kept.order_by("-stored_at", "-pk").values_list("pk", "kind", "stored_at"))
    may = readable(person, [(pk, kind) for pk, kind, _ in rows])
    return [Listed(pk, kind, localtime(at).year, may[pk]) for pk, kind, at in rows if pk in may]


def files(papers: Iterable[Listed], *, year: str = "", kind: str = "") -> "QuerySet[StoredFile]":
    """The files of the papers of a year and a kind, or of all."""
    chosen = chosen_of(papers, year=year, kind=kind)
    return StoredFile.objects.filter(pk__in=[paper.pk for paper in chosen])


def chosen_of(papers: Iterable[Listed], *, year: str = "", kind: str = "") -> list[Listed]:
    """Those of a year and a kind, or all."""
    return [paper for paper in papers if year in ("", str(paper.year)) and kind in ("", paper.kind)]


@dataclass(frozen=True, slots=True)
class Described:
    """A paper in words, and its place in the office's own files."""

    title: str
    institution: str
    symbol: str
    case_mark: str
    original: str


def described(rows: Collection[StoredFile], seen: Mapping[UUID, Seen]) -> dict[UUID, Described]:
    """By the id of a file, in the words of a row that its reader may see.

    As many questions as there are kinds of rows that keep files.
    """
    keepers = keeping({row.pk for row in rows}, seen)
    abouts = {pk: _about(keeper) for pk, keeper in keepers.items()}
    named = names_of_institutions(set(abouts.values()))
    filed = {one.file_id: one for one in Filing.objects.filter(file__in=rows).order_by("pk")}
    usual, names = symbols().by_kind, kinds()
    return {
        row.pk: _described(
            filed.get(row.pk, Filing()),
            title=capfirst(str(keepers.get(row.pk, "")) or names[row.kind]),
            institution=named.get(abouts.get(row.pk), ""),
            symbol=usual.get(row.kind, ""),
        )
        for row in rows
    }


def _about(keeper: Any) -> UUID:
    about: UUID = keeper.subject if isinstance(keeper, Document) else keeper.pk
    return about


def _described(filing: Filing, *, title: str, institution: str, symbol: str) -> Described:
    return Described(
        title=title,
        institution=institution,
        symbol=filing.symbol or symbol,
        case_mark=filing.case_mark,
        original=filing.original or ONLY_HERE,
    )


@dataclass(frozen=True, slots=True)
class Symbols:
    """The office's JRWA symbols of kinds of papers; the version grows with each change."""

    by_kind: dict[str, str]
    version: int


def symbols() -> Symbols:
    rows = list(KindSymbol.objects.order_by("pk"))
    return Symbols({row.kind: row.symbol for row in rows}, sum(row.version for row in rows))


# A pack is put together in memory, and sealed.
MOST_MEGABYTES = 100


def is_too_large(chosen: "QuerySet[StoredFile]") -> bool:
    """The files are more than one pack may hold."""
    size = chosen.aggregate(size=Sum("size"))["size"] or 0
    return bool(size > MOST_MEGABYTES * 1_000_000)


def packed(person: Any, *, year: str, kind: str, facts: tuple[str, ...]) -> bytes:
    """A ZIP: the list as XLSX and CSV, and each paper as it was kept, with its signature."""
    mine = readable_papers(person)
    rows = list(files(mine, year=year, kind=kind).select_related("container"))
    rows.sort(key=lambda row: (row.stored_at, row.pk))
    told, names = described(rows, {paper.pk: paper.seen for paper in mine}), kinds()
    lines: list[tuple[object, ...]] = []
    content = io.BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as pack:
        for number, row in enumerate(rows, start=1):
            words = told[row.pk]
            name = _put(pack, number, row, words.title)
            day = localtime(row.stored_at).date()
            what = (number, day, words.title, names[row.kind], words.institution)
            lines.append((*what, words.symbol, words.case_mark, words.original, name))
        sheet = Sheet("Dokumentacja", HEADINGS, lines, facts)
        for ending in (XLSX, CSV):
            pack.writestr(f"Dokumentacja.{ending}", content_of(sheet, ending))
    return content.getvalue()


def _put(pack: ZipFile, number: int, row: StoredFile, title: str) -> str:
    """Add a paper, and the container in which it came signed; say how it is called there.

    One that is not on the disk is missing in the pack, and the list says so.
    """
    year = localtime(row.stored_at).year
    name = f"{year}/{file_name(f'{number:04} {title}', '.pdf')}"
    try:
        pack.writestr(name, storage.content_of(row))
        if container := getattr(row, "container", None):
            beside = as_file_name(f"{number:04} {container.original_name}")
            pack.writestr(f"{year}/{beside}", storage.content_of(container))
    except FileNotFoundError:
        logger.error("stored file %s is not on the disk", row.pk)
        return "brak pliku"
    return name
