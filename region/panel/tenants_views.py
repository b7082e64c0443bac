"""The region's screens of tenants: the list, opening, suspending, reopening, closing."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kooperacja.accounts.factors import fresh_second_factor
from kooperacja.accounts.sessions import passive
from kooperacja.audit.actor import actor
from kooperacja.ui.polish import counted
from kooperacja.ui.problems import Missing
from kooperacja.ui.tables import Column, Table
from region.panel import tenants_rows as rows
from region.panel.tenants_forms import (
    AdministratorForm,
    InviteForm,
    ReasonForm,
    ReopenForm,
    TenantsFilter,
)
from tenants.registry import actions
from tenants.registry.models import Region, Tenant
from tenants.registry.perms import region_view
from tenants.registry.rules import Impossible
from tenants.registry.workflow import may_become
from tenants.schemas import actions as opening
from tenants.schemas import versions

ROWS_A_PAGE = 50
UNITS = ("jednostkę", "jednostki", "jednostek")
_get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def region() -> Region:
    found = Region.objects.first()
    if found is None:
        raise Missing(
            "Ten serwis nie wie jeszcze, któremu województwu służy",
            "Ustaw województwo z wiersza poleceń: `kooperacja import-terc`.",
        )
    return found


def _sent(request: HttpRequest) -> QueryDict | None:
    """A form's data, also when it was sent empty."""
    return request.POST if request.method == "POST" else None


def _row_or_404(code: str) -> rows.UnitTenant:
    row = rows.find(region().code, code)
    if row is None:
        raise Missing(f"W tym województwie nie ma jednostki {code[:10]}")
    return row


# --- Looking ---------------------------------------------------------------------------------


@require_safe
@region_view
def tenants(request: HttpRequest) -> HttpResponse:
    """All units with the state of their tenants."""
    every = rows.load(region().code)
    form = TenantsFilter(request.GET or None, rows=every)
    table = _table(request, form.found() if form.is_bound else every)
    opening = [row for row in every if row.is_opening]
    values = {
        "form": form,
        "table": table,
        "page": table.page,
        "opening": opening,
        "waiting": ",".join(row.code for row in table.page.rows if row.is_opening),
        "to_open": sum(row.is_new for row in every),
        "behind": sum(row.is_behind for row in every),
        "total": len(every),
    }
    return render(request, "region/tenants/list.html", values)


def _table(request: HttpRequest, found: list[rows.UnitTenant]) -> Table:
    columns = (
        Column("nazwa", "Jednostka", "name", sort="name", is_header=True),
        Column("rodzaj", "Rodzaj", "kind", sort="kind"),
        Column("powiat", "Powiat", "county", sort="county"),
        Column("kod", "Kod TERYT", "code", sort="code"),
        Column("stan", "Stan", "state", sort="state"),
    )
    return Table(
        request=request,
        rows=found,
        columns=columns,
        caption="Gminy i powiaty",
        default="nazwa",
        id="jednostki",
        size=ROWS_A_PAGE,
        empty="Żadna jednostka nie pasuje do filtrów. Zmień nazwę, powiat, rodzaj albo stan.",
    )


@passive
@require_safe
@region_view
def progress(request: HttpRequest) -> HttpResponse:
    """How far the openings are, and the new states of the rows that a page waits for."""
    every = rows.load(region().code)
    asked = set(request.GET.get("kody", "").split(","))
    shown = [row for row in every if row.code in asked]
    values = {
        "opening": [row for row in every if row.is_opening],
        "waiting": ",".join(row.code for row in shown if row.is_opening),
        "shown": shown,
    }
    return render(request, "region/tenants/_progress.html", values)


@require_safe
@region_view
def tenant(request: HttpRequest, code: str) -> HttpResponse:
    """One unit: what it is in the register, its tenant's state, and what can be done."""
    row = _row_or_404(code)
    values = {
        "row": row,
        "states": list(row.unit.states.order_by("-valid_from")),
        "schema": versions.states([row.tenant])[0] if row.tenant and row.tenant.ddl else None,
    }
    return render(request, "region/tenants/unit.html", values)


@passive
@require_safe
@region_view
def state(request: HttpRequest, code: str) -> HttpResponse:
    """The state of one unit as a fragment; reloads the page once its opening has ended."""
    row = _row_or_404(code)
    if not row.is_opening:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "region/tenants/_state.html", {"row": row})


# --- Opening ---------------------------------------------------------------------------------


@_get_or_post
@region_view
@fresh_second_factor()
def open_one(request: HttpRequest, code: str) -> HttpResponse:
    """Asks for one tenant, with its first administrator if known."""
    row = _row_or_404(code)
    form = AdministratorForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            opening.open_tenant(by=actor(request), code=row.code, **form.cleaned_data)
        except Impossible as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Otwieramy: {row.title}. To potrwa kilka sekund.")
            return redirect(row.href)
    status = 422 if form.errors else 200
    values = {"row": row, "form": form}
    return render(request, "region/tenants/open.html", values, status=status)


