"""A meeting is held: attendance (REG §2.7)."""

from functools import partial

from django.http import HttpResponse

from kooperacja.pages import form_page, sent, step
from tenants.meetings import perms
from tenants.meetings.actions import holding
from tenants.meetings.forms.attendance import AttendanceForm
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.views.meetings import crumbs_of, find
from tenants.people.identity import PersonRequest


@step(perms.run, find)
def attendance(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    return form_page(
        request,
        AttendanceForm(**sent(request), meeting=meeting, sheet=holding.sheet(meeting)),
        partial(holding.confirm_attendance, by=request.actor, meeting_id=meeting.pk),
        ready=partial(holding.require_begun, meeting),
        said="Zapisano obecność.",
        to=meeting.url,
        title="Obecność",
        lead="Każdy skład jest ważny: regulamin nie wymaga kworum (§ 2 ust. 7). Na liście są osoby, "
        "które w dniu spotkania mają miejsce w zespole; zaznaczono to, co odpowiedziały na "
        "zaproszenie. Kto nie odpowiedział, ma nieobecność.",
        crumbs=crumbs_of(meeting),
    )
