"""Minutes are written, opened to remarks, approved and later set right (REG §2.9)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.documents.work_first import work_first
from kooperacja.notifications.base import Recipient, send
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move, require_may
from kooperacja.writes import AlreadySaved, StaleForm, insert_once, next_in, save_edited
from tenants.meetings import perms, text
from tenants.meetings.actions import recipients as for_information
from tenants.meetings.actions.carrying import carry_to_next
from tenants.meetings.actions.planning import locked
from tenants.meetings.addressed import title_of
from tenants.meetings.models.meetings import AgendaItem, Meeting
from tenants.meetings.models.minutes import (
    Extract,
    Minutes,
    MinutesText,
    Rectification,
    Remark,
    of_lead,
)
from tenants.meetings.notifications import MinutesForRemarks
from tenants.meetings.papers import issue_extract, issue_minutes
from tenants.meetings.present import people_at
from tenants.meetings.workflow import MeetingState, MinutesState
from tenants.people.actions.invitations import publish_figures, recipients
from tenants.people.models import Person
from tenants.teams.actions import lock_in_team

REMARK_DAYS = 7
_HELD = (MeetingState.HELD, MeetingState.CLOSED)


@transaction.atomic
def begin_minutes(*, by: Actor, meeting_id: UUID, key: UUID, chair: UUID, taker: UUID) -> Minutes:
    """Begin the minutes of a meeting that was held; both names are of the Lider's people."""
    meeting = locked(by, meeting_id)
    require_held(meeting)
    if saved := Minutes.objects.filter(meeting=meeting).first():
        raise AlreadySaved(saved)
    people = {person.pk: person.full_name for person in of_lead(meeting)}
    if wrong := {
        name: _NOT_OF_LEAD for name, pk in (("chair", chair), ("taker", taker)) if pk not in people
    }:
        raise ValidationError(wrong)
    minutes = Minutes(id=key, meeting=meeting, chair=people[chair], taker=people[taker])
    insert_once(minutes)
    record(by=by, verb="MINUTES_BEGUN", obj=minutes)
    return minutes


_NOT_OF_LEAD = "Ta osoba nie była tego dnia w zespole od Lidera."


def require_held(meeting: Meeting) -> None:
    if meeting.state not in _HELD:
        raise Problem(
            "Protokół pisze się po spotkaniu",
            f"Stan spotkania: {meeting.get_state_display()}.",
            clause="§ 2 ust. 9 regulaminu",
            kept=NOTHING_SAVED,
            at=meeting,
        )


def _locked(minutes_id: UUID) -> Minutes:
    rows = Minutes.objects.select_related("meeting__team")
    return lock_in_team(rows, minutes_id, "meeting__team")


def _to_write(by: Actor, minutes_id: UUID) -> Minutes:
    minutes = _locked(minutes_id)
    perms.write_minutes.require(Person.objects.acting(by), minutes)
    return minutes


def require_unfrozen(minutes: Minutes) -> None:
    if minutes.state == MinutesState.APPROVED:
        raise Problem(
            "Ten protokół jest zatwierdzony",
            "Jego treści nie można już zmienić. Błąd poprawia sprostowanie.",
            clause="§ 2 ust. 9 regulaminu",
            kept=NOTHING_SAVED,
            at=minutes,
        )


@transaction.atomic
def edit_text(
    *, by: Actor, minutes_id: UUID, item_id: UUID, version: int, words: str
) -> MinutesText:
    """Write the text of an item; version 0 stands for the system's own text."""
    minutes = _to_write(by, minutes_id)
    require_unfrozen(minutes)
    item = AgendaItem.objects.get(pk=item_id, meeting=minutes.meeting_id)
    saved = minutes.texts.filter(item=item).first()
    if saved is None:
        if version:
            raise StaleForm(minutes)
        saved = MinutesText.objects.create(minutes=minutes, item=item, text=words)
    elif not version:
        if saved.text == words:
            raise AlreadySaved(saved)
        raise StaleForm(saved)
    else:
        save_edited(saved, version - 1, {"text": words})
    # Whoever is about to send or approve them has not seen this text.
    minutes.version += 1
    minutes.save(update_fields=["version"])
    record(by=by, verb="MINUTES_EDITED", obj=minutes, data={"item": [None, item.position]})
    return saved


