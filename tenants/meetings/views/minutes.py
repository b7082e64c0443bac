"""The minutes of a meeting: written, remarked on, approved, set right (REG §2.9)."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from kooperacja.documents.drawing import FORMATS
from kooperacja.documents.papers import newest
from kooperacja.pages import form_page, page, question, sent, step
from kooperacja.ui.files import file_name, file_response
from kooperacja.ui.forms import SeenForm
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import Missing
from tenants.meetings import awaiting, perms, text
from tenants.meetings.actions import minutes as acts
from tenants.meetings.forms.minutes import (
    BeginMinutesForm,
    ExtractForm,
    RectificationForm,
    RemarkAnswerForm,
    RemarkDaysForm,
    RemarkForm,
    TextForm,
)
from tenants.meetings.models.meetings import AgendaItem, Meeting
from tenants.meetings.models.minutes import Minutes, Remark, chair_of, of_lead
from tenants.meetings.papers import MINUTES, MINUTES_EXTRACT, printed_list, printed_minutes
from tenants.meetings.views.meetings import crumbs_of, find
from tenants.meetings.workflow import MinutesState
from tenants.people.identity import PersonRequest, visible
from tenants.people.models import Person

_CLAUSE = "§ 2 ust. 9 regulaminu"
_KINDS = {
    MinutesState.DRAFT: "neutral",
    MinutesState.REVIEW: "wait",
    MinutesState.APPROVED: "ok",
}
_minutes = visible(
    Minutes.objects.select_related("meeting__team"), perms.see_minutes, "Nie ma takiego protokołu"
)


def _crumbs(minutes: Minutes) -> list[tuple[str, str]]:
    return [*crumbs_of(minutes.meeting), ("Protokół", minutes.url)]


def _with_item(person: Person, pk: UUID) -> tuple[Minutes, AgendaItem]:
    item = get_object_or_404(AgendaItem.objects.select_related("meeting__record"), pk=pk)
    record = getattr(item.meeting, "record", None)
    if record is None:
        raise Missing("Nie ma takiego protokołu")
    return _minutes(person, record.pk), item


def _remarked(person: Person, pk: UUID) -> tuple[Minutes, Remark]:
    remark = get_object_or_404(Remark, pk=pk)
    minutes = _minutes(person, remark.minutes_id)
    return minutes, minutes.remarks.get(pk=pk)


def _printed(person: Person, pk: UUID, kind: str) -> tuple[Minutes, str]:
    return _minutes(person, pk), kind


def _list_of(person: Person, pk: UUID, kind: str) -> tuple[Meeting, str]:
    return find(person, pk), kind


@step(perms.run, find)
def begin(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    people = of_lead(meeting)
    return form_page(
        request,
        BeginMinutesForm(**sent(request), people=people, chair=chair_of(meeting, people)),
        partial(acts.begin_minutes, by=request.actor, meeting_id=meeting.pk),
        ready=partial(acts.require_held, meeting),
        said="Rozpoczęto protokół. Treść punktów napisał system; popraw ją, gdzie trzeba.",
        to=lambda minutes: minutes.url,
        title="Protokół spotkania",
        crumbs=crumbs_of(meeting),
        back=meeting.url,
        submit="Rozpocznij protokół",
    )


@page(perms.see_minutes, _minutes)
def show(request: PersonRequest, minutes: Minutes) -> HttpResponse:
    person, today = request.person, request.actor.today
    can_write = perms.write_minutes(person, minutes) and minutes.state != MinutesState.APPROVED
    is_approved = minutes.state == MinutesState.APPROVED
    is_over = not minutes.is_open_to_remarks(today)
    is_review = minutes.state == MinutesState.REVIEW
    is_for_meeting = minutes.state != MinutesState.DRAFT and minutes.is_for_meeting
    may_approve = perms.approve_minutes(person, minutes)
    context = {
        "minutes": minutes,
        "kind": _KINDS[MinutesState(minutes.state)],
        "texts": text.texts_of(minutes),
        "remarks": minutes.remarks.all(),
        "rectifications": minutes.rectifications.all(),
        "extracts": [(one, newest(MINUTES_EXTRACT, one.pk)) for one in minutes.extracts.all()],
        "document": newest(MINUTES, minutes.pk) if is_approved else None,
        "can_write": can_write,
        "can_ask": can_write and minutes.state == MinutesState.DRAFT,
        "can_remark": not is_over and perms.remark(person, minutes),
        "can_approve": may_approve and is_review and is_over and not is_for_meeting,
        "is_for_meeting": is_for_meeting,
        "item": awaiting.meeting_of(minutes) if is_for_meeting and is_review else None,
        "can_rectify": may_approve and is_approved,
        "can_extract": is_approved and perms.write_minutes(person, minutes),
    }
    return render(request, "meetings/minutes.html", context)


@step(perms.write_minutes, _with_item)
def edit(request: PersonRequest, minutes: Minutes, item: AgendaItem) -> HttpResponse:
    words, version = next(
        (words, version) for one, words, version in text.texts_of(minutes) if one == item
    )
    form = TextForm(**sent(request), initial={"words": words, "version": version})
    return form_page(
        request,
        form,
        partial(acts.edit_text, by=request.actor, minutes_id=minutes.pk, item_id=item.pk),
        ready=partial(acts.require_unfrozen, minutes),
        said="Zapisano treść punktu.",
        to=minutes.url,
        title=f"{item.position}. {item.title}",
        eyebrow=str(minutes),
        crumbs=_crumbs(minutes),
        last=f"Punkt {item.position}",
    )


@step(perms.write_minutes, _minutes)
def ask(request: PersonRequest, minutes: Minutes) -> HttpResponse:
    return form_page(
        request,
        RemarkDaysForm(**sent(request), row=minutes),
        partial(acts.ask_for_remarks, by=request.actor, minutes_id=minutes.pk),
        ready=partial(acts.require_review, minutes, request.actor),
        said="Obecni dostali wiadomość, że protokół czeka na uwagi.",
        to=minutes.url,
        title="Przekaż protokół do uwag",
        lead="Protokół zobaczą członkowie Partnerstwa, a obecni na spotkaniu będą mogli zgłosić "
        f"uwagi ({_CLAUSE}).",
        crumbs=_crumbs(minutes),
        submit="Przekaż do uwag",
    )


@step(perms.remark, _minutes)
def remark(request: PersonRequest, minutes: Minutes) -> HttpResponse:
    return form_page(
        request,
        RemarkForm(**sent(request)),
        partial(acts.add_remark, by=request.actor, minutes_id=minutes.pk),
        ready=partial(acts.require_window, minutes, request.actor.today),
        said="Zapisano uwagę.",
        to=minutes.url,
        title="Uwaga do protokołu",
        crumbs=_crumbs(minutes),
        submit="Zgłoś uwagę",
    )


@step(perms.write_minutes, _remarked)
def answer(request: PersonRequest, minutes: Minutes, remark: Remark) -> HttpResponse:
    return form_page(
        request,
        RemarkAnswerForm(**sent(request)),
        partial(acts.answer_remark, by=request.actor, remark_id=remark.pk),
        ready=partial(acts.require_unfrozen, minutes),
        said="Zapisano odpowiedź na uwagę.",
        to=minutes.url,
        title="Odpowiedz na uwagę",
        lead=f"{remark.author}: {remark.text}",
        crumbs=_crumbs(minutes),
    )


@step(perms.approve_minutes, _minutes)
def approve(request: PersonRequest, minutes: Minutes) -> HttpResponse:
    return question(
        request,
        SeenForm(**sent(request), row=minutes),
        partial(acts.approve, by=request.actor, minutes_id=minutes.pk),
        ready=partial(acts.require_approval, minutes, request.actor),
        question="Zatwierdzić protokół?",
        consequence="Treści nie będzie już można zmienić; błąd poprawi tylko sprostowanie. "
        "Wszyscy zaproszeni dostaną wiadomość.",
        clause=_CLAUSE,
        button="Zatwierdź protokół",
        said="Zatwierdzono protokół.",
        to=minutes.url,
        crumbs=_crumbs(minutes),
        danger=False,
    )


@step(perms.approve_minutes, _minutes)
def rectify(request: PersonRequest, minutes: Minutes) -> HttpResponse:
    lead = "Tekst protokołu zostaje; sprostowanie drukuje się po nim, z numerem i powodem."
    waits = " Zatwierdzi je następne spotkanie, tak jak protokół; do tego czasu nie ma numeru."
    is_for_meeting = minutes.is_for_meeting
    return form_page(
        request,
        RectificationForm(**sent(request)),
        partial(acts.rectify, by=request.actor, minutes_id=minutes.pk),
        ready=partial(acts.require_approved, minutes),
        said="Zapisano sprostowanie.",
        to=minutes.url,
        title="Sprostowanie protokołu",
        lead=lead + waits if is_for_meeting else lead,
        crumbs=_crumbs(minutes),
        submit="Zgłoś sprostowanie" if is_for_meeting else "Zatwierdź sprostowanie",
    )


@step(perms.write_minutes, _minutes)
def extract(request: PersonRequest, minutes: Minutes) -> HttpResponse:
    return form_page(
        request,
        ExtractForm(**sent(request), items=list(minutes.meeting.items.all())),
        partial(acts.make_extract, by=request.actor, minutes_id=minutes.pk),
        ready=partial(acts.require_approved, minutes),
        said="Sporządzono wyciąg.",
        to=minutes.url,
        title="Wyciąg z protokołu",
        crumbs=_crumbs(minutes),
        submit="Sporządź wyciąg",
    )


@page(perms.see_minutes, _printed)
def printed(request: PersonRequest, minutes: Minutes, kind: str) -> HttpResponse:
    """Minutes that are not issued, as a file; of those that are the document is kept."""
    if document := newest(MINUTES, minutes.pk):
        return redirect("documents:file", pk=document.pdf_id)
    content = printed_minutes(minutes, FORMATS[kind], by=request.actor)
    name = file_name(str(minutes), f".{kind}", detail=minutes.get_state_display())
    return file_response(content, name=name, content_type=FORMATS[kind])


@page(perms.run, _list_of)
def attendance_list(request: PersonRequest, meeting: Meeting, kind: str) -> HttpResponse:
    """The list to sign at the meeting."""
    if not meeting.team.holds_on(meeting.day):
        raise Missing("Tego dnia zespół nie działał", f"Spotkanie: {pl_date(meeting.day)}")
    content = printed_list(meeting, FORMATS[kind], by=request.actor)
    name = file_name("Lista obecności", f".{kind}", detail=f"{meeting.day}")
    return file_response(content, name=name, content_type=FORMATS[kind])
