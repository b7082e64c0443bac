"""Files are put to the items of an agenda and taken off (REG §2.5)."""

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.documents.actions import store_upload
from kooperacja.documents.work_first import work_first
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.writes import AlreadySaved, next_in
from tenants.meetings.actions.agenda import locked_item, require_agenda
from tenants.meetings.actions.telling import tell_papers
from tenants.meetings.models.meetings import AgendaItem, Meeting
from tenants.meetings.models.papers import ItemPaper
from tenants.meetings.papers import ITEM_PAPER
from tenants.teams.sealing import key_of

MAX_PAPERS = 10  # of one item


@work_first
def attach(
    *, by: Actor, item_id: UUID, key: UUID, title: str, upload: "UploadedFile[Any]"
) -> ItemPaper:
    """Put a file to an item, for all who read the meeting."""
    item = locked_item(by, item_id)
    if saved := ItemPaper.objects.filter(pk=key).first():
        raise AlreadySaved(saved)
    require_room(item)
    file = store_upload(by=by, upload=upload, kind=ITEM_PAPER, key=key_of(item.team))
    position = next_in(item.papers, "position")
    paper = ItemPaper.objects.create(id=key, item=item, position=position, title=title, file=file)
    entry = record(by=by, verb="PAPER_ATTACHED", obj=paper)
    tell_papers(by, item.meeting, cause=entry.pk)
    return paper


def require_room(item: AgendaItem) -> None:
    """Its meeting takes files, and it has not too many yet."""
    require_agenda(item.meeting)
    if item.papers.count() >= MAX_PAPERS:
        raise Problem(
            f"Ten punkt ma już {MAX_PAPERS} plików",
            "Połącz kilka w jeden albo usuń ten, który nie jest potrzebny.",
            kept=NOTHING_SAVED,
            at=item.meeting,
        )


@transaction.atomic
def detach(*, by: Actor, paper_id: UUID) -> Meeting:
    """Take a file off its item: nobody opens it any more."""
    try:
        item = locked_item(by, ItemPaper.objects.get(pk=paper_id).item_id)
        paper = item.papers.select_for_update(of=("self",)).get(pk=paper_id)
    except ItemPaper.DoesNotExist:
        raise AlreadySaved(None) from None
    entry = record(by=by, verb="PAPER_DETACHED", obj=paper)
    paper.delete()
    tell_papers(by, item.meeting, cause=entry.pk)
    return item.meeting
