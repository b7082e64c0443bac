"""The journal of the region: who did what to it, narrowed and taken away."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from kooperacja import downloads
from kooperacja.audit.views import Line, by_day, narrowed
from kooperacja.ui.files import file_name, file_response
from kooperacja.ui.pagination import paginate
from kooperacja.ui.polish import counted, pl_date
from kooperacja.ui.search import matching
from kooperacja.ui.sheets import TYPES, Sheet, content_of
from kooperacja.ui.text import visible
from region.panel.forms import RegionJournalFilter
from tenants.registry.perms import RegionRequest, region_page, region_step
from tenants.registry.region import Region, RegionEntry

_SIZE, _KEY = 50, "journal:region"
_MOST = 10_000  # so that nobody waits long for a file; the days narrow it
_TITLE = "Dziennik województwa"
_HEADINGS = ("Kiedy", "Kto", "Co zrobiono", "Czego dotyczy")


@region_step()
def journal(request: RegionRequest) -> HttpResponse:
    """The list; the chosen filters wait in the session, so that no name stands in an address."""
    form = RegionJournalFilter(request.POST if request.method == "POST" else _kept(request))
    if request.method == "POST" and form.is_valid():
        request.session[_KEY] = {name: form.data.get(name, "") for name in form.fields}
        return redirect("panel:journal")
    chosen = form.cleaned_data if form.is_valid() else {}
    page = paginate(_entries(chosen), request, size=_SIZE)
    shown = {
        "form": form,
        "page": page,
        "days": by_day(
            ((one.account_id, visible(one.actor_name), ""), _line(one)) for one in page.rows
        ),
        "is_open": bool(form.errors) or any(chosen.values()),
    }
    return render(request, "region/panel/journal.html", shown, status=422 if form.errors else 200)


@region_page()
def journal_file(request: RegionRequest, file_format: str) -> HttpResponse:
    """The entries that are chosen on the page of the journal."""
    if file_format not in TYPES:
        raise Http404
    what = f"dziennik województwa ({file_format.upper()})"
    if asked := downloads.asked_before_file(request, what=what, back=reverse("panel:journal")):
        return asked
    form = RegionJournalFilter(_kept(request))
    entries = _entries(form.cleaned_data if form.is_valid() else {})
    sheet = _sheet(entries[:_MOST], entries.count())
    name = file_name(_TITLE, f".{file_format}", detail=timezone.localdate().isoformat())
    content = content_of(sheet, file_format)
    return file_response(content, name=name, content_type=TYPES[file_format])


def _kept(request: RegionRequest) -> dict[str, Any]:
    """The choice by which the list was narrowed when it was last looked at."""
    kept: dict[str, Any] = request.session.get(_KEY, {})
    return kept if RegionJournalFilter(kept).is_valid() else {}


def _entries(chosen: dict[str, Any]) -> QuerySet[RegionEntry]:
    entries = narrowed(RegionEntry.objects.order_by("-at", "-id"), chosen)
    if about := chosen.get("czego"):
        entries = matching(entries, about, "about")
    return entries


def _line(entry: RegionEntry) -> Line:
    at = timezone.localtime(entry.at)
    return Line(at, entry.get_verb_display(), visible(entry.about), "", "")


def _sheet(entries: Sequence[RegionEntry] | QuerySet[RegionEntry], total: int) -> Sheet:
    said = counted(total, "wpis", "wpisy", "wpisów")
    if total > _MOST:
        said = f"{_MOST} najnowszych wpisów z {total}; starsze są w węższym przedziale dni"
    return Sheet(
        title=_TITLE,
        headings=_HEADINGS,
        rows=[(one.at, one.actor_name, one.get_verb_display(), one.about) for one in entries],
        facts=(str(Region.here()), f"Stan na {pl_date(timezone.localdate())}", said),
        widths=(17, 32, 44, 60),
    )
