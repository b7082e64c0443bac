"""Pages of an account about all the units it works in, under /konto/."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kooperacja.accounts.models import Account
from tenants.people.calendar import by_month
from tenants.people.matters import days_of_account


@require_safe
@login_required
def calendar(request: HttpRequest) -> HttpResponse:
    """Days that wait for the account in all its units."""
    assert isinstance(request.user, Account)
    day = timezone.localdate()
    matters, silent = days_of_account(request.user, day)
    months = by_month((one.waiting, one.tenant) for one in matters)
    context = {"day": day, "months": months, "silent": silent}
    return render(request, "people/account_calendar.html", context)
