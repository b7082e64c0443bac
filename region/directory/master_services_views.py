"""One service of a master card: what is said of it, and what its keeper changes (REG §3.2–3.6)."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kooperacja.accounts.factors import actor_of
from kooperacja.accounts.models import Account
from kooperacja.pages import account_page, form_page, question, sent
from kooperacja.ui.polish import pl_date, quoted, stopped
from kooperacja.ui.problems import Missing
from region.directory.masters_forms import EditMasterForm, MasterElsewhereForm, WithdrawForm
from region.directory.masters_views import ALL, account_of
from tenants.masters.actions import services
from tenants.masters.models import MasterService
from tenants.masters.standing import keeps, may_let_in
from tenants.services.confirming import How
from tenants.services.confirming_forms import CycleForm, HowForm
from tenants.services.described import listed_facts
from tenants.services.elsewhere import ELSEWHERE
from tenants.services.forms import BreakForm, EndServiceForm
from tenants.services.said import break_said, sections

_UPDATING = "§ 3 ust. 5 regulaminu"
_EVERYWHERE = "W kilka sekund zobaczą to wszystkie jednostki, które przyjęły tę usługę."


def _row(pk: UUID) -> MasterService | None:
    return MasterService.objects.select_related("card").filter(pk=pk).first()


def find_service(account: Account, pk: UUID) -> MasterService:
    """A service of a card that the account keeps; a coordinator of the ROPS opens each."""
    service = _row(pk)
    if service is None or not may_let_in(account.pk, service.card_id):
        raise Missing("Nie ma takiej usługi")
    return service


def kept_service(account: Account, pk: UUID) -> MasterService:
    """A service of a card that the account keeps itself."""
    service = _row(pk)
    if service is None or not keeps(account.pk, service.card_id):
        raise Missing("Nie ma takiej usługi")
    return service


@account_page(find_service)
@require_safe
def show(request: HttpRequest, service: MasterService) -> HttpResponse:
    """The service, since when it is known to be true, and in how many units it is."""
    today = timezone.localdate()
    is_offered = service.is_offered(today)
    values = {
        "service": service,
        "card": service.card,
        "sections": sections(listed_facts(service), today),
        "seen_by": [
            ("Usługę widzą", service.get_sees_service_display()),
            ("Kontakt widzą", service.get_sees_contact_display()),
            ("Adres widzą", service.get_sees_place_display()),
        ],
        "remarks": _remarks(service),
        "reports": service.reports.filter(settled_on=None).select_related("tenant__unit"),
        "has_break": bool(_break(service, today)),
        "confirmed": _confirmed(service),
        "is_due": service.is_due(today),
        "is_silent": is_offered and service.silent_since is not None,
        "may_settle": is_offered,
        "units": service.followings.filter(is_over=False).count(),
        "may_keep": is_offered and keeps(account_of(request).pk, service.card_id),
    }
    return render(request, "directory/master.html", values)


def _confirmed(service: MasterService) -> str:
    """When and how somebody confirmed it; that nobody did."""
    if service.confirmed_on is None:
        return "jeszcze nie"
    how = How(service.confirmed_how or How.OWNER).label
    return f"{pl_date(service.confirmed_on)}, {how}: {service.confirmed_by_name}"


def _remarks(service: MasterService) -> str:
    today = timezone.localdate()
    if service.withdrawn_on:
        return _since("Wycofana z katalogu", service.withdrawn_on, service.withdrawn_why)
    ended = service.ended_on
    end = _since("Usługa nie działa od", ended, service.ended_why) if ended else ""
    return end if service.is_over(today) else " ".join(filter(None, (_break(service, today), end)))


def _since(words: str, day: date, why: str) -> str:
    return stopped(f"{words} {pl_date(day)}" + (f". Powód: {why}" if why else ""))


def _break(service: MasterService, day: date) -> str:
    return break_said(service.stopped_from, service.stopped_until, service.stopped_why, day)


@account_page(kept_service)
def edit(request: HttpRequest, service: MasterService) -> HttpResponse:
    return form_page(
        request,
        EditMasterForm(**sent(request), entry=service, initial={"version": service.version}),
        partial(services.edit, by=actor_of(request), service_id=service.pk),
        ready=partial(services.require_offered, service, timezone.localdate()),
        said="Zapisano. Jednostki, które przyjęły tę usługę, zobaczą zmianę za chwilę.",
        to=service.url,
        title="Zmiana opisu",
        eyebrow=service.name,
        lead="Zmiana trafi do wszystkich jednostek, które przyjęły tę usługę.",
        crumbs=crumbs_of(service),
    )


@account_page(kept_service)
def elsewhere(request: HttpRequest, service: MasterService) -> HttpResponse:
    """The same service at another address: all but what belongs to the place is filled in."""
    return form_page(
        request,
        MasterElsewhereForm(**sent(request), entry=service),
        partial(services.add, by=actor_of(request), card_id=service.card_id),
        said="Dodano usługę. Jednostki mogą ją teraz przyjąć do swoich koszyków.",
        to=lambda added: added.url,
        title="To samo pod innym adresem",
        eyebrow=service.name,
        lead=ELSEWHERE,
        back=service.url,
        crumbs=crumbs_of(service),
        submit="Dodaj usługę",
    )


@account_page(find_service)
def confirm(request: HttpRequest, service: MasterService) -> HttpResponse:
    """Its keeper simply knows; the ROPS says how it heard so."""
    is_own = keeps(account_of(request).pk, service.card_id)
    return _asked(
        request,
        service,
        forms.Form(**sent(request)) if is_own else HowForm(**sent(request), is_own=False),
        services.confirm,
        said="Potwierdzono: opis jest aktualny.",
        question=f"Czy cały opis usługi {quoted(service.name)} jest nadal prawdziwy?",
        consequence="Będzie potwierdzona w koszyku każdej jednostki, która ją przyjęła.",
        undo="Jeśli coś się zmieniło, zmień opis.",
        button="Potwierdź",
    )


@account_page(kept_service)
def cycle(request: HttpRequest, service: MasterService) -> HttpResponse:
    return form_page(
        request,
        CycleForm(**sent(request), row=service),
        partial(services.set_cycle, by=actor_of(request), service_id=service.pk),
        ready=partial(services.require_offered, service, timezone.localdate()),
        said="Zapisano, jak często potwierdzać.",
        to=service.url,
        title="Jak często potwierdzać?",
        eyebrow=service.name,
        lead="Liczymy od ostatniego potwierdzenia; ono samo się nie zmieni. Tak samo będzie we "
        f"wszystkich jednostkach, które przyjęły tę usługę ({_UPDATING}).",
        crumbs=crumbs_of(service),
        last="Jak często potwierdzać",
    )


@account_page(kept_service)
def stop(request: HttpRequest, service: MasterService) -> HttpResponse:
    initial = {"from_on": timezone.localdate()}
    return _asked(
        request,
        service,
        BreakForm(**sent(request), initial=initial),
        services.stop,
        said="Zapisano przerwę.",
        question=f"Czy usługa {quoted(service.name)} ma przerwę?",
        consequence=_EVERYWHERE,
        undo="Przerwę można w każdej chwili skończyć.",
        button="Zapisz przerwę",
    )


@account_page(kept_service)
def resume(request: HttpRequest, service: MasterService) -> HttpResponse:
    return _asked(
        request,
        service,
        forms.Form(**sent(request)),
        services.resume,
        said="Usługa działa.",
        question=f"Czy usługa {quoted(service.name)} znowu działa?",
        consequence=_EVERYWHERE,
        undo="Przerwę można zapisać jeszcze raz.",
        button="Zakończ przerwę",
    )


@account_page(find_service)
def end(request: HttpRequest, service: MasterService) -> HttpResponse:
    return _asked(
        request,
        service,
        EndServiceForm(**sent(request)),
        services.end,
        said="Zapisano koniec usługi.",
        question=f"Zakończyć usługę {quoted(service.name)}?",
        consequence="Od tego dnia nie będzie jej w żadnym koszyku.",
        undo="Nie da się tego cofnąć. Jeśli usługa wróci, trzeba ją wpisać na kartę od nowa.",
        button="Zakończ usługę",
        danger=True,
    )


@account_page(kept_service)
def withdraw(request: HttpRequest, service: MasterService) -> HttpResponse:
    return _asked(
        request,
        service,
        WithdrawForm(**sent(request)),
        services.withdraw,
        said="Wycofano usługę z katalogu.",
        question=f"Wycofać z katalogu usługę {quoted(service.name)}?",
        consequence="Nikt jej już nie przyjmie. W jednostkach, które ją mają, zostanie taka, jaka "
        "jest, a Lider zdecyduje, co dalej.",
        undo="Nie da się tego cofnąć: trzeba by wpisać usługę od nowa.",
        button="Wycofaj z katalogu",
        danger=True,
    )


def _asked(
    request: HttpRequest,
    service: MasterService,
    form: forms.Form,
    act: Any,
    *,
    danger: bool = False,
    **words: Any,
) -> HttpResponse:
    """A question about one service."""
    return question(
        request,
        form,
        partial(act, by=actor_of(request), service_id=service.pk),
        ready=partial(services.require_offered, service, timezone.localdate()),
        to=service.url,
        crumbs=crumbs_of(service),
        danger=danger,
        **words,
    )


def crumbs_of(service: MasterService) -> list[tuple[str, str]]:
    card = service.card
    return [ALL, (card.name, card.url), (service.name, service.url)]
