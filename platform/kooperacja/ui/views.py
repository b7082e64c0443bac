"""The accessibility declaration of the platform, and the guide."""

from datetime import date
from email.utils import parseaddr

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kooperacja.ui import guide
from kooperacja.ui.forms import SearchForm

PUBLISHED_ON = date(2026, 11, 22)
REVIEWED_ON = date(2026, 11, 22)


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


@require_safe
def guide_contents(request: HttpRequest) -> HttpResponse:
    """ "Pomoc": the sections of the guide, or those in which the words stand."""
    form = SearchForm(request.GET)
    words = form.chosen.get("szukaj", "")
    values = {"form": form, "words": words, "sections": guide.found(words)}
    return render(request, "guide/contents.html", values)


@require_safe
def guide_section(request: HttpRequest, slug: str) -> HttpResponse:
    """One section, with those that stand in it."""
    section = guide.section_of(slug)
    if section is None:
        raise Http404
    below = [one for one in guide.sections() if one.above == slug]
    values = {"section": section, "above": guide.section_of(section.above), "below": below}
    return render(request, "guide/section.html", values)
