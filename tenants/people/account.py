"""Pages of an account about all the units it works in, and its calendar's feed, under /konto/."""

import time
from functools import partial
from urllib.parse import urljoin

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kooperacja.accounts import factors, feeds, limits
from kooperacja.accounts.models import Account
from kooperacja.pages import account_page, question, sent
from kooperacja.ui.conflict import already_saved
from kooperacja.writes import AlreadySaved
from tenants.people import matters
from tenants.people.calendar import by_month
from tenants.people.forms import FeedForm
from tenants.people.ical import feed_of
from tenants.registry import directory

# Programs ask every few minutes at most; of strangers, who guesses asks without end.
READ_AN_HOUR, WRONG_AN_HOUR, HOUR = 60, 120, 3600


def _account(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)
    return request.user


@require_safe
@login_required
def calendar(request: HttpRequest) -> HttpResponse:
    """Days that wait for the account in all its units, and the address at which programs read them."""
    account, day = _account(request), timezone.localdate()
    found, silent = matters.days_of_account(account, day)
    context = {
        "day": day,
        "months": by_month((one.waiting, one.tenant) for one in found),
        "silent": silent,
        "feed": feeds.live_of(account),
    }
    return render(request, "people/account_calendar.html", context)


@never_cache
@account_page(again=True, act="utworzenie adresu kalendarza")
def feed_new(request: HttpRequest) -> HttpResponse:
    """A new address; it stands in this one answer and nowhere else."""
    form = FeedForm(**sent(request))
    if not form.is_valid():
        context = {"form": form, "feed": feeds.live_of(_account(request))}
        return render(request, "people/calendar_feed_new.html", context)
    try:
        _, secret = feeds.issue(by=factors.actor_of(request), key=form.cleaned_data["key"])
    except AlreadySaved:  # the page was loaded anew
        return already_saved(request, "account_calendar")
    address = urljoin(settings.SITE_URL, reverse("calendar_feed", args=[secret]))
    return render(request, "people/calendar_feed_made.html", {"address": address})


@account_page(again=True, act="unieważnienie adresu kalendarza")
def feed_revoke(request: HttpRequest) -> HttpResponse:
    return question(
        request,
        forms.Form(**sent(request)),
        partial(feeds.revoke, by=factors.actor_of(request)),
        said="Adres kalendarza jest unieważniony.",
        to="account_calendar",
        crumbs=[("Kalendarz", "account_calendar")],
        question="Unieważnić adres kalendarza?",
        consequence="Programy, które go znają, przestaną widzieć Twoje terminy.",
        undo="Tego nie można cofnąć; można utworzyć nowy adres.",
        button="Unieważnij adres",
    )


@never_cache
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The days of whoever the address belongs to, as its people see them now."""
    account = feeds.find(secret)
    if account is None:
        if limits.is_within(request, action="calendar", most=WRONG_AN_HOUR, seconds=HOUR):
            raise Http404
        return _later(429, HOUR)
    if limits.count(f"calendar:{account.pk}", until=time.time() + HOUR) > READ_AN_HOUR:
        return _later(429, HOUR)
    found, silent = matters.days_of_account(account, timezone.localdate())
    if any(one.why == matters.UNREACHED for one in silent):
        return _later(503, HOUR // 12)  # else the program would forget the days of that unit
    if directory.demands_second_factor(account.pk) and not factors.has_factor(account):
        found = []
    answer = HttpResponse(
        feed_of(((one.waiting, one.tenant) for one in found), timezone.now()),
        content_type="text/calendar; charset=utf-8",
    )
    answer.headers["Content-Disposition"] = 'inline; filename="kooperacja.ics"'
    return answer


feed.is_public = True  # type: ignore[attr-defined]  # the address is the key


def _later(status: int, seconds: int) -> HttpResponse:
    return HttpResponse(status=status, headers={"Retry-After": str(seconds)})
