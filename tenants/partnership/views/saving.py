"""A page with a form that becomes one action; wrong days are said beside their fields."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect

from kooperacja.tenancy.request import TenantRequest
from tenants.partnership.actions import AlreadySaved
from tenants.partnership.views.common import form_page, say_already_saved


def save_form(
    request: TenantRequest,
    form: forms.Form,
    save: Callable[[dict[str, Any]], object],
    *,
    said: str,
    back: str,
    **page: Any,
) -> HttpResponse:
    """Show the form, or save what it says once and go back."""
    page["back"] = back
    if not form.is_valid():
        return form_page(request, "partnership/institution_form.html", form, **page)
    try:
        save(form.values())  # type: ignore[attr-defined]
    except AlreadySaved:
        say_already_saved(request)
    except ValidationError as wrong:
        form.add_error(None, wrong)
        return form_page(request, "partnership/institution_form.html", form, **page)
    else:
        messages.success(request, said)
    return redirect(back)


def ended(
    request: TenantRequest, form: forms.Form, end: Callable[..., object], *, said: str
) -> bool:
    """Whether the question was answered: it ended now, or had ended before."""
    if not form.is_valid():
        return False
    try:
        end(**form.cleaned_data)
    except AlreadySaved:
        say_already_saved(request)
    except ValidationError as wrong:
        form.add_error(None, wrong)
        return False
    else:
        messages.success(request, said)
    return True
