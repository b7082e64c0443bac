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
from kooperacja.tenancy.ref import TenantRef
from kooperacja.tenancy.request import Admission, TenantRequest
from kooperacja.tenancy.urls import root_reverse, tenant_reverse
from kooperacja.ui.errors import answer
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import Problem
from tenants.registry import contacts
from tenants.registry.models import Access, Tenant
from tenants.registry.places import OWN_PAPERS, ended_lately, opens_papers, view_until
from tenants.registry.roles import LEAVING_ROLES, MFA_ROLES
from tenants.registry.workflow import TenantStatus

ENTERED = "registry.entered"  # of the session: the tenants whose journal knows of it
LEFT = "registry.left"  # the same for those where one reads one's own papers after leaving
KEPT = "Wszystkie dane jednostki są zachowane."


def admit(request: HttpRequest, *, takes_leavers: bool) -> HttpResponse | None:
    """None for an account with access; else a page that says why not, or leads to the sign-in.

    On a page that `takes_leavers`, None too for whoever left a short time ago.
    """
    if not request.user.is_authenticated:
        return factors.go(request, factors.sign_in_url(request), status=401)
    guest: TenantRequest = request  # type: ignore[assignment]
    access = _held(guest)
    if not access:
        return _admit_leaver(guest) if takes_leavers else answer(request, _no_access(guest))
    if access[0].tenant_status != TenantStatus.ACTIVE:
        return answer(request, _not_open(guest.tenant.id))
    if any(row.role in MFA_ROLES for row in access) and factors.lacks_demanded(request):
        return factors.lead_to_setup(request)
    assert isinstance(request.user, Account)
    guest.account, guest.access = request.user, access
    guest.admission, guest.leaver = Admission.HOLDER, None
    try:
        guest.person, guest.actor = import_string(settings.TENANT_PERSON)(guest)
    except factors.Lacking:  # a role of theirs whose door is not open yet
        return factors.lead_to_setup(request)
    _note_entry(guest, ENTERED, "ENTERED")
    return None


def _admit_leaver(request: TenantRequest) -> HttpResponse | None:
    """None for whoever left a short time ago: as nobody's person, with no access, to read alone."""
    assert isinstance(request.user, Account)
    ended = [row for row in ended_lately(request.user, request.tenant.id) if opens_papers(row)]
    if not ended:
        return answer(request, view_over(request.user, request.tenant) or _no_access(request))
    if any(row.tenant is None or row.tenant.status != TenantStatus.ACTIVE for row in ended):
        return answer(request, _no_access(request))
    if factors.lacks_demanded(request):
        return factors.lead_to_setup(request)
    found = import_string(settings.TENANT_LEAVER)(request, ended)
    if found is None:
        return answer(request, _no_access(request))
    request.account, request.access, request.person = request.user, (), None
    request.admission = Admission.LEAVER
    request.leaver, request.actor = found
    _note_entry(request, LEFT, "LEAVER_ENTERED")
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


def _note_entry(request: TenantRequest, key: str, verb: str) -> None:
    entered = request.session.get(key, [])
    if request.tenant.schema in entered:
        return
    with writing(), transaction.atomic():
        record(by=request.actor, verb=verb)
    request.session[key] = [*entered, request.tenant.schema]


def _no_access(request: TenantRequest) -> Problem:
    """The refusal; to one who worked here a short time ago, it says when that ended and why."""
    name = request.tenant.name
    assert isinstance(request.user, Account)
    if ended := ended_lately(request.user, request.tenant.id):
        last = ended[0]
        papers = next((row for row in ended if opens_papers(row)), None)
        return Problem(
            "Twój dostęp do tej jednostki ustał",
            f"{name}: {last.get_role_display()}, do {pl_date(last.ended_at)} "
            f"Powód: {last.why_ended} {_where(papers)}",
            status=403,
            href=tenant_reverse(request.tenant, OWN_PAPERS) if papers else root_reverse("places"),
            action="Przeczytaj swoje dokumenty" if papers else "Przejdź do swoich miejsc pracy",
        )
    return Problem(
        "Nie masz dostępu do tej jednostki",
        f"{name}: Twoje konto nie ma tu żadnej roli. Jeśli tu pracujesz albo współpracujesz, "
        "poproś administratora OPS tej jednostki o zaproszenie.",
        status=403,
    )


def _where(papers: Access | None) -> str:
    """Where the papers are now of somebody who left."""
    kept = "Dokumenty przechowuje ośrodek; o kopię poproś tam."
    if papers is None:
        return kept
    return f"Swoje dokumenty możesz czytać do {pl_date(view_until(papers))} {kept}"


def view_over(account: Account, tenant: TenantRef) -> Problem | None:
    """The refusal to one whose time to read their own papers is over: since when, and whom to ask."""
    rows = Access.objects.filter(account=account, tenant=tenant.id, role__in=LEAVING_ROLES)
    last = rows.exclude(ended_at=None).exclude(organisation_id=None).order_by("-ended_at").first()
    if last is None:
        return None
    return Problem(
        "Czas na czytanie swoich dokumentów minął",
        f"{tenant.name}: {last.get_role_display()}, do {pl_date(last.ended_at)} Dokumenty można "
        f"było czytać do {pl_date(view_until(last))} Nadal przechowuje je ośrodek; o kopię poproś "
        "tam. Jego dane kontaktowe są na stronie Partnerstwa.",
        status=403,
        href=tenant_reverse(tenant, "join"),
        action="Przejdź do strony Partnerstwa",
    )


def _contact() -> str:
    """The contact of the ROPS in brackets, where it gave one."""
    region = contacts.published()
    return f" ({region.contact})" if region and region.contact else ""


def _not_open(tenant_id: UUID) -> Problem:
    tenant = Tenant.objects.select_related("unit").get(pk=tenant_id)
    name, reason = tenant.ref.name, f" Powód: {tenant.reason}" if tenant.reason else ""
    match tenant.status:
        case TenantStatus.SUSPENDED:
            return Problem(
                f"{name}: dostęp zawieszony",
                "Pracę tej jednostki zawiesił koordynator ROPS i on może ją przywrócić"
                f"{_contact()}.{reason}",
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
