"""One service: what is said of it, what its owner changes, its confirmation, break and end (REG §3)."""

from functools import partial

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kooperacja.pages import page, question, sent, step
from kooperacja.ui.polish import quoted
from tenants.baskets import perms
from tenants.baskets.actions import services
from tenants.baskets.forms.entries import HowForm
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.owners import speaks_for
from tenants.baskets.reviewing import to_review
from tenants.baskets.said import Seen, break_said, changes, confirmed_said, over_said, told_at_once
from tenants.baskets.standing import belongs, silent_cards
from tenants.baskets.views.cards import WAY
from tenants.baskets.workflow import EDITED, TELLING, UPDATING, EntryState
from tenants.people.identity import PersonRequest, visible
from tenants.services.forms import BreakForm, EndServiceForm

_ROWS = Service.objects.select_related("card__organisation", "adoption")
find_service = visible(_ROWS, perms.see_service, "Nie ma takiej usługi")


def crumbs_of(service: Service) -> list[tuple[str, str]]:
    card = service.card
    return [*WAY, (card.owner, card.url), (service.name, service.url)]


@page(perms.see_service, find_service)
def show(request: PersonRequest, service: Service) -> HttpResponse:
    """The service as the basket has it; for its keepers also as it shall be."""
    person, today = request.person, timezone.localdate()
    said = list(service.entries.order_by("-number"))
    latest = said[0]
    current = next((one for one in said if one.state == EntryState.ACCEPTED), None)
    keeps, is_over = perms.keep_service(person, service), service.is_over(today)
    sees_card = perms.see_card(person, service.card)
    may_review, describes = perms.review(person), keeps and not (is_over or service.followed)
    is_open = latest.state in EDITED or latest.state == EntryState.FILED
    entry = current or latest
    is_silent = service.card_id in silent_cards()
    seen = Seen(entry, perms.reach_for(person, service.card), today, is_silent)
    may_decide = may_review and not is_over and latest.state == EntryState.FILED
    shown = {
        "service": service,
        "card": service.card,
        "entry": entry,
        "seen": seen,
        "latest": latest if sees_card and is_open else None,
        "changes": changes(current, latest, today) if sees_card and is_open and current else [],
        "is_new": current is None,
        "told": "; ".join(told_at_once(seen, latest)) if current else "",
        "remarks": seen.remarks,
        "is_over": is_over,
        "confirmed": confirmed_said(service),
        "is_late": service.due_on is not None and service.due_on < today,
        "sees_card": sees_card,
        "reports": list(service.reports.filter(settled_on=None)) if keeps else [],
        "may_file": describes and latest.state in EDITED,
        "may_take_back": describes and latest.state == EntryState.FILED,
        "may_review": may_decide,
        "may_accept": may_decide and belongs(service, today),
        "has_break": bool(break_said(service, today)),
        "over": over_said(service),
        "may_edit": describes and latest.state != EntryState.FILED,
        "in_basket": describes and current is not None,
        **_of_adoption(service, said, may_review=may_review),
    }
    return render(request, "baskets/service.html", shown)


def _of_adoption(
    service: Service, said: list[ServiceEntry], *, may_review: bool
) -> dict[str, object]:
    """The master that it follows, and what the Lider does about that."""
    adoption = service.followed
    is_theirs = adoption is not None and may_review
    return {
        "adoption": adoption,
        "may_set_local": is_theirs,
        "to_review": to_review(service, said, timezone.localdate()) if is_theirs else None,
    }


@step(perms.keep_service, find_service)
def confirm(request: PersonRequest, service: Service) -> HttpResponse:
    return question(
        request,
        HowForm(**sent(request), is_own=speaks_for(request.person, service.card)),
        partial(services.confirm, by=request.actor, service_id=service.pk),
        said="Potwierdzono: opis jest aktualny.",
        to=service.url,
        crumbs=crumbs_of(service),
        question=f"Czy cały opis usługi {quoted(service.name)} jest nadal prawdziwy?",
        consequence="Wszyscy zobaczą, że potwierdzono go dzisiaj i kto to zrobił.",
        clause=UPDATING,
        undo="Jeśli coś się zmieniło, zmień opis.",
        button="Potwierdź",
        danger=False,
    )


@step(perms.keep_service, find_service)
def stop(request: PersonRequest, service: Service) -> HttpResponse:
    lasts = bool(break_said(service, request.actor.today))
    initial = {
        "from_on": service.stopped_from if lasts else request.actor.today,
        "until_on": service.stopped_until if lasts else None,
        "why": service.stopped_why if lasts else "",
    }
    return question(
        request,
        BreakForm(**sent(request), initial=initial),
        partial(services.stop, by=request.actor, service_id=service.pk),
        said="Zapisano przerwę.",
        to=service.url,
        crumbs=crumbs_of(service),
        question=f"Czy usługa {quoted(service.name)} ma przerwę?",
        consequence="Od razu zobaczą to wszyscy, którzy widzą usługę. Nie będzie proponowana."
        + (" Zastąpi to przerwę, którą zapisano wcześniej." if lasts else ""),
        clause=TELLING,
        undo="Przerwę można w każdej chwili skończyć.",
        button="Zapisz przerwę",
        danger=False,
    )


@step(perms.keep_service, find_service)
def resume(request: PersonRequest, service: Service) -> HttpResponse:
    return question(
        request,
        forms.Form(**sent(request)),
        partial(services.resume, by=request.actor, service_id=service.pk),
        said="Usługa działa.",
        to=service.url,
        crumbs=crumbs_of(service),
        question=f"Czy usługa {quoted(service.name)} znowu działa?",
        consequence="Informacja o przerwie zniknie.",
        clause=TELLING,
        undo="Przerwę można zapisać jeszcze raz.",
        button="Zakończ przerwę",
        danger=False,
    )


@step(perms.keep_service, find_service)
def end(request: PersonRequest, service: Service) -> HttpResponse:
    return question(
        request,
        EndServiceForm(**sent(request)),
        partial(services.end, by=request.actor, service_id=service.pk),
        said="Zapisano koniec usługi.",
        to=service.url,
        crumbs=crumbs_of(service),
        question=f"Zakończyć usługę {quoted(service.name)}?",
        consequence="Od tego dnia nie będzie jej w koszyku.",
        clause=UPDATING,
        undo="Nie da się tego cofnąć. Jeśli usługa wróci, trzeba ją wpisać na kartę od nowa.",
        button="Zakończ usługę",
    )
