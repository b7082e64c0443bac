"""The ROPS: its contact, and its coordinators invited, invited again, withdrawn, ended."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django import forms
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kooperacja.pages import form_page, question, sent
from kooperacja.ui.polish import pl_datetime
from kooperacja.ui.problems import Missing
from region.panel.forms import RegionCoordinatorForm
from region.panel.invitation_steps import AGAIN, WITHDRAW, Ask, asked
from tenants.registry import contacts, coordinators
from tenants.registry.forms import ContactForm
from tenants.registry.models import Access, Invitation
from tenants.registry.perms import RegionRequest, region_page, region_step
from tenants.registry.region import Region
from tenants.registry.returned import troubles_of_region
from tenants.registry.standing import standing_of

_LIST = "panel:coordinators"
_CRUMBS = [("Panel województwa", "panel:home"), ("Koordynatorzy ROPS", _LIST)]


@region_page()
def everybody(request: RegionRequest) -> HttpResponse:
    """Those who work, and the invitations that wait or ran out."""
    now, troubles = timezone.now(), troubles_of_region()
    working = coordinators.working()
    values = {
        "working": [(one, troubles.get(one.account.email, "")) for one in working],
        "invited": [
            (one, standing_of(one, now), troubles.get(one.email, ""))
            for one in coordinators.invited()
        ],
        "own": request.account.pk,
    }
    return render(request, "region/coordinators.html", values)


@region_step(again=True)
def invite(request: RegionRequest) -> HttpResponse:
    """Invites one more."""
    return form_page(
        request,
        RegionCoordinatorForm(**sent(request)),
        partial(coordinators.invite, by=request.actor),
        said=lambda one: (
            f"Wysłaliśmy zaproszenie na adres {one.email}. "
            f"Jest ważne do {pl_datetime(one.expires_at)}."
        ),
        to=_LIST,
        crumbs=_CRUMBS,
        title="Zaproś koordynatora ROPS",
        lead="Ta osoba będzie mogła w panelu województwa to samo co Ty. Pozostali koordynatorzy "
        "dowiedzą się o zaproszeniu e-mailem.",
        submit="Wyślij zaproszenie",
    )


@region_step()
def contact(request: RegionRequest) -> HttpResponse:
    """Changes the telephone and the address that units read."""
    region = Region.here()
    return form_page(
        request,
        ContactForm(
            **sent(request),
            initial={"rops_phone": region.rops_phone, "rops_email": region.rops_email},
        ),
        partial(contacts.change, by=request.actor),
        said="Zapisano kontakt z ROPS.",
        to="panel:contact",
        back="",
        title="Kontakt z ROPS",
        eyebrow=region.rops_name,
        lead="Ten telefon i adres czytają gminy i powiaty tam, gdzie mają zwrócić się do ROPS: "
        "w Pomocy, przy zaproszeniach administratorów i gdy dostęp jest zawieszony. Pomoc "
        "widzi każdy, także bez logowania.",
    )


# --- Invitations -----------------------------------------------------------------------------


def _invitation(pk: UUID) -> Invitation:
    if (found := coordinators.invitations_ever().filter(pk=pk).first()) is None:
        raise Missing("Nie ma takiego zaproszenia")
    return found


def _decide(
    request: RegionRequest, invitation: Invitation, ask: Ask, action: Callable[..., Invitation]
) -> HttpResponse:
    act = partial(action, by=request.actor, invitation=invitation)
    ready = partial(coordinators.require_waiting, invitation)
    return asked(request, ask, act, invitation, to=_LIST, crumbs=_CRUMBS, ready=ready)


@region_step(_invitation, again=True)
def again(request: RegionRequest, invitation: Invitation) -> HttpResponse:
    return _decide(request, invitation, AGAIN, coordinators.resend)


@region_step(_invitation, again=True)
def withdraw(request: RegionRequest, invitation: Invitation) -> HttpResponse:
    return _decide(request, invitation, WITHDRAW, coordinators.withdraw)


# --- Ending ----------------------------------------------------------------------------------


def _access(pk: UUID) -> Access:
    if (found := coordinators.accesses_ever().filter(pk=pk).first()) is None:
        raise Missing("Nie ma takiego koordynatora")
    return found


@region_step(_access, again=True)
def end(request: RegionRequest, access: Access) -> HttpResponse:
    """Ends an access, one's own among them; never the last one."""
    who, is_own = access.account, access.account_id == request.account.pk
    name = f"{who.full_name}, {who.email}"
    return question(
        request,
        forms.Form(**sent(request)),
        partial(_end, request, access, is_own),
        ready=partial(coordinators.require_not_last, access),
        said=_SAID_OWN if is_own else f"Zakończono dostęp: {name}.",
        to="account_login" if is_own else _LIST,
        back=_LIST,
        crumbs=_CRUMBS,
        question="Zakończyć własny dostęp do panelu?" if is_own else f"Zakończyć dostęp: {name}?",
        consequence=_OWN if is_own else _OTHERS,
        undo="Przywrócić dostęp może tylko nowe zaproszenie od innego koordynatora ROPS.",
        button="Zakończ dostęp",
    )


_WHAT = (
    "Dostęp do panelu województwa skończy się od razu, także dla programów z kluczem API tego "
    "konta. Konto i role w gminach i powiatach zostają."
)
_OTHERS = (
    f"{_WHAT} Otwarte sesje tej osoby zostaną zakończone, a ona i pozostali koordynatorzy dowiedzą "
    "się o tym e-mailem."
)
_OWN = f"{_WHAT} Nastąpi wylogowanie, a pozostali koordynatorzy dowiedzą się o tym e-mailem."
_SAID_OWN = "Zakończono Twój dostęp do panelu województwa."


def _end(request: RegionRequest, access: Access, is_own: bool) -> Access:
    ended = coordinators.end(by=request.actor, access=access)
    if is_own:  # its sessions have ended, this one with them
        logout(request)
    return ended
