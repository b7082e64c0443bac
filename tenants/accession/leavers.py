"""Papers of joining and leaving that are a leaver's own (REG §1.5, §1.6)."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q

from kooperacja.documents.models import Document
from kooperacja.documents.papers import Paper
from tenants.accession.models.annexes import DeclarationAnnex
from tenants.accession.models.declarations import AccessionDeclaration, DeclarationStep
from tenants.accession.models.resignations import ResignationNotice
from tenants.accession.papers import ANNOTATED_DECLARATION
from tenants.people.leavers import Leaver, OwnPaper
from tenants.people.perms import VOICES
from tenants.registry.roles import Role
from tenants.regulation.papers import REGULATION

_STEPS = DeclarationStep.objects.exclude(file=None).select_related("file")
_ANNEXES = DeclarationAnnex.objects.kept().select_related("file").order_by("added_at", "pk")

_SIGNED = "Podpisana deklaracja"


def declarations(leaver: Leaver) -> Iterator[OwnPaper]:
    """Declarations as they were handed in, their annotation, and the regulation accepted."""
    rows = [(row, end) for row in _declarations(leaver) if (end := _end(leaver, row))]
    annotated = _issued(ANNOTATED_DECLARATION, {row.pk for row, _ in rows})
    accepted = _issued(REGULATION, {row.regulation_id for row, _ in rows if row.regulation_id})
    for row, end in rows:
        yield OwnPaper(
            str(row),
            row.decided_on or row.received_on,
            note=row.annotation or row.get_state_display(),
        )
        yield from _files(row, end)
        for document in annotated.get(row.pk, []):
            if document.frozen_at <= end:
                yield OwnPaper("Deklaracja z adnotacją Lidera", row.decided_on, document.pdf)
        for document in accepted.get(row.regulation_id or row.pk, [])[:1]:
            yield OwnPaper(f"Zaakceptowany regulamin: {row.regulation}", None, document.pdf)


def _files(row: AccessionDeclaration, end: datetime) -> Iterator[OwnPaper]:
    later = {step.file_id for step in row.steps.all() if step.recorded_at > end}
    files = {row.file_id: OwnPaper(_SIGNED, row.received_on, row.file)} if row.file else {}
    files |= {
        step.file_id: OwnPaper(_SIGNED, step.happened_on, step.file) for step in row.steps.all()
    }
    yield from (paper for file_id, paper in files.items() if file_id not in later)
    for annex in row.annexes.all():
        if annex.added_at <= end:
            yield OwnPaper(annex.title, None, annex.file)


def _declarations(leaver: Leaver) -> list[AccessionDeclaration]:
    spoken, applied = leaver.ends(VOICES), leaver.ends({Role.APPLICANT})
    rows = AccessionDeclaration.objects.filter(
        Q(organisation__in=[*spoken]) | Q(organisation__in=[*applied], applicant=leaver.person)
    )
    rows = rows.select_related("organisation", "regulation", "file").order_by("created_at", "pk")
    return list(rows.prefetch_related(Prefetch("steps", _STEPS), Prefetch("annexes", _ANNEXES)))


def _end(leaver: Leaver, row: AccessionDeclaration) -> datetime | None:
    """The moment up to which this declaration was theirs; None where it came later."""
    ends = [leaver.ends(VOICES).get(row.organisation_id)]
    if row.applicant_id == leaver.person.pk:
        ends.append(leaver.ends({Role.APPLICANT}).get(row.organisation_id))
    end = max((one for one in ends if one is not None), default=None)
    return end if end is not None and row.created_at <= end else None


def _issued(paper: Paper, subjects: set[UUID]) -> dict[UUID, list[Document]]:
    """The versions of a paper about these subjects, the newest first."""
    issued: dict[UUID, list[Document]] = {}
    rows = Document.objects.filter(kind=paper.kind, subject__in=subjects).select_related("pdf")
    for document in rows.order_by("-version", "pk"):
        issued.setdefault(document.subject, []).append(document)
    return issued


def resignations(leaver: Leaver) -> Iterator[OwnPaper]:
    """The signed resignation of the institution."""
    ends = leaver.ends(VOICES)
    rows = ResignationNotice.objects.filter(membership__organisation__in=[*ends])
    rows = rows.select_related("membership__organisation", "file")
    for row in rows.order_by("received_on", "pk"):
        if row.recorded_at <= ends[row.membership.organisation_id]:
            yield OwnPaper(f"Rezygnacja: {row.membership.organisation}", row.received_on, row.file)
