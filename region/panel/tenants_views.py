"""The region's screens of tenants: the list, opening, suspending, reopening, closing."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kooperacja.accounts.sessions import passive
from kooperacja.pages import form_page, list_page, question, sent
from kooperacja.ui.forms import VersionedForm
from kooperacja.ui.polish import counted, pl_datetime
from kooperacja.ui.problems import NOTHING_DONE, Missing, Problem
from kooperacja.ui.tables import Column, Table
from region.panel import tenants_rows as rows
from region.panel.forms import AdministratorForm, InviteForm, ShutDoorForm, TenantsFilter
from region.panel.invitation_steps import AGAIN, WITHDRAW, Ask, asked
from tenants.registry import actions, proposals
from tenants.registry.invitations import VALID_FOR
from tenants.registry.models import AdministratorProposal, Invitation, Tenant
from tenants.registry.perms import RegionRequest, region_page, region_step
from tenants.registry.region import Region
from tenants.registry.rules import Impossible
from tenants.registry.workflow import TENANT, TenantStatus
from tenants.schemas import actions as opening

ROWS_A_PAGE = 50
_HOME, _LIST = ("Panel województwa", "panel:home"), ("Jednostki", "panel:tenants")
UNITS = ("jednostkę", "jednostki", "jednostek")


def find_row(code: str) -> rows.UnitTenant:
    """The unit that an address names."""
    row = rows.find(Region.here().code, code)
    if row is None:
        raise Missing(f"W tym województwie nie ma jednostki {code[:10]}")
    return row


# --- Looking ---------------------------------------------------------------------------------


@region_page()
def tenants(request: RegionRequest) -> HttpResponse:
    """All units with the state of their tenants."""
    every = rows.with_stages(rows.load(Region.here().code))
    form = TenantsFilter(request.GET or None, rows=every)
    table = _table(request, form.found())
    return list_page(
        request,
        table,
        form,
        template="region/tenants/list.html",
        page=table.page,
        opening=[row for row in every if row.is_opening],
        waiting=",".join(row.code for row in table.page.rows if row.is_opening),
        to_open=sum(row.is_new for row in every),
        behind=sum(row.is_behind for row in every),
        total=len(every),
    )


def _table(request: RegionRequest, listed: list[rows.UnitTenant]) -> Table:
    columns = (
        Column("nazwa", "Jednostka", "name", sort="name", is_header=True),
        Column("rodzaj", "Rodzaj", "kind", sort="kind"),
        Column("powiat", "Powiat", "county", sort="county"),
        Column("kod", "Kod TERYT", "code", sort="code"),
        Column("stan", "Stan", "state", sort="state"),
        Column("etap", "Partnerstwo", "standing", sort="standing"),
        Column("lider", "Lider", "lead", sort="lead"),
    )
    return Table(
        request=request,
        rows=listed,
        columns=columns,
        caption="Jednostki",
        default="nazwa",
        id="jednostki",
        size=ROWS_A_PAGE,
        empty="Żadna jednostka nie pasuje do filtrów. Zmień nazwę, powiat, rodzaj albo stan.",
    )


@passive
@region_page()
def progress(request: RegionRequest) -> HttpResponse:
    """The openings that go on, and the new states of the rows that a page waits for."""
    every = rows.load(Region.here().code)
    asked = set(request.GET.get("kody", "").split(","))
    shown = [row for row in every if row.code in asked]
    values = {
        "opening": [row for row in every if row.is_opening],
        "waiting": ",".join(row.code for row in shown if row.is_opening),
        "shown": shown,
    }
    return render(request, "region/tenants/_progress.html", values)


@passive
@region_page(find_row)
def state(request: RegionRequest, row: rows.UnitTenant) -> HttpResponse:
    """The state of one unit as a fragment; reloads the page once its opening has ended."""
    if not row.is_opening:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "region/tenants/_state.html", {"row": row})


# --- Opening ---------------------------------------------------------------------------------


@region_step(find_row, again=True)
def open_one(request: RegionRequest, row: rows.UnitTenant) -> HttpResponse:
    """Asks for one tenant, with its first administrator if known."""
    _require_new(row)
    return form_page(
        request,
        AdministratorForm(**sent(request)),
        partial(_open, request, row),
        said=f"Otwieramy: {row.title}. To potrwa kilka sekund.",
        to=row.href,
        template="region/tenants/open.html",
        row=row,
    )


def _open(request: RegionRequest, row: rows.UnitTenant, **administrator: str) -> Tenant:
    try:
        return opening.open_tenant(by=request.actor, code=row.code, **administrator)
    except Impossible as impossible:
        _require_new(find_row(row.code))  # somebody else opened it meanwhile
        raise ValidationError(str(impossible)) from None


def _require_new(row: rows.UnitTenant) -> None:
    if not row.is_new:
        raise _not_now(row)


def _not_now(row: rows.UnitTenant) -> Problem:
    """The one answer to a step that the state of the unit's tenant doesn't allow."""
    return Problem(
        "Tego nie można teraz zrobić",
        f"{row.title}: {row.state}.",
        kept=NOTHING_DONE,
        href=row.href,
        action="Zobacz, co można zrobić",
    )


def _refused_on_form(act: Callable[..., Any]) -> Callable[..., Any]:
    """The same action, whose refusal stands on the form."""

    def tried(**values: Any) -> Any:
        try:
            return act(**values)
        except Impossible as impossible:
            raise ValidationError(str(impossible)) from None

    return tried


@region_step(again=True)
def open_many(request: RegionRequest) -> HttpResponse:
    """Says what opening the ticked units will do, and asks for them."""
    if request.method == "POST":
        return _open_many(request)
    if request.GET.get("wszystkie"):
        chosen = [row for row in rows.load(Region.here().code) if row.is_new]
    else:
        chosen = rows.load(Region.here().code, request.GET.getlist("kod"))
    values = {
        "new": [row for row in chosen if row.is_new],
        "passed": [row for row in chosen if not row.is_new],
    }
    return render(request, "region/tenants/open_many.html", values)


def _open_many(request: RegionRequest) -> HttpResponse:
    opened = opening.open_many(by=request.actor, codes=request.POST.getlist("kod"))
    for _, reason in opened.refused:
        messages.warning(request, reason)
    if opened.tenants:
        number = counted(len(opened.tenants), *UNITS)
        messages.success(request, f"Otwieramy {number}. Postęp widać na liście.")
    elif not opened.refused:
        messages.warning(request, "Nie zaznaczono żadnej jednostki.")
    return redirect("panel:tenants")


@region_step(find_row, again=True)
def invite(request: RegionRequest, row: rows.UnitTenant) -> HttpResponse:
    """Invites an administrator of a tenant."""
    if row.tenant is None or not (row.is_open or row.is_opening):
        raise _not_now(row)
    form = InviteForm(**sent(request))
    return form_page(
        request,
        form,
        _refused_on_form(
            partial(actions.invite_administrator, by=request.actor, tenant=row.tenant)
        ),
        said=lambda proposal: _invited(form.cleaned_data["email"], proposal),
        to=row.people_href,
        template="region/tenants/invite.html",
        row=row,
        has_lived=row.is_open and proposals.has_lived(row.tenant),
        has_managers=row.is_open and proposals.has_managers(row.tenant),
    )


def _invited(email: str, proposal: AdministratorProposal | None) -> str:
    if proposal is None:
        until = pl_datetime(timezone.now() + VALID_FOR)
        return f"Wysłaliśmy zaproszenie na adres {email}. Jest ważne do {until}."
    if proposal.due_at:
        return f"Zaproszenie dla {email} wyślemy {pl_datetime(proposal.due_at)}, jeśli nikt go nie zatrzyma."
    return f"Zaproponowano: {email}. Zaproszenie wyślemy, gdy jednostka się zgodzi."


# --- The region's invitations of administrators ----------------------------------------------


def _invitation(code: str, pk: UUID) -> tuple[rows.UnitTenant, Invitation]:
    """One of the region's for this unit; for any other there is none."""
    row = find_row(code)
    own = proposals.by_region(row.tenant) if row.tenant else Invitation.objects.none()
    if (found := own.filter(pk=pk).first()) is None:
        raise Missing("Nie ma takiego zaproszenia")
    return row, found


