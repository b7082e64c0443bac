"""Answers by mail that wait for a decision, and how long correspondence is kept (REG §6.2)."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from kooperacja.guard.passing import guarded
from kooperacja.pages import form_page, list_page, page, question, sent, step
from kooperacja.ui.problems import NOTHING_SAVED, Missing, Problem
from kooperacja.ui.tables import Column, Table
from kooperacja.workflow import require_may
from tenants.dialogue.actions import answering, retaining
from tenants.dialogue.forms.correspondence import (
    HeldFilter,
    HeldReasonForm,
    RetentionForm,
    SendHeldForm,
)
from tenants.dialogue.models.correspondence import Attachment, HeldAnswer, HeldReason, Retention
from tenants.dialogue.perms import correspondence as perms
from tenants.dialogue.views.correspondence import LIST, crumbs_of
from tenants.dialogue.workflow import HELD, HeldState
from tenants.people.identity import PersonRequest
from tenants.people.models import Person
from tenants.teams import perms as teams

_WAITING = ("Odpowiedzi, które czekają na decyzję", "dialogue:helds")
_RETENTION = ("Jak długo przechowujemy korespondencję", "dialogue:retention")
_COLUMNS = (
    Column("korespondencja", "Korespondencja", lambda row: row.thread, is_link=True),
    Column("kto", "Do kogo należał adres", lambda row: row.seat.who),
    Column("powod", "Dlaczego czeka", "get_reason_display"),
    Column("przyszla", "Przyszła", "received_at", sort="received_at"),
    Column("stan", "Stan", "get_state_display", sort="state"),
)
_ROWS = HeldAnswer.objects.select_related("thread__team", "seat__person", "seat__organisation")


def _find(person: Person, pk: UUID) -> HeldAnswer:
    held = get_object_or_404(_ROWS, pk=pk)
    if not perms.see_thread(person, held.thread):
        raise Missing("Nie ma takiej odpowiedzi", perms.see_thread.why)
    return held


@page(perms.see_held)
def listing(request: PersonRequest) -> HttpResponse:
    form = HeldFilter(request.GET)
    runs = [team for team in teams.readable(request.person) if teams.run(request.person, team)]
    rows = _ROWS.filter(thread__team__in=runs).defer("sender", "text", "refused", "decision")
    if state := form.chosen.get("stan"):
        rows = rows.filter(state=state)
    table = Table(
        request,
        rows,
        _COLUMNS,
        _WAITING[0],
        default="-przyszla",
        empty="Żadna odpowiedź nie odpowiada wybranym warunkom.",
        nothing="Nic nie czeka. Każda odpowiedź, która przyszła e-mailem, trafiła do zespołu.",
    )
    lead = (
        "Na wiadomość zespołu można odpowiedzieć e-mailem. Odpowiedź idzie do wszystkich, jeśli "
        "przyszła z adresu członka i nie ma w niej danych osobowych; każda inna czeka tutaj."
    )
    return list_page(request, table, form, lead=lead, crumbs=[LIST])


@page(perms.decide, _find)
def show(request: PersonRequest, held: HeldAnswer) -> HttpResponse:
    context = {
        "held": held,
        "files": _files(held),
        "can_decide": held.state == HeldState.WAITING,
    }
    return render(request, "dialogue/held.html", context)


def _files(held: HeldAnswer) -> list[Attachment]:
    found = list(held.attachments.all())
    for one in found:
        one.held = held  # its name is opened with the key of the team, which is known
    return found


def _crumbs(held: HeldAnswer) -> list[tuple[str, str]]:
    return [*crumbs_of(held.thread), ("Odpowiedź e-mailem", held.url)]


@step(perms.decide, _find)
def send(request: PersonRequest, held: HeldAnswer) -> HttpResponse:
    def ready() -> None:
        require_may(held, HeldState.SENT)
        if not held.can_join:
            raise Problem(
                "Tej odpowiedzi nie można wysłać do wszystkich",
                "Można ją tylko odrzucić. Treść można przekazać w nowej wiadomości.",
                kept=NOTHING_SAVED,
                at=held,
            )

    return question(
        request,
        _sending(request, held),
        partial(guarded(answering.send_held), by=request.actor, held_id=held.pk),
        ready=ready,
        clause=HELD.change(HeldState.WAITING, HeldState.SENT).clause,
        question="Wysłać odpowiedź do wszystkich?",
        consequence="Dostaną ją wszyscy członkowie zespołu, a przy niej przeczytają, dlaczego "
        "czekała i dlaczego ją wysłano.",
        button="Wyślij do wszystkich",
        said="Wysłano. Odpowiedź idzie do wszystkich członków zespołu.",
        to=held.thread.url,
        crumbs=_crumbs(held),
    )


def _sending(request: PersonRequest, held: HeldAnswer) -> HeldReasonForm:
    """Where the guard holds it, the reason for which it is sent is asked for anyway."""
    if held.reason == HeldReason.GUARD:
        return HeldReasonForm(**sent(request), row=held)
    wording = partial(answering.wording, held)
    return SendHeldForm(**sent(request), row=held, wording=wording)


@step(perms.decide, _find)
def discard(request: PersonRequest, held: HeldAnswer) -> HttpResponse:
    return question(
        request,
        HeldReasonForm(**sent(request), row=held),
        partial(guarded(answering.discard_held), by=request.actor, held_id=held.pk),
        ready=partial(require_may, held, HeldState.DISCARDED),
        question="Odrzucić odpowiedź?",
        consequence="Nie trafi do członków zespołu. Zostanie na liście z powodem odrzucenia.",
        button="Odrzuć odpowiedź",
        said="Odrzucono odpowiedź.",
        to=held.thread.url,
        crumbs=_crumbs(held),
    )


@page(perms.see_retention)
def retention(request: PersonRequest) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "rule": Retention.on(today),
        "rules": Retention.objects.select_related("person"),
        "can_set": perms.set_retention(request.person),
    }
    return render(request, "dialogue/retention.html", context)


@step(perms.set_retention)
def retention_set(request: PersonRequest) -> HttpResponse:
    return form_page(
        request,
        RetentionForm(**sent(request), initial={"from_on": timezone.localdate()}),
        partial(retaining.set_retention, by=request.actor),
        said="Zapisano, jak długo przechowujemy korespondencję.",
        to=_RETENTION[1],
        title="Ustal czas przechowywania",
        lead="W nocy usuwamy korespondencję, w której ostatnia wiadomość jest starsza, razem z "
        "plikami. Usuniętej nie da się odzyskać. Czas bierze się z wykazu akt ośrodka.",
        crumbs=[LIST, _RETENTION],
        submit="Zapisz czas",
    )
