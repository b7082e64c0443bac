"""Reading a file: the app that offers its kind says who may; the rest is refused."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from kooperacja.documents.models import Document, PreparedFile, StoredFile
from kooperacja.documents.papers import Paper, paper_of
from kooperacja.offers import Offer, of
from kooperacja.permissions import permission
from kooperacja.tenancy.request import TenantRequest


@dataclass(frozen=True, slots=True)
class KeptFile(Offer):
    """A kind of file that people hand in, with the rule for reading it."""

    kind: str
    may_read: Callable[[TenantRequest, StoredFile], bool]


def by_reader(may: Callable[[Any], bool]) -> Callable[[TenantRequest, object], bool]:
    """The rule of a file that is judged by its reader alone."""
    return lambda request, file: may(request.person)


def by_row(
    rows: Any, may: Callable[[Any, Any], bool], column: str = "file"
) -> Callable[[TenantRequest, StoredFile], bool]:
    """The rule of a file that goes by the rows that keep it; one of them is enough."""

    def may_read(request: TenantRequest, file: StoredFile) -> bool:
        kept = rows.filter(**{column: file}).order_by("pk")
        return any(may(request.person, row) for row in kept)

    return may_read


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


@permission("Przygotowany dokument pobierają osoby, które mogą zobaczyć to, co w nim jest.")
def take_prepared(person: Any, prepared: PreparedFile) -> bool:
    """Asked each time it is handed out: a right may have ended since it was asked for."""
    paper = paper_of(prepared.kind)
    return paper is not None and paper.may_take is not None and paper.may_take(person)


def _offered(kind: str) -> KeptFile | Paper | None:
    known: list[KeptFile | Paper] = [*of(KeptFile), *of(Paper)]
    offered = [offer for offer in known if offer.kind == kind]
    if len(offered) > 1:
        raise ValueError(f"files of the kind {kind} are offered twice")
    return offered[0] if offered else None
