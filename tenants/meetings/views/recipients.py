"""The list of those who get the approved minutes of a team without a seat in it (REG §2.9)."""

from functools import partial

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.documents import storage
from kooperacja.ops.context import current_request_id
from kooperacja.pages import form_page, page, question, sent, step
from kooperacja.tenancy.context import writing
from kooperacja.tenancy.middleware import public
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.files import file_response
from kooperacja.ui.forms import SeenForm
from kooperacja.ui.polish import sort_key
from kooperacja.ui.problems import Missing
from tenants.meetings import perms
from tenants.meetings.actions import recipients
from tenants.meetings.forms.guests import RecipientForm
from tenants.meetings.models.recipients import MinutesRecipient
from tenants.meetings.views.meetings import LIST, find_team
from tenants.people.identity import PersonRequest
from tenants.people.models import Person
from tenants.teams.models import Team

_TITLE = "Protokoły do wiadomości"


def _list_of(team: Team) -> tuple[str, str]:
    return _TITLE, reverse("meetings:recipients", args=[team.pk])


def _find(person: Person, pk: object) -> tuple[Team, MinutesRecipient]:
    row = MinutesRecipient.objects.select_related("team").filter(pk=pk).first()
    if row is None:
        raise Missing("Nie ma takiej osoby na liście")
    return find_team(person, row.team_id), row


@page(perms.keep_recipients, find_team)
def listing(request: PersonRequest, team: Team) -> HttpResponse:
    rows = recipients.listed(team, timezone.localdate())
    context = {"team": team, "rows": sorted(rows, key=lambda row: sort_key(row.name))}
    return render(request, "meetings/recipients.html", context)


@step(perms.keep_recipients, find_team)
def new(request: PersonRequest, team: Team) -> HttpResponse:
    return form_page(
        request,
        RecipientForm(**sent(request)),
        partial(recipients.add_recipient, by=request.actor, team_id=team.pk),
        said="Dopisano do listy.",
        to=_list_of(team)[1],
        title="Dopisz osobę do wiadomości",
        lead="Dostanie zatwierdzone protokoły. Miejsca w zespole ani głosu nie ma, a spotkań, "
        "obecności i projektów protokołów nie widzi.",
        crumbs=[LIST, _list_of(team)],
        submit="Dopisz",
    )


@step(perms.keep_recipients, _find)
def end(request: PersonRequest, team: Team, row: MinutesRecipient) -> HttpResponse:
    return question(
        request,
        SeenForm(**sent(request), row=row),
        partial(recipients.end_recipient, by=request.actor, recipient_id=row.pk),
        question="Skreślić z listy?",
        consequence=f"{row.name} nie dostanie kolejnych protokołów, a odnośniki z poprzednich "
        "wiadomości przestaną działać.",
        undo="Tę osobę można potem dopisać jeszcze raz.",
        button="Skreśl",
        said="Skreślono z listy.",
        to=_list_of(team)[1],
        crumbs=[LIST, _list_of(team)],
    )


@public
@require_safe
def minutes_by_link(request: TenantRequest, token: str) -> HttpResponse:
    """Approved minutes for somebody on the list, without signing in; the journal knows of it."""
    opened = recipients.opened_by(token, timezone.localdate())
    if opened is None:
        raise Missing(
            "Ten odnośnik nie otwiera już protokołu",
            f"Odnośnik działa {recipients.OPENS_DAYS.days} dni, dopóki dana osoba jest na liście. "
            "O protokół poproś ośrodek, który prowadzi zespół.",
        )
    recipient, stored = opened
    content = storage.content_of(stored)
    by = Actor(
        account_id=None,
        name=f"{recipient.name} (odnośnik do wiadomości)"[:200],
        request_id=current_request_id(),
    )
    with writing(), transaction.atomic():
        record(by=by, verb="FILE_READ", obj=stored)
    return file_response(content, name=stored.name, content_type=stored.content_type)