@_get_or_post
@region_view
@fresh_second_factor()
def open_many(request: HttpRequest) -> HttpResponse:
    """Says what opening the ticked units will do, and asks for them."""
    if request.method == "POST":
        return _open_many(request)
    if request.GET.get("wszystkie"):
        chosen = [row for row in rows.load(region().code) if row.is_new]
    else:
        chosen = rows.load(region().code, request.GET.getlist("kod"))
    values = {
        "new": [row for row in chosen if row.is_new],
        "passed": [row for row in chosen if not row.is_new],
    }
    return render(request, "region/tenants/open_many.html", values)


def _open_many(request: HttpRequest) -> HttpResponse:
    opened = opening.open_many(by=actor(request), codes=request.POST.getlist("kod"))
    for _, reason in opened.refused:
        messages.warning(request, reason)
    if opened.tenants:
        number = counted(len(opened.tenants), *UNITS)
        messages.success(request, f"Otwieramy {number}. Postęp widać na liście.")
    elif not opened.refused:
        messages.warning(request, "Nie zaznaczono żadnej jednostki.")
    return redirect("panel:tenants")


@_get_or_post
@region_view
@fresh_second_factor()
def invite(request: HttpRequest, code: str) -> HttpResponse:
    """Invites an administrator of a tenant."""
    row = _row_or_404(code)
    if row.tenant is None or not (row.is_open or row.is_opening):
        messages.warning(request, f"{row.title}: {row.state}. Najpierw trzeba ją otworzyć.")
        return redirect(row.href)
    form = InviteForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite_administrator(by=actor(request), tenant=row.tenant, **form.cleaned_data)
        except Impossible as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Zaproszenie dla {form.cleaned_data['email']} przyjęte.")
            return redirect(row.href)
    status = 422 if form.errors else 200
    values = {"row": row, "form": form}
    return render(request, "region/tenants/invite.html", values, status=status)


# --- Suspending, reopening, closing ----------------------------------------------------------

Change = Callable[..., Tenant]


def _confirm(
    request: HttpRequest, code: str, *, action: Change, form_class: type[forms.Form], **said: Any
) -> HttpResponse:
    row = _row_or_404(code)
    if row.tenant is None or not may_become(row.state_code, said.pop("status")) or row.is_opening:
        messages.warning(request, f"{row.title}: {row.state}. Tego nie można teraz zrobić.")
        return redirect(row.href)
    form = form_class(_sent(request), initial={"version": row.tenant.version})
    if request.method == "POST" and form.is_valid():
        row.tenant.version = form.cleaned_data["version"]
        reason = form.cleaned_data.get("reason", "")
        try:
            action(by=actor(request), tenant=row.tenant, reason=reason)
        except Impossible as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{row.title}: {said['done']}.")
            return redirect(row.href)
    values = said | {"question": f"{said['button']}: {row.title}?", "form": form, "back": row.href}
    return render(request, "components/confirm.html", values, status=422 if form.errors else 200)


@_get_or_post
@region_view
@fresh_second_factor()
def suspend(request: HttpRequest, code: str) -> HttpResponse:
    """Asks why, and shuts the door for a time."""
    return _confirm(
        request,
        code,
        action=actions.suspend_tenant,
        form_class=ReasonForm,
        status="SUSPENDED",
        button="Zawieś",
        done="zawieszono",
        danger=True,
        consequence="Nikt nie wejdzie do tej jednostki, także osoby, które teraz w niej pracują. "
        "Wstrzymane zostaną jej powiadomienia i publikowanie liczb.",
        undo="Wszystkie dane zostają. Jednostkę można w każdej chwili wznowić.",
    )


@_get_or_post
@region_view
@fresh_second_factor()
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Asks why, and shuts the door for good, though it can be opened again."""
    return _confirm(
        request,
        code,
        action=actions.close_tenant,
        form_class=ReasonForm,
        status="CLOSED",
        button="Zamknij",
        done="zamknięto",
        danger=True,
        consequence="Jednostka kończy pracę w platformie i nikt do niej nie wejdzie. "
        "Jej adres zostaje zajęty i nie dostanie go nikt inny.",
        undo="Wszystkie dane zostają. W razie pomyłki jednostkę można wznowić.",
    )


@_get_or_post
@region_view
@fresh_second_factor()
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    """Opens the door again."""
    return _confirm(
        request,
        code,
        action=actions.reopen_tenant,
        form_class=ReopenForm,
        status="ACTIVE",
        button="Wznów",
        done="wznowiono",
        danger=False,
        consequence="Wejdą znowu wszystkie osoby, które miały dostęp, z tymi samymi rolami. "
        "Wyślemy wstrzymane powiadomienia.",
        undo="Jednostkę można ponownie zawiesić albo zamknąć.",
    )
