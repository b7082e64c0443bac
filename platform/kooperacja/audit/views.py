"""The journal of a tenant and the search in it."""

from datetime import datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kooperacja.audit.forms import JournalFilter
from kooperacja.audit.models import Entry
from kooperacja.audit.perms import read_journal
from kooperacja.audit.record import record
from kooperacja.audit.verbs import label
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.polish import pl_datetime
from kooperacja.ui.search import matching
from kooperacja.ui.tables import Column, Table


@require_http_methods(["GET", "HEAD", "POST"])
def journal(request: TenantRequest) -> HttpResponse:
    """The list; the chosen filters wait in the session, so that no name stands in an address."""
    read_journal().require(request.person)
    key = f"journal:{request.tenant.schema}"
    form = JournalFilter(request.POST if request.method == "POST" else request.session.get(key, {}))
    if request.method != "POST" and not form.is_valid():  # kept by an older version
        del request.session[key]
        form = JournalFilter({})
    if request.method == "POST" and form.is_valid():
        request.session[key] = {name: form.data.get(name, "") for name in form.fields}
        record(by=request.actor, verb="JOURNAL_SEARCHED")
        return redirect("audit:journal")
    chosen = form.cleaned_data if form.is_valid() else {}
    table = Table(request, _entries(chosen), _columns(), "Dziennik", empty=_EMPTY)
    # What narrows the list, or is wrong in what was sent, stands open to be seen.
    is_open = bool(form.errors) or any(chosen.values())
    shown = {"form": form, "table": table, "is_open": is_open}
    return render(request, "audit/journal.html", shown, status=422 if form.errors else 200)


_EMPTY = "Żaden wpis nie odpowiada wybranym warunkom."


def _entries(chosen: dict[str, Any]) -> QuerySet[Entry]:
    entries = Entry.objects.order_by("-at", "-id")
    if since := chosen.get("od"):
        entries = entries.filter(at__gte=_midnight(since))
    if until := chosen.get("do"):
        entries = entries.filter(at__lt=_midnight(until + timedelta(days=1)))
    if verb := chosen.get("czynnosc"):
        entries = entries.filter(verb=verb)
    if person := chosen.get("osoba"):
        entries = matching(entries, person, "actor_name")
    return entries


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _page_of(entry: Entry) -> str:
    """The page of the row that an entry is about, where such rows have one."""
    try:
        page = getattr(apps.get_model(entry.object_type), "PAGE", "")
        return reverse(page, args=[entry.object_id]) if page and entry.object_id else ""
    except (LookupError, ValueError, NoReverseMatch):  # of an app or a page that is gone
        return ""


def _columns() -> tuple[Column, ...]:
    names: dict[str, str] = directory().role_labels()

    def roles(entry: Entry) -> str:
        return ", ".join(names.get(code, code) for code in entry.role.split(",") if code)

    return (
        Column("kiedy", "Kiedy", lambda entry: pl_datetime(entry.at), is_header=True),
        Column("kto", "Kto", "actor_name"),
        Column("rola", "W jakiej roli", roles),
        Column("co", "Co zrobiono", lambda entry: label(entry.verb)),
        Column("czego", "Czego dotyczy", "object_label", href=_page_of),
        Column("dlaczego", "Dlaczego", "why"),
    )
