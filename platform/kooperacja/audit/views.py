"""The journal of a tenant and the search in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kooperacja.audit.about import closed_to, of_institution, read_by, say
from kooperacja.audit.forms import JournalFilter
from kooperacja.audit.models import Entry
from kooperacja.audit.perms import read_journal
from kooperacja.audit.record import record
from kooperacja.audit.verbs import label
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.pagination import paginate
from kooperacja.ui.search import matching
from kooperacja.ui.text import visible

_SIZE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def journal(request: TenantRequest) -> HttpResponse:
    """The list; the chosen filters wait in the session, so that no name stands in an address."""
    read_journal().require(request.person)
    key = _key(request)
    form = JournalFilter(request.POST if request.method == "POST" else request.session.get(key, {}))
    if request.method != "POST" and not form.is_valid():  # kept by an older version
        del request.session[key]
        form = JournalFilter({})
    if request.method == "POST" and form.is_valid():
        request.session[key] = {name: form.data.get(name, "") for name in form.fields}
        record(by=request.actor, verb="JOURNAL_SEARCHED")
        return redirect("audit:journal")
    chosen = form.cleaned_data if form.is_valid() else {}
    shown = {
        "form": form,
        "page": (page := paginate(entries_chosen(chosen, request.person), request, size=_SIZE)),
        "days": days_of(page.rows, request.person),
        # What narrows the list, or is wrong in what was sent, stands open to be seen.
        "is_open": bool(form.errors) or any(chosen.values()),
    }
    return render(request, "audit/journal.html", shown, status=422 if form.errors else 200)


def _key(request: TenantRequest) -> str:
    return f"journal:{request.tenant.schema}"


def kept_choice(request: TenantRequest) -> dict[str, Any]:
    """The choice by which the list was narrowed when it was last looked at."""
    form = JournalFilter(request.session.get(_key(request), {}))
    return form.cleaned_data if form.is_valid() else {}


def entries_chosen(chosen: dict[str, Any], reader: Any) -> QuerySet[Entry]:
    """Entries that a choice names, as far as this person may know of their rows."""
    entries: QuerySet[Entry] = narrowed(Entry.objects.order_by("-at", "-id"), chosen)
    entries = read_by(reader, entries)
    if institution := chosen.get("instytucja"):
        entries = of_institution(entries, institution)
    return entries


def narrowed(entries: "QuerySet[Any]", chosen: dict[str, Any]) -> "QuerySet[Any]":
    """Entries of any journal by their days, what was done and who did it."""
    if since := chosen.get("od"):
        entries = entries.filter(at__gte=midnight(since))
    if until := chosen.get("do"):
        entries = entries.filter(at__lt=midnight(until, after=1))
    if verb := chosen.get("czynnosc"):
        entries = entries.filter(verb=verb)
    if person := chosen.get("osoba"):
        entries = matching(entries, person, "actor_name")
    return entries


def midnight(day: date, *, after: int = 0) -> datetime:
    """The moment a day begins, or one so many days after it."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=after), time.min))


def _page_of(entry: Entry) -> str:
    """The page of the row that an entry is about, where such rows have one."""
    try:
        page = getattr(apps.get_model(entry.object_type), "PAGE", "")
        return reverse(page, args=[entry.object_id]) if page and entry.object_id else ""
    except (LookupError, ValueError, NoReverseMatch):  # of an app or a page that is gone
        return ""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it is read."""

    at: datetime
    what: str
    about: str
    href: str
    why: str


Doer = tuple[UUID | None, str, str]  # account, name, roles


@dataclass(slots=True)
class Sitting:
    """Things that one person did in one role, one after another."""

    who: str
    roles: str
    lines: list[Line] = field(default_factory=list)


def lines_of(entries: Sequence[Entry], reader: Any = None) -> list[tuple[Entry, Line]]:
    """Each entry as it is read; its row is a link for a reader who may open it."""
    about = say(entries)
    closed = closed_to(reader, entries) if reader else set()
    return [
        (
            entry,
            Line(
                timezone.localtime(entry.at),
                label(entry.verb),
                visible(about[entry.pk]),
                _page_of(entry) if reader and entry.object_id not in closed else "",
                visible(entry.why),
            ),
        )
        for entry in entries
    ]


def roles_of(entry: Entry) -> str:
    names: dict[str, str] = directory().role_labels()
    return ", ".join(names.get(code, code) for code in entry.role.split(",") if code)


def days_of(entries: Sequence[Entry], reader: Any) -> list[tuple[date, list[Sitting]]]:
    """The entries of a page, day by day, as this person reads them."""
    return by_day(
        ((entry.account_id, visible(entry.actor_name), roles_of(entry)), line)
        for entry, line in lines_of(entries, reader)
    )


def by_day(told: Iterable[tuple[Doer, Line]]) -> list[tuple[date, list[Sitting]]]:
    """Day by day, so that a name and a role are said once and not in each line."""
    days: list[tuple[date, list[Sitting]]] = []
    last = None
    for doer, line in told:
        day = line.at.date()
        if not days or days[-1][0] != day:
            days.append((day, []))
        if last != (day, doer):
            days[-1][1].append(Sitting(*doer[1:]))
        last = (day, doer)
        days[-1][1][-1].lines.append(line)
    return days