def _decide_on(
    request: RegionRequest,
    found: tuple[rows.UnitTenant, Invitation],
    ask: Ask,
    action: Callable[..., Invitation],
) -> HttpResponse:
    row, invitation = found
    act = partial(action, by=request.actor, tenant=row.tenant, invitation=invitation)
    crumbs = [_HOME, _LIST, (row.title, row.href), ("Ludzie", row.people_href)]
    return asked(request, ask, act, invitation, to=row.people_href, crumbs=crumbs)


@region_step(_invitation, again=True)
def invitation_again(
    request: RegionRequest, found: tuple[rows.UnitTenant, Invitation]
) -> HttpResponse:
    return _decide_on(request, found, AGAIN, proposals.send_again)


@region_step(_invitation, again=True)
def invitation_withdraw(
    request: RegionRequest, found: tuple[rows.UnitTenant, Invitation]
) -> HttpResponse:
    """The region may send it again later, as it is."""
    ask = replace(WITHDRAW, undo="Zaproszenie można potem wysłać ponownie.")
    return _decide_on(request, found, ask, proposals.withdraw_invitation)


# --- Suspending, reopening, closing ----------------------------------------------------------


def _decision(
    status: TenantStatus,
    action: Callable[..., Tenant],
    form_class: type[forms.Form],
    *,
    button: str,
    done: str,
    **words: Any,
) -> Callable[..., HttpResponse]:
    """A page that asks once more, and then changes the state of a tenant."""

    @region_step(find_row, again=True)
    def decide(request: RegionRequest, row: rows.UnitTenant) -> HttpResponse:
        tenant = row.tenant
        if tenant is None or row.is_opening or not TENANT.may(tenant.status, status):
            raise _not_now(row)

        def act(version: int, reason: str = "") -> Tenant:
            tenant.version = version  # of the state that was seen
            return action(by=request.actor, tenant=tenant, reason=reason)

        return question(
            request,
            form_class(**sent(request), initial={"version": tenant.version}),
            _refused_on_form(act),
            said=f"{row.title}: {done}.",
            to=row.href,
            crumbs=[_HOME, _LIST, (row.title, row.href)],
            question=f"{button}: {row.title}?",
            button=button,
            **words,
        )

    return decide


