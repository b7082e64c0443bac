"""The front door and the accessibility declaration of the platform."""

from datetime import date
from email.utils import parseaddr

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from kooperacja.ui.links import root_link

PUBLISHED_ON = date(2026, 11, 22)
REVIEWED_ON = date(2026, 11, 22)


@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    """Leads a signed-in account to its places of work, others to the sign-in."""
    return redirect(root_link("places" if request.user.is_authenticated else "account_login"))


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The platform's own declaration (act of 4 April 2019, art. 10); each tenant has another."""
    values = {
        "published_on": PUBLISHED_ON,
        "reviewed_on": REVIEWED_ON,
        "site": request.build_absolute_uri("/").rstrip("/"),
        "officer": getattr(settings, "ACCESSIBILITY_OFFICER", "koordynator dostępności ROPS"),
        "email": getattr(
            settings, "ACCESSIBILITY_EMAIL", parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        ),
        "phone": getattr(settings, "ACCESSIBILITY_PHONE", ""),
    }
    return render(request, "accessibility.html", values)
