"""Reading a file: the app that offers its kind says who may; the rest is refused."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from kooperacja.documents.models import Document, PreparedFile, StoredFile
from kooperacja.documents.papers import Paper, prepared_of
from kooperacja.offers import Offer, of
from kooperacja.permissions import permission
from kooperacja.tenancy.request import TenantRequest


@dataclass(frozen=True, slots=True)
class KeptFile(Offer):
    """A kind of file that people hand in, with the rule for reading it.

    By its `name` it stands in the documentation of the partnership (REG §2.11), if it has one.
    """

    kind: str
    may_read: Callable[[TenantRequest, StoredFile], bool]
    name: str = ""


# The ids of the rows by which a file may be read; none where any row that keeps it may be told of.
Seen = frozenset[UUID]
EVERY_ROW: Seen = frozenset()


class Rule(ABC):
    """A rule for reading files or issued papers, asked of one or of many at once."""

    def __call__(self, request: TenantRequest, one: StoredFile | Document) -> bool:
        if isinstance(one, Document):
            return one.pk in self.issued(request.person, [one])
        return one.pk in self.among(request.person, {one.pk})

    @abstractmethod
    def among(self, person: Any, keys: Collection[UUID]) -> dict[UUID, Seen]:
        """Those that the person may read, of ids of files or of the subjects of papers."""

    def issued(self, person: Any, papers: Collection[Document]) -> set[UUID]:
        """The issued papers that the person may read: every one of a subject, if nothing else is said."""
        may = self.among(person, {one.subject for one in papers})
        return {one.pk for one in papers if one.subject in may}


@dataclass(frozen=True, slots=True)
class _ByReader(Rule):
    may: Callable[[Any], bool]

    def among(self, person: Any, keys: Collection[UUID]) -> dict[UUID, Seen]:
        return dict.fromkeys(keys, EVERY_ROW) if self.may(person) else {}


@dataclass(frozen=True, slots=True)
class _ByRow(Rule):
    rows: Any
    may: Callable[[Any, Any], bool]
    column: str

    def among(self, person: Any, keys: Collection[UUID]) -> dict[UUID, Seen]:
        rows = self.rows.filter(**{f"{self.column}__in": keys}).order_by("pk")
        name = rows.model._meta.get_field(self.column).attname
        found: dict[UUID, set[UUID]] = defaultdict(set)
        for row in rows:
            if self.may(person, row):
                found[getattr(row, name)].add(row.pk)
        return {key: frozenset(seen) for key, seen in found.items()}


def by_reader(may: Callable[[Any], bool]) -> Rule:
    """The rule of a file or a paper that is judged by its reader alone."""
    return _ByReader(may)


def by_row(rows: Any, may: Callable[[Any, Any], bool], column: str = "file") -> Rule:
    """The rule of a file that goes by the rows that keep it; one of them is enough."""
    return _ByRow(rows, may, column)


def by_subject(rows: Any, may: Callable[[Any, Any], bool]) -> Rule:
    """The rule of an issued paper that goes by the row that it is about."""
    return _ByRow(rows, may, "id")


@permission("Plik otwierają osoby, które mogą zobaczyć sprawę, do której należy.")
def read_file(request: TenantRequest, file: StoredFile) -> bool:
    """A file of an issued document goes by the document."""
    match _offered(file.kind):
        case KeptFile() as kept:
            return kept.may_read(request, file)
        case Paper(may_read=may_read) if may_read is not None:
            issued = Document.objects.filter(kind=file.kind)
            document = issued.filter(Q(pdf=file) | Q(docx=file)).first()
            return document is not None and may_read(request, document)
    return False


def readable(person: Any, files: Iterable[tuple[UUID, str]]) -> dict[UUID, Seen]:
    """The rows that let the person read each file, by the very rules of `read_file`.

    Files that may not be read are left out. Another row that keeps a file too may tell of somebody
    else. It asks one question for each kind, and leaves out kinds whose rule can't be asked of many.
    """
    kinds: dict[str, set[UUID]] = defaultdict(set)
    for pk, kind in files:
        kinds[kind].add(pk)
    found: dict[UUID, Seen] = {}
    for kind, ids in kinds.items():
        match _offered(kind):
            case KeptFile(may_read=Rule() as rule):
                found |= rule.among(person, ids)
            case Paper(may_read=Rule() as rule):
                rows = Document.objects.filter(kind=kind, pdf__in=ids).order_by("pk")
                issued = list(rows.only("subject", "pdf"))
                may = rule.issued(person, issued)
                found |= {one.pdf_id: EVERY_ROW for one in issued if one.pk in may}
    return found


@permission("Przygotowany dokument pobierają osoby, które mogą zobaczyć to, co w nim jest.")
def take_prepared(person: Any, prepared: PreparedFile) -> bool:
    """Asked each time it is handed out: a right may have ended since it was asked for."""
    offered = prepared_of(prepared.kind)
    may_take = offered.may_take if offered else None
    return may_take is not None and may_take(person, prepared)


def _offered(kind: str) -> KeptFile | Paper | None:
    known: list[KeptFile | Paper] = [*of(KeptFile), *of(Paper)]
    offered = [offer for offer in known if offer.kind == kind]
    if len(offered) > 1:
        raise ValueError(f"files of the kind {kind} are offered twice")
    return offered[0] if offered else None