suspend = _decision(
    TenantStatus.SUSPENDED,
    actions.suspend_tenant,
    ShutDoorForm,
    button="Zawieś",
    done="zawieszono",
    consequence="Nikt nie wejdzie do tej jednostki, także osoby, które teraz w niej pracują. "
    "Wstrzymane zostaną jej powiadomienia i publikowanie liczb.",
    undo="Wszystkie dane zostają. Jednostkę można w każdej chwili wznowić.",
)
# For good, though it can be opened again.
close = _decision(
    TenantStatus.CLOSED,
    actions.close_tenant,
    ShutDoorForm,
    button="Zamknij",
    done="zamknięto",
    consequence="Jednostka kończy pracę w platformie i nikt do niej nie wejdzie. "
    "Jej adres zostaje zajęty i nie dostanie go nikt inny.",
    undo="Wszystkie dane zostają. W razie pomyłki jednostkę można wznowić.",
)
reopen = _decision(
    TenantStatus.ACTIVE,
    actions.reopen_tenant,
    VersionedForm,
    button="Wznów",
    done="wznowiono",
    danger=False,
    consequence="Wejdą znowu wszystkie osoby, które miały dostęp, z tymi samymi rolami. "
    "Wyślemy wstrzymane powiadomienia.",
    undo="Jednostkę można ponownie zawiesić albo zamknąć.",
)
