"""Files that leave the platform: behind the second factor, and each said in the journal."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kooperacja.accounts import factors
from kooperacja.audit.record import record
from kooperacja.tenancy.context import writing
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.files import file_name, file_response
from kooperacja.ui.pagination import with_params
from kooperacja.ui.polish import pl_date, quoted
from kooperacja.ui.sheets import CSV, TYPES, XLSX, Sheet, content_of
from kooperacja.ui.tables import Table

PARAM = "plik"
# Said by the address to which one comes back from the second factor: a file alone would leave
# the page of the code on the screen.
SHOWN = "po-kodzie"


def asked_before_file(request: HttpRequest, *, what: str, back: str) -> HttpResponse | None:
    """Why the second factor is asked for, the way to show it, and then the file to take."""
    if factors.has_proof(request):
        return _offered(request, what, back) if SHOWN in request.GET else None
    return factors.step_up(
        request,
        back_to=_shown(request),
        act=f"plik {quoted(what)}",
        back=back,
        said=f"Plik z danymi wydajemy po potwierdzeniu, że to Ty. Zaraz potem pobierzesz: {what}.",
    )


def _shown(request: HttpRequest) -> str:
    return f"{request.path}{with_params(request.GET, **{SHOWN: '1'})}"


def _offered(request: HttpRequest, what: str, back: str) -> HttpResponse:
    href = f"{request.path}{with_params(request.GET, **{SHOWN: None})}"
    return render(request, "components/file_ready.html", {"what": what, "href": href, "back": back})


def list_file(request: TenantRequest, table: Table) -> HttpResponse:
    """The whole of a list as it was chosen, in the format that the address asks for."""
    title, file_format = table.caption, request.GET[PARAM]
    back = f"{request.path}{with_params(request.GET, **{PARAM: None, SHOWN: None})}"
    if asked := asked_before_file(request, what=f"{title} ({file_format.upper()})", back=back):
        return asked
    sheet = sheet_of(table, place=str(request.tenant.name))
    return handed_out(request, sheet, file_format)


def handed_out(request: TenantRequest, sheet: Sheet, file_format: str) -> HttpResponse:
    content = content_of(sheet, file_format)
    data = {"list": sheet.title, "format": file_format.upper(), "rows": len(sheet.rows)}
    with writing(), transaction.atomic():
        record(by=request.actor, verb="LIST_EXPORTED", data={k: [None, v] for k, v in data.items()})
    day = timezone.localdate().isoformat()
    name = file_name(sheet.title, f".{file_format}", detail=day)
    return file_response(content, name=name, content_type=TYPES[file_format])


def sheet_of(table: Table, *, place: str) -> Sheet:
    return Sheet(
        title=table.caption,
        headings=tuple(column.label for column in table.columns),
        rows=[[column.of(row) for column in table.columns] for row in table.everything],
        facts=(place, f"Stan na {pl_date(timezone.localdate())}"),
    )


def is_asked_for(request: HttpRequest) -> bool:
    return request.method == "GET" and request.GET.get(PARAM) in TYPES


def ways(request: HttpRequest) -> list[tuple[str, str]]:
    """The formats of a list with their addresses, which keep what was chosen."""
    kept = {"strona": None, SHOWN: None}
    return [(one.upper(), with_params(request.GET, **kept, **{PARAM: one})) for one in (XLSX, CSV)]
