"""The door of a tenant: access is checked anew at every request."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from kooperacja.accounts import factors
from kooperacja.accounts.models import Account
from kooperacja.audit.record import record
from kooperacja.tenancy.context import writing
from kooperacja.tenancy.request import TenantRequest
from kooperacja.tenancy.urls import root_reverse
from kooperacja.ui.errors import answer
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import Problem
from tenants.registry.models import Access, Tenant
from tenants.registry.places import ended_lately
from tenants.registry.roles import MFA_ROLES
from tenants.registry.workflow import TenantStatus

ENTERED = "registry.entered"  # of the session: the tenants whose journal knows of it
KEPT = "Wszystkie dane jednostki są zachowane."


def admit(request: HttpRequest) -> HttpResponse | None:
    """None for an account with access; else a page that says why not, or leads to the sign-in."""
    if not request.user.is_authenticated:
        return factors.go(request, factors.sign_in_url(request), status=401)
    guest: TenantRequest = request  # type: ignore[assignment]
    access = _held(guest)
    if not access:
        return answer(request, _no_access(guest))
    if access[0].tenant_status != TenantStatus.ACTIVE:
        return answer(request, _not_open(guest.tenant.id))
    if any(row.role in MFA_ROLES for row in access) and factors.lacks_demanded(request):
        return factors.lead_to_setup(request)
    assert isinstance(request.user, Account)
    guest.account, guest.access = request.user, access
    guest.person, guest.actor = import_string(settings.TENANT_PERSON)(guest)
    _note_entry(guest)
    return None


# Asked at every request, so it is written out: building it anew costs more than answering it.
# The state of the tenant comes with it: one that was just suspended lets nobody in.
_HELD = """
SELECT access.*, tenant.status AS tenant_status
FROM registry_access access JOIN registry_tenant tenant ON tenant.id = access.tenant_id
WHERE access.account_id = %s AND access.tenant_id = %s AND access.ended_at IS NULL
ORDER BY access.granted_at
"""


def _held(request: TenantRequest) -> tuple[Any, ...]:
    return tuple(Access.objects.raw(_HELD, [request.user.pk, request.tenant.id]))


def _note_entry(request: TenantRequest) -> None:
    entered = request.session.get(ENTERED, [])
    if request.tenant.schema in entered:
        return
    with writing(), transaction.atomic():
        record(by=request.actor, verb="ENTERED")
    request.session[ENTERED] = [*entered, request.tenant.schema]


def _no_access(request: TenantRequest) -> Problem:
    """The refusal; to one who worked here a short time ago, it says when that ended and why."""
    name = request.tenant.name
    assert isinstance(request.user, Account)
    if ended := ended_lately(request.user, request.tenant.id):
        last = ended[0]
        return Problem(
            "Twój dostęp do tej jednostki ustał",
            f"{name}: {last.get_role_display()}, do {pl_date(last.ended_at)} "
            f"Powód: {last.why_ended} Dokumenty przechowuje ośrodek; "
            "o kopię poproś tam.",
            status=403,
            href=root_reverse("places"),
            action="Przejdź do swoich miejsc pracy",
        )
    return Problem(
        "Nie masz dostępu do tej jednostki",
        f"{name}: Twoje konto nie ma tu żadnej roli. Jeśli tu pracujesz albo współpracujesz, "
        "poproś administratora OPS tej jednostki o zaproszenie.",
        status=403,
    )


def _not_open(tenant_id: UUID) -> Problem:
    tenant = Tenant.objects.select_related("unit").get(pk=tenant_id)
    name, reason = tenant.ref.name, f" Powód: {tenant.reason}" if tenant.reason else ""
    match tenant.status:
        case TenantStatus.SUSPENDED:
            return Problem(
                f"{name}: dostęp zawieszony",
                f"Pracę tej jednostki zawiesił koordynator ROPS i on może ją przywrócić.{reason}",
                status=403,
                kept=KEPT,
            )
        case TenantStatus.CLOSED:
            return Problem(
                f"{name}: jednostka zamknięta",
                f"Ta jednostka nie pracuje już na platformie.{reason}",
                status=410,
                kept=KEPT,
            )
    return Problem(
        f"{name}: trwa otwieranie",
        "Przestrzeń tej jednostki jest właśnie przygotowywana. Spróbuj za kilka minut.",
        status=503,
    )
