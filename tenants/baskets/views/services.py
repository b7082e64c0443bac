"""One service: what is said of it, what its owner changes, its confirmation, break and end (REG §3)."""

from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kooperacja.pages import form_page, page, question, sent, step
from kooperacja.ui.polish import quoted, unbroken
from tenants.baskets import perms
from tenants.baskets.actions import services
from tenants.baskets.duplicates import leads_to, other_places
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.owners import speaks_for
from tenants.baskets.referred import usually_answers
from tenants.baskets.reviewing import to_review
from tenants.baskets.said import Seen, break_said, changes, confirmed_said, over_said, told_at_once
from tenants.baskets.scored import score_of
from tenants.baskets.standing import belongs, entries_of, is_silent, silent_cards
from tenants.baskets.views.cards import WAY
from tenants.baskets.workflow import EDITED, TELLING, UNDER_WAY, UPDATING, EntryState
from tenants.people.identity import PersonRequest, visible
from tenants.people.models import Person
from tenants.services.confirming_forms import CycleForm, HowForm
from tenants.services.forms import BreakForm, EndServiceForm

_ROWS = Service.objects.select_related("card__organisation", "adoption")
find_service = visible(_ROWS, perms.see_service, "Nie ma takiej usługi")


def crumbs_of(service: Service) -> list[tuple[str, str]]:
    card = service.card
    return [*WAY, (card.owner, card.url), (service.name, service.url)]


@page(perms.see_service, find_service)
def show(request: PersonRequest, service: Service) -> HttpResponse:
    """The service as the basket has it, or the way to the one that it was merged into."""
    stays = leads_to(service) if service.has_ended else None
    if stays and not perms.see_card(request.person, service.card):
        return redirect(stays.url)
    shown = _shown(request.person, service) | {"stays": stays}
    return render(request, "baskets/service.html", shown)


def _shown(person: Person, service: Service) -> dict[str, Any]:
    """All of it that the reader may see; for its keepers also as it shall be."""
    today = timezone.localdate()
    said = list(service.entries.order_by("-number"))
    latest = said[0]
    current = next((one for one in said if one.state == EntryState.ACCEPTED), None)
    is_over = service.is_over(today)
    sees_card = perms.see_card(person, service.card)
    is_open = sees_card and latest.state in UNDER_WAY
    silent = silent_cards()
    seen = Seen(
        current or latest, perms.reach_for(person, service.card), today, is_silent(service, silent)
    )
    sees_score = perms.see_score(person, service.card) and not is_over
    sees_change = service.followed is not None and perms.review(person)
    return {
        "service": service,
        "card": service.card,
        "entry": seen.entry,
        "seen": seen,
        "latest": latest if is_open else None,
        "changes": changes(current, latest, today) if is_open and current else [],
        "is_new": current is None,
        "told": unbroken("; ".join(told_at_once(seen, latest))) if current else "",
        "remarks": seen.remarks,
        "is_over": is_over,
        "over": over_said(service),
        "has_break": bool(break_said(service, today)),
        "confirmed": confirmed_said(service),
        "is_late": service.due_on is not None and service.due_on < today,
        "sees_card": sees_card,
        "score": score_of(service, latest, today, silent=silent) if sees_score else None,
        "adoption": service.followed,
        "answers": usually_answers(service) if current else "",
        "other_places": _other_places(seen) if current else [],
        "to_review": to_review(service, said, today) if sees_change else None,
        **_steps(person, service, latest, current),
    }


def _other_places(seen: Seen) -> list[Seen]:
    """The same service at other addresses, as far as the reader may know of it."""
    service = seen.entry.service
    beside = entries_of(Service.objects.filter(card=service.card_id).exclude(pk=service.pk))
    others = (Seen(one, seen.reach, seen.day) for one in other_places(seen.entry, beside))
    return [one for one in others if one.is_seen and not one.entry.service.is_over(seen.day)]


def _steps(
    person: Person, service: Service, latest: ServiceEntry, current: ServiceEntry | None
) -> dict[str, Any]:
    """The steps that the reader may take now; what follows a master is described there."""
    today = timezone.localdate()
    keeps, is_over = perms.keep_service(person, service), service.is_over(today)
    reviews, follows = perms.review(person), service.followed is not None
    describes = keeps and not is_over and not follows
    decides = reviews and not is_over and latest.state == EntryState.FILED
    return {
        "reports": list(service.reports.filter(settled_on=None)) if keeps else [],
        "keeps": describes,
        "may_file": describes and latest.state in EDITED,
        "takes_in": perms.take_in(person, service),
        "may_discard": describes and latest.state in EDITED,
        "may_take_back": describes and latest.state == EntryState.FILED,
        "may_edit": describes and latest.state != EntryState.FILED,
        "in_basket": describes and current is not None,
        "may_review": decides,
        "may_accept": decides and belongs(service, today),
        "may_set_local": follows and reviews,
        "hidden_place": reviews and not is_over and _is_hidden(service),
        "may_ask": current is not None
        and not is_over
        and perms.ask_for(person, service)
        and belongs(service, today),
    }


def _is_hidden(service: Service) -> bool:
    adoption = getattr(service, "adoption", None)
    return adoption is not None and adoption.hidden_since is not None


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
def cycle(request: PersonRequest, service: Service) -> HttpResponse:
    return form_page(
        request,
        CycleForm(**sent(request), row=service),
        partial(services.set_cycle, by=request.actor, service_id=service.pk),
        said="Zapisano, jak często potwierdzać.",
        to=service.url,
        title="Jak często potwierdzać?",
        eyebrow=service.name,
        lead="Liczymy od ostatniego potwierdzenia; ono samo się nie zmieni. Co najmniej raz w roku "
        f"({UPDATING}), częściej, gdy dużo się zmienia.",
        crumbs=crumbs_of(service),
        last="Jak często potwierdzać",
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
