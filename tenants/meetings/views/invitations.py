"""An invitation is answered, on its page or by the link of the mail (REG §2.6)."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from kooperacja.ops.context import current_request_id
from kooperacja.pages import ACTING, form_page, sent, step
from kooperacja.tenancy.middleware import public
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.polish import stopped
from kooperacja.ui.problems import Missing
from tenants.meetings import perms
from tenants.meetings.actions import inviting
from tenants.meetings.addressed import title_of, visitor
from tenants.meetings.forms.invitations import MeetingAnswerForm
from tenants.meetings.invited import by_token
from tenants.meetings.models.invitations import SeatInvitation
from tenants.meetings.views.meetings import crumbs_of, find
from tenants.people.identity import PersonRequest
from tenants.people.models import Person


def _invitation(person: Person, pk: UUID) -> SeatInvitation:
    rows = SeatInvitation.objects.select_related("seat__person", "seat__organisation")
    row = get_object_or_404(rows, pk=pk)
    row.meeting = find(person, row.meeting_id)
    return row


@step(perms.answer, _invitation)
def answer(request: PersonRequest, invitation: SeatInvitation) -> HttpResponse:
    meeting = invitation.meeting
    return form_page(
        request,
        MeetingAnswerForm(**sent(request), invitation=invitation),
        partial(inviting.answer, by=request.actor, invitation_id=invitation.pk),
        ready=partial(inviting.require_answerable, invitation),
        said="Zapisano odpowiedź.",
        to=meeting.url,
        title="Odpowiedz na zaproszenie",
        lead=f"{stopped(str(meeting))} Odpowiada: {_invited(invitation)}.",
        crumbs=crumbs_of(meeting),
        submit="Odpowiedz",
    )


def _invited(invitation: SeatInvitation) -> str:
    of = invitation.seat.organisation
    return f"{invitation.seat.who} ({of})" if of else invitation.seat.who


@public
@require_http_methods(ACTING)
def answer_by_link(request: TenantRequest, token: str) -> HttpResponse:
    """Without signing in; looking at it changes nothing, since programs open links of mails too."""
    invitation = by_token(token)
    if invitation is None:
        raise Missing("Nie ma takiego zaproszenia", "Sprawdź, czy odnośnik jest cały.")
    meeting = invitation.meeting
    shown: dict[str, Any] = {
        "meeting": meeting,
        "invitation": invitation,
        "what": title_of(meeting.team),
        "is_open": not meeting.team.law.is_closed,
    }
    if not inviting.is_answerable(invitation) and request.method != "POST":
        return render(request, "meetings/answered.html", shown)
    by = visitor(invitation.seat, meeting.team, "odnośnik z zaproszenia", current_request_id())
    return form_page(
        request,
        MeetingAnswerForm(**sent(request), invitation=invitation),
        partial(inviting.answer_by_link, by=by, invitation_id=invitation.pk),
        # What is sent without an answer is shown nothing either, once it was taken back.
        ready=partial(inviting.require_answerable, invitation),
        said="Zapisano odpowiedź. Można ją zmienić pod tym samym odnośnikiem.",
        to=request.path,
        template="meetings/answer.html",
        title="Odpowiedz na zaproszenie",
        submit="Odpowiedz",
        **shown,
    )
