"""The full list of what waits for an account in all its tenants, and whether mails tell of it."""

from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kooperacja.inbox.actions import choose_summary, mark_read
from kooperacja.inbox.forms import DAILY, NEVER, SummaryForm
from kooperacja.inbox.models import InboxItem, InboxTask, SummaryChoice
from kooperacja.inbox.switching import WORKS, TooOld, account_of
from kooperacja.ui.pagination import paginate
from kooperacja.ui.polish import past_due, polish_order
from kooperacja.ui.tables import Column, Table

if TYPE_CHECKING:
    from kooperacja.accounts.models import Account


@require_safe
@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    items = InboxItem.objects.visible_to(cast("Account", request.user))
    shows_done = request.GET.get("stan") == "zalatwione"
    page = paginate(items.filter(done_at__isnull=not shows_done), request)
    return render(request, "inbox/list.html", {"page": page, "shows_done": shows_done})


@require_POST
@login_required
def read(request: HttpRequest, pk: UUID) -> HttpResponse:
    if not mark_read(account_id=cast("Account", request.user).pk, item_id=pk):
        raise Http404
    return redirect("inbox")


@require_safe
@login_required
def tasks(request: HttpRequest) -> HttpResponse:
    """Tasks that teams of all units gave the account, by their day; the late ones come first."""
    today = timezone.localdate()
    columns = (
        Column("numer", "Ustalenie", lambda row: f"nr {row.number}", is_link=True),
        Column("zespol", "Zespół", "team", sort=polish_order("team")),
        Column("jednostka", "Jednostka", "tenant_name", sort=polish_order("tenant_name")),
        Column("termin", "Termin", "due_on", sort="due_on"),
        Column("stan", "Stan", lambda row: past_due(row.due_on, today) or "do wykonania"),
    )
    table = Table(
        request,
        InboxTask.objects.visible_to(cast("Account", request.user)),
        columns,
        "Ustalenia",
        default="termin",
        empty="Żadne ustalenie nie czeka teraz na Ciebie.",
    )
    return render(request, "inbox/tasks.html", {"table": table})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mails(request: HttpRequest) -> HttpResponse:
    """The choice about the daily summary of one's own inbox."""
    account = cast("Account", request.user)
    chosen = SummaryChoice.objects.filter(account=account).first()
    initial = NEVER if chosen and not chosen.is_daily else DAILY
    form = SummaryForm(request.POST or None, initial={"summary": initial})
    if form.is_valid():
        is_daily = form.cleaned_data["summary"] == DAILY
        choose_summary(account_id=account.pk, is_daily=is_daily)
        words = "włączone" if is_daily else "wyłączone"
        messages.success(request, f"Podsumowanie e-mailem jest {words}.")
        return redirect("inbox")
    return render(request, "inbox/mails.html", {"form": form})


@csrf_exempt  # programs press the button for their reader, without a cookie (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
def mails_off(request: HttpRequest, token: str) -> HttpResponse:
    """Switch the daily summary off by the link of a mail; to open it changes nothing."""
    try:
        account = account_of(token)
    except TooOld:
        return render(request, "inbox/mails_off_old.html", {"days": WORKS.days}, status=410)
    if account is None:
        raise Http404
    is_off = request.method == "POST"
    if is_off:
        choose_summary(account_id=account.pk, is_daily=False)
    return render(request, "inbox/mails_off.html", {"is_off": is_off})
