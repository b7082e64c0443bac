"""Files of items: put to the agenda, read by whom the meeting is read, gone with the agenda's end."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.documents.errors import RejectedUpload
from kooperacja.documents.models import StoredFile
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved
from tenants.meetings.actions import agenda, attaching, outcomes
from tenants.meetings.actions.outcomes import Ended
from tenants.meetings.attached import with_papers
from tenants.meetings.models.meetings import AgendaItem, Meeting, Outcome
from tenants.meetings.models.papers import ItemPaper
from tenants.meetings.workflow import MeetingState
from tenants.people.models import Person, RoleAssignment
from tenants.registry import directory
from tenants.registry.roles import Role
from tests.factories import accounts
from tests.factories import meetings as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people


@pytest.fixture
def place(partnership: TenantRef) -> Iterator[TenantRef]:
    with inside(partnership):
        yield partnership


def attach(item: AgendaItem, **given: Any) -> ItemPaper:
    plain = {"by": make.by(), "key": uuid7(), "title": "Plan", "upload": make_people.pdf()}
    return attaching.attach(item_id=item.pk, **{**plain, **given})


def file_of(paper: ItemPaper, place: TenantRef) -> str:
    return f"{place.prefix}/dokumenty/pliki/{paper.file_id}/"


def test_members_read_a_file_once_its_meeting_is_convened(place: TenantRef) -> None:
    meeting = make.planned()
    paper = make.paper(meeting.items.get())
    browser, _ = make_people.signed_in(place, Role.SOCIAL_WORKER)
    at, page = file_of(paper, place), f"{place.prefix}/spotkania/{meeting.pk}/materialy/"
    assert [browser.get(one).status_code for one in (at, page)] == [403, 404]
    with inside(place):
        make.planning.convene(by=make.by(), meeting_id=meeting.pk, version=meeting.version)
    assert browser.get(at).status_code == 200
    assert at in browser.get(page).content.decode()


def _partner() -> UUID:
    account = accounts.account()
    member = make_partnership.member(make_people.organisation())
    Person.objects.filter(pk=make.let_in(member).pk).update(account_id=account.pk)
    return account.pk


def _told(account: UUID, kind: str = "INBOX") -> int:
    rows = Outgoing.objects.filter(kind=kind, dedupe__startswith="papers-changed:")
    if kind == "INBOX":
        rows = rows.filter(payload__account_id=str(account), payload__is_news=True)
    return rows.count()


def test_whoever_is_invited_hears_of_a_file_after_convening_and_of_none_before(
    place: TenantRef,
) -> None:
    account, meeting = _partner(), make.planned()
    attach(meeting.items.get())
    assert _told(account) == 0
    make.planning.convene(by=make.by(), meeting_id=meeting.pk, version=meeting.version)
    paper = attach(meeting.items.get())
    assert (_told(account), _told(account, "INBOX_DONE")) == (1, 0)
    attaching.detach(by=make.by(), paper_id=paper.pk)
    assert (_told(account), _told(account, "INBOX_DONE")) == (2, 1)  # in place of the earlier one
    assert not Outgoing.objects.filter(kind="MAIL", payload__code="PAPERS_CHANGED").exists()


def test_it_waits_no_longer_once_the_meeting_was_held(place: TenantRef) -> None:
    account, meeting = _partner(), make.begun()
    attach(meeting.items.get())
    assert (_told(account), _told(account, "INBOX_DONE")) == (1, 0)
    make.confirm(meeting, make.all_present(meeting))
    assert _told(account, "INBOX_DONE") == 1
    attach(meeting.items.get())
    assert _told(account) == 1


def test_whose_right_ended_reads_no_file(place: TenantRef) -> None:
    paper = make.paper(make.convened().items.get())
    browser, worker = make_people.signed_in(place, Role.SOCIAL_WORKER)
    at = file_of(paper, place)
    assert browser.get(at).status_code == 200
    with inside(place):
        held = RoleAssignment.objects.filter(person=worker)
        held.update(ended_on=timezone.localdate())
    assert browser.get(at).status_code == 403


def test_another_unit_knows_no_such_file(place: TenantRef, powiat: TenantRef) -> None:
    paper = make.paper(make.convened().items.get())
    with inside(powiat):
        assert not StoredFile.objects.filter(pk=paper.file_id).exists()
        assert not ItemPaper.objects.exists()


def test_only_who_runs_the_team_attaches_and_takes_off(place: TenantRef) -> None:
    meeting = make.convened()
    item, paper = meeting.items.get(), make.paper(meeting.items.get())
    stranger = make_people.by(make_people.person(Role.SOCIAL_WORKER))
    with pytest.raises(Refused):
        attach(item, by=stranger)
    with pytest.raises(Refused):
        attaching.detach(by=stranger, paper_id=paper.pk)
    assert list(item.papers.all()) == [paper]


def test_a_file_taken_off_is_read_by_nobody_and_the_journal_knows(place: TenantRef) -> None:
    paper = make.paper(make.planned().items.get())
    browser, _ = make_people.signed_in(place, Role.LEAD)
    at = file_of(paper, place)
    assert browser.get(at).status_code == 200
    with inside(place):
        attaching.detach(by=make.by(), paper_id=paper.pk)
        assert not ItemPaper.objects.exists()
        verbs = Entry.objects.filter(verb__startswith="PAPER_").order_by("at", "pk")
        assert [one.verb for one in verbs] == ["PAPER_ATTACHED", "PAPER_DETACHED"]
        assert "Plan" not in "".join(one.object_label for one in verbs)
    assert browser.get(at).status_code == 403


def test_a_closed_or_cancelled_meeting_takes_and_loses_no_file(place: TenantRef) -> None:
    meeting = make.past()
    item = make.item(meeting)
    paper = make.paper(item)
    for state in (MeetingState.CLOSED, MeetingState.CANCELLED):
        over = {"state": state}
        if state == MeetingState.CANCELLED:
            over |= {"number": None, "year": None}
        Meeting.objects.filter(pk=meeting.pk).update(**over)
        with pytest.raises(Problem, match="nie można już zmienić"):
            attach(item)
        with pytest.raises(Problem, match="nie można już zmienić"):
            attaching.detach(by=make.by(), paper_id=paper.pk)
    assert list(ItemPaper.objects.all()) == [paper]
    assert StoredFile.objects.count() == 1


def test_what_is_no_pdf_is_refused_and_a_form_sent_twice_keeps_one(place: TenantRef) -> None:
    item, key = make.planned().items.get(), uuid7()
    word = make_people.pdf("plan.docx")
    word.file.seek(0)
    word.file.write(b"PK\x03\x04")
    word.file.seek(0)
    with pytest.raises(RejectedUpload):
        attach(item, upload=word)
    paper = attach(item, key=key)
    with pytest.raises(AlreadySaved):
        attach(item, key=key)
    assert list(item.papers.all()) == [paper]
    assert StoredFile.objects.count() == 1


def test_an_item_has_no_more_files_than_may_be(place: TenantRef, monkeypatch: Any) -> None:
    monkeypatch.setattr(attaching, "MAX_PAPERS", 2)
    item = make.planned().items.get()
    kept = [attach(item), attach(item)]
    assert [one.position for one in kept] == [1, 2]
    with pytest.raises(Problem, match="ma już 2 plików"):
        attach(item)
    assert item.papers.count() == 2


def test_an_item_with_files_is_not_taken_off(place: TenantRef) -> None:
    item = make.planned().items.get()
    make.paper(item)
    with pytest.raises(Problem, match="nie można usunąć"):
        agenda.remove_item(by=make.by(), item_id=item.pk)
    assert item.papers.count() == 1


def test_the_files_of_a_postponed_item_come_along_and_are_not_copied(place: TenantRef) -> None:
    meeting = make.held()
    item = meeting.items.get()
    paper = make.paper(item)
    ended = {item.pk: Ended(item.version, Outcome.POSTPONED)}
    meeting = outcomes.record_outcomes(by=make.by(), meeting_id=meeting.pk, items=ended)
    outcomes.close(by=make.by(), meeting_id=meeting.pk, version=meeting.version)
    later = make.planned(timezone.localdate() + timedelta(days=60))
    carried = later.items.get(carries=item)
    own = make.paper(carried, "Nowy plan")
    (shown,) = with_papers([carried], make.lead())
    assert shown.shown_papers == [own, paper]
    assert ItemPaper.objects.count() == 2
    (unseen,) = with_papers([carried], None)
    assert unseen.shown_papers == []


def test_two_files_at_once_both_stay(fresh_database: str) -> None:
    gmina = directory.find("gogolin")
    assert gmina is not None
    with inside(gmina):
        make_partnership.found(gmina)
        item, by = make.planned().items.get(), make.by()
    meet = threading.Barrier(2)

    def come() -> None:
        with inside(gmina):
            meet.wait()
            attach(item, by=by)
        connections.close_all()

    threads = [threading.Thread(target=come) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with inside(gmina):
        assert [one.position for one in item.papers.all()] == [1, 2]
