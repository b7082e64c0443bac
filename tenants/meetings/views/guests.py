"""Guests and consultants of a meeting (REG §2.8)."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kooperacja.pages import form_page, page, question, sent, step
from kooperacja.tenancy.middleware import public
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.forms import SeenForm
from kooperacja.ui.polish import pl_date, sort_key, stopped
from kooperacja.ui.problems import Missing
from tenants.meetings import perms
from tenants.meetings.actions import guests
from tenants.meetings.addressed import title_of
from tenants.meetings.forms.guests import GuestAnswerForm, ProposeGuestForm
from tenants.meetings.links import guest_by_token
from tenants.meetings.models.guests import GuestInvitation
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.views.meetings import crumbs_of, find
from tenants.meetings.voices import Key
from tenants.meetings.workflow import GuestState
from tenants.partnership.models import Partnership
from tenants.people.identity import PersonRequest, visible
from tenants.people.models import Organisation, Person

_KINDS = {
    GuestState.PENDING: "wait",
    GuestState.CONSENTED: "ok",
    GuestState.REFUSED: "stop",
    GuestState.WITHDRAWN: "neutral",
}
_find = visible(
    GuestInvitation.objects.select_related("meeting__team", "person"),
    perms.see_guest,
    "Nie ma takiej propozycji",
)


@step(perms.propose_guest, find)
def new(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    terms = meeting.team.terms_on(timezone.localdate())
    rule = f" Według zasad zespołu: {terms.guest_rule} (§ 2 ust. 8 regulaminu)." if terms else ""
    return form_page(
        request,
        ProposeGuestForm(**sent(request), items=list(meeting.items.all())),
        partial(guests.propose, by=request.actor, meeting_id=meeting.pk),
        ready=partial(guests.require_proposing, meeting, request.actor.today),
        said="Zapisano propozycję. O wyniku dowiesz się z wiadomości.",
        to=lambda guest: guest.url,
        title="Zaproponuj gościa albo konsultanta",
        lead="Kto nie ma miejsca w zespole, przychodzi na jedno spotkanie, za zgodą kooperantów."
        f"{rule} Głosu nie ma.",
        crumbs=crumbs_of(meeting),
        back=meeting.url,
        submit="Zaproponuj",
    )


@page(perms.see_guest, _find)
def show(request: PersonRequest, guest: GuestInvitation) -> HttpResponse:
    person, today = request.person, request.actor.today
    can_withdraw = perms.withdraw_guest(person, guest)
    may_end = guest.is_open or guest.is_invited
    voices = list(guest.voices.select_related("organisation", "guest__meeting__team"))
    own = perms.speaks_for(person, guest) if guest.is_answerable(today) else set()
    context = {
        "guest": guest,
        "meeting": guest.meeting,
        "kind": _KINDS[GuestState(guest.state)],
        "voices": voices,
        "items": guest.attended() if guest.items else [],
        "can_answer": bool(own),
        "has_answered": own <= {voice.organisation_id for voice in voices},
        "can_withdraw": can_withdraw and may_end,
        # The address is nobody else's business.
        "email": guest.email if can_withdraw else None,
    }
    return render(request, "meetings/guest.html", context)


@step(perms.answer_guest, _find)
def answer(request: PersonRequest, guest: GuestInvitation) -> HttpResponse:
    names = _institutions(request.person, guest)
    return form_page(
        request,
        GuestAnswerForm(**sent(request), guest=guest, institutions=names),
        partial(guests.answer, by=request.actor, guest_id=guest.pk),
        ready=partial(guests.require_answerable, guest, request.actor.today),
        said="Zapisano odpowiedź.",
        to=guest.url,
        title=f"Odpowiedz {guest.about}",
        lead=f"{guest.name}. {stopped(str(guest.meeting))} Odpowiedź można zmienić do "
        f"{pl_date(guest.answer_until)}, jeśli wcześniej nie rozstrzygnie się, czy jest zgoda.",
        crumbs=[*crumbs_of(guest.meeting), (str(guest), guest.url)],
        submit="Odpowiedz",
    )


def _institutions(person: Person, guest: GuestInvitation) -> dict[Key, str]:
    """Names of the institutions for which the person answers, the Lider's first."""
    keys = perms.speaks_for(person, guest)
    names = {None: str(Partnership.objects.get().lead_said)} if None in keys else {}
    of = Organisation.objects.filter(pk__in=[key for key in keys if key])
    return names | {one.pk: one.name for one in sorted(of, key=lambda one: sort_key(one.name))}


@step(perms.withdraw_guest, _find)
def withdraw(request: PersonRequest, guest: GuestInvitation) -> HttpResponse:
    is_invited = guest.state == GuestState.CONSENTED
    return question(
        request,
        SeenForm(**sent(request), row=guest),
        partial(guests.withdraw, by=request.actor, guest_id=guest.pk),
        ready=partial(guests.require_withdrawing, guest, request.actor),
        question="Wycofać zaproszenie?" if is_invited else "Wycofać propozycję?",
        consequence=_consequence(guest),
        undo="Tę samą osobę można zaproponować jeszcze raz, jeśli starczy czasu na zgodę.",
        clause=perms.withdraw_guest.clause,
        button="Wycofaj zaproszenie" if is_invited else "Wycofaj propozycję",
        said="Wycofano zaproszenie." if is_invited else "Wycofano propozycję.",
        to=guest.url,
        crumbs=[*crumbs_of(guest.meeting), (str(guest), guest.url)],
    )


def _consequence(guest: GuestInvitation) -> str:
    if guest.state != GuestState.CONSENTED:
        return f"{guest.name}: nikt nie będzie już pytany o zgodę."
    if guest.email:
        return (
            f"{guest.name} dostanie wiadomość, że nie trzeba przychodzić, a odnośnik z zaproszenia "
            "nie pokaże spotkania."
        )
    return f"{guest.name} nie ma podanego adresu e-mail: trzeba zawiadomić tę osobę."


@public
@require_safe
def by_link(request: TenantRequest, token: str) -> HttpResponse:
    """The meeting as its guest may know it, without signing in: when, where, and what they come for."""
    guest = guest_by_token(token)
    if guest is None:
        raise Missing("Nie ma takiego zaproszenia", "Sprawdź, czy odnośnik jest cały.")
    is_open = not guest.team.law.is_closed
    context = {
        "guest": guest,
        "meeting": guest.meeting,
        "what": title_of(guest.meeting.team),
        "is_open": is_open,
        "items": guest.attended() if guest.is_invited and is_open else [],
    }
    return render(request, "meetings/guest_link.html", context)
