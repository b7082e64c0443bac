"""The full list of what waits for an account in all its tenants."""

from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from kooperacja.inbox.actions import mark_read
from kooperacja.inbox.models import InboxItem
from kooperacja.ui.pagination import paginate

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