@transaction.atomic
def ask_for_remarks(*, by: Actor, minutes_id: UUID, version: int, until: date) -> Minutes:
    """Show the minutes to those who were present, who may remark on them until a day."""
    minutes = _to_write(by, minutes_id)
    require_review(minutes, by)
    _require_seen(minutes, version)
    if not by.today <= until <= by.today + timedelta(days=90):
        raise ValidationError({"until": "Podaj dzień od dziś do 90 dni naprzód."})
    move(minutes, MinutesState.REVIEW, by=by, on=by.today, remarks_until=until)
    send(
        MinutesForRemarks(minutes.pk, what=title_of(minutes.meeting.team), remarks_until=until),
        to=_present(minutes),
        dedupe=f"minutes-remarks:{minutes.pk}:{minutes.version}",
    )
    return minutes


def require_review(minutes: Minutes, by: Actor) -> None:
    """Every item of its meeting has an outcome."""
    require_may(minutes, MinutesState.REVIEW, by)
    _require_closed(minutes)


def _require_seen(minutes: Minutes, version: int) -> None:
    if minutes.version != version:
        raise StaleForm(minutes)


def _require_closed(minutes: Minutes) -> None:
    if minutes.meeting.state != MeetingState.CLOSED:
        raise Problem(
            "Najpierw zakończ spotkanie",
            "Każdy punkt porządku obrad musi mieć wynik, zanim protokół pójdzie dalej.",
            kept=NOTHING_SAVED,
            at=minutes.meeting,
            action="Otwórz spotkanie",
        )


def _present(minutes: Minutes) -> list[Recipient]:
    return recipients(people_at([minutes.meeting_id])[minutes.meeting_id].values())


@transaction.atomic
def add_remark(*, by: Actor, minutes_id: UUID, key: UUID, words: str) -> Remark:
    """Remark on the minutes while the window is open."""
    minutes = _locked(minutes_id)
    person = Person.objects.acting(by)
    perms.remark.require(person, minutes)
    assert person is not None  # nobody else may remark
    require_window(minutes, by.today)
    remark = Remark(id=key, minutes=minutes, person=person, author=person.full_name, text=words)
    insert_once(remark)
    record(by=by, verb="MINUTES_REMARKED", obj=minutes)
    return remark


def require_window(minutes: Minutes, day: date) -> None:
    if not minutes.is_open_to_remarks(day):
        raise Problem(
            "Uwag nie można teraz zgłosić",
            f"Stan protokołu: {minutes.get_state_display()}.",
            kept=NOTHING_SAVED,
            at=minutes,
        )


@transaction.atomic
def answer_remark(*, by: Actor, remark_id: UUID, is_taken: bool, why: str) -> Remark:
    """Say if a remark was taken into the text, and why not."""
    of = Remark.objects.values_list("minutes_id", flat=True).get(pk=remark_id)
    minutes = _to_write(by, of)
    require_unfrozen(minutes)
    remark = minutes.remarks.get(pk=remark_id)
    if remark.is_taken is not None:
        raise AlreadySaved(remark)
    if not is_taken and not why:
        raise ValidationError({"why": "Napisz, dlaczego uwaga nie została uwzględniona."})
    remark.is_taken, remark.answer = is_taken, why
    remark.save(update_fields=["is_taken", "answer"])
    record(by=by, verb="MINUTES_REMARK_ANSWERED", obj=minutes)
    return remark


@work_first
def approve(*, by: Actor, minutes_id: UUID, version: int) -> Minutes:
    """Approve and freeze the minutes once the window is over and each remark has its answer."""
    minutes = _locked(minutes_id)
    perms.approve_minutes.require(Person.objects.acting(by), minutes)
    require_approval(minutes, by)
    _require_seen(minutes, version)
    approved(by, minutes, on=by.today, approver=by.name[:200])
    return minutes


