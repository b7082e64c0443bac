"""Fits of an office's Word forms to papers that changed: tried in the background, and kept."""

import hashlib
import json
from dataclasses import dataclass

from django.db import transaction

from kooperacja.documents.errors import BadTemplate
from kooperacja.documents.models import FormTrial, OfficeTemplate
from kooperacja.documents.office_templates import check_form, content_of
from kooperacja.documents.papers import Paper, offered

_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Fit:
    """The differences between a form and its paper since the office gave the form."""

    gained: list[str]  # fields that the paper did not have then
    misfit: str  # what the form asks for in vain, and where
    is_tried: bool = True  # not yet, where the paper changed a while ago


def fit_of(own: OfficeTemplate, paper: Paper) -> Fit:
    """The fit as it was tried; nobody who reads a page waits for it."""
    if own.fields == paper.fields:
        return Fit([], "")
    had = paper.fields if own.fields is None else own.fields
    known = {paper.renamed.get(name, name) for name in had}
    gained = [name for name in paper.fields if name not in known]
    trial = getattr(own, "trial", None)
    if trial is None or trial.digest != _digest(paper):
        return Fit(gained, "", is_tried=False)
    return Fit(gained, trial.misfit)


def try_forms() -> None:
    """Try each form in use whose paper changed since; Busy leaves the rest for the next time."""
    newest: dict[str, OfficeTemplate] = {}
    for template in OfficeTemplate.objects.select_related("file", "trial"):
        newest.setdefault(template.kind, template)
    for paper in offered():
        own = newest.get(paper.kind)
        if own is not None and own.file_id and not fit_of(own, paper).is_tried:
            _try(own, paper)


def _try(own: OfficeTemplate, paper: Paper) -> None:
    misfit = ""
    try:
        check_form(content_of(own), paper)
    except BadTemplate as refused:
        misfit = refused.explanation or refused.title
    trial = FormTrial(template=own, digest=_digest(paper), misfit=misfit[:_LONGEST])
    with transaction.atomic():
        FormTrial.objects.bulk_create(
            [trial],
            update_conflicts=True,
            unique_fields=["template"],
            update_fields=["digest", "misfit", "tried_at"],
        )


def _digest(paper: Paper) -> str:
    """The digest of all that a form may and must ask of the paper, and of what may be empty there."""
    asked = [paper.example, paper.absent, paper.renamed, paper.marked]
    return hashlib.sha256(json.dumps(asked, sort_keys=True, default=dict).encode()).hexdigest()