def approved(by: Actor, minutes: Minutes, *, on: date, approver: str) -> None:
    """Freeze the minutes, print them, and tell everybody in the team."""
    _freeze(minutes)
    entry = move(
        minutes, MinutesState.APPROVED, by=by, on=by.today, approved_on=on, approver=approver
    )
    publish_figures(Minutes, cause=entry.pk)
    issue_minutes(by=by, minutes=minutes)
    for_information.tell_approved(minutes, by.today)


def require_approval(minutes: Minutes, by: Actor) -> None:
    """The chair approves it, the window for remarks is over and each has its answer."""
    require_may(minutes, MinutesState.APPROVED, by)
    if minutes.is_for_meeting:
        raise Problem(
            "Ten protokół zatwierdza następne spotkanie",
            "Tak mówi regulamin, więc nie zatwierdza go sama osoba prowadząca. Punkt o tym sam "
            "trafi do porządku obrad, gdy minie czas na uwagi.",
            clause="§ 2 ust. 9 regulaminu",
            kept=NOTHING_SAVED,
            at=minutes,
        )
    if minutes.is_open_to_remarks(by.today):
        raise Problem(
            "Trwa jeszcze czas na uwagi",
            "Protokół zatwierdza się, gdy obecni mieli czas na uwagi.",
            kept=NOTHING_SAVED,
            at=minutes,
        )
    require_answered(minutes)


def require_answered(minutes: Minutes) -> None:
    """Each remark has its answer."""
    if open_ones := minutes.remarks.filter(is_taken=None).count():
        raise Problem(
            "Nie na każdą uwagę odpowiedziano",
            f"Uwag bez odpowiedzi: {open_ones}.",
            kept=NOTHING_SAVED,
            at=minutes,
        )


def _freeze(minutes: Minutes) -> None:
    """Keep the system's own texts as they are now."""
    known = {one.item_id for one in minutes.texts.all()}
    MinutesText.objects.bulk_create(
        MinutesText(minutes=minutes, item=item, text=words)
        for item, words, _ in text.texts_of(minutes)
        if item.pk not in known
    )


@work_first
def rectify(*, by: Actor, minutes_id: UUID, key: UUID, values: dict[str, Any]) -> Rectification:
    """Set something right in approved minutes; their text stays, and this is printed after it."""
    minutes = _locked(minutes_id)
    perms.approve_minutes.require(Person.objects.acting(by), minutes)
    require_approved(minutes)
    if minutes.is_for_meeting:
        return _proposed(by, Rectification(id=key, minutes=minutes, **values))
    row = Rectification(
        id=key,
        minutes=minutes,
        number=next_in(minutes.rectifications),
        approved_on=by.today,
        approver=by.name[:200],
        **values,
    )
    insert_once(row)
    record(by=by, verb="MINUTES_RECTIFIED", obj=minutes, data={"number": [None, row.number]})
    issue_minutes(by=by, minutes=minutes)
    for_information.tell_rectified(row, by.today)
    return row


def _proposed(by: Actor, row: Rectification) -> Rectification:
    """Keep it until the next meeting approves it, in the same way as the minutes."""
    insert_once(row)
    record(by=by, verb="MINUTES_RECTIFICATION_PROPOSED", obj=row.minutes)
    carry_to_next(by, row.minutes.team)
    return row


def require_approved(minutes: Minutes) -> None:
    if minutes.state != MinutesState.APPROVED:
        raise Problem(
            "Ten protokół nie jest jeszcze zatwierdzony",
            "Jego treść można po prostu zmienić.",
            kept=NOTHING_SAVED,
            at=minutes,
        )


@work_first
def make_extract(
    *, by: Actor, minutes_id: UUID, key: UUID, items: list[int], is_nameless: bool
) -> Extract:
    """Issue an extract of chosen items of approved minutes."""
    minutes = _to_write(by, minutes_id)
    require_approved(minutes)
    extract = Extract(
        id=key,
        minutes=minutes,
        number=next_in(minutes.extracts),
        items=sorted(items),
        is_nameless=is_nameless,
        made_on=by.today,
        maker=by.name[:200],
    )
    insert_once(extract)
    record(by=by, verb="MINUTES_EXTRACTED", obj=minutes, data={"number": [None, extract.number]})
    issue_extract(by=by, extract=extract)
    return extract
