"""What the pages share: a form that was sent twice, and one that came too late."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tenants.partnership.actions import AlreadySaved, StaleForm
from tenants.partnership.models import AccessionDeclaration
from tenants.partnership.workflow import DeclarationState

ALREADY_SAVED = "To już zapisano; drugi raz nic się nie zmieniło."

STATE_KINDS = {
    DeclarationState.DRAFT: "neutral",
    DeclarationState.FILED: "wait",
    DeclarationState.ACCEPTED: "ok",
    DeclarationState.RETURNED: "info",
    DeclarationState.REFUSED: "stop",
}


def state_kind(declaration: AccessionDeclaration) -> str:
    return STATE_KINDS[DeclarationState(declaration.state)]


def form_page(
    request: HttpRequest, template: str, form: forms.BaseForm, **context: Any
) -> HttpResponse:
    """A page with a form; with mistakes in it the status says so."""
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


def say_already_saved(request: HttpRequest) -> None:
    messages.info(request, ALREADY_SAVED)


def save_version(
    request: HttpRequest,
    form: Any,
    write: Callable[[int, dict[str, Any]], object],
    *,
    said: str,
    back: str,
) -> HttpResponse:
    """Save a valid form that carries the version its reader saw; too late, show both texts."""
    values = form.values()
    try:
        write(form.cleaned_data["version"], values)
    except AlreadySaved:
        say_already_saved(request)
    except StaleForm as stale:
        with_version(request, form, stale.current.version)
        return conflict_page(request, form, current=stale.current, fields=values, back=back)
    else:
        messages.success(request, said)
    return redirect(back)


def with_version(request: HttpRequest, form: Any, version: int) -> None:
    """The reader's own values, in a form that may be saved over what is there now."""
    form.data = request.POST.copy()
    form.data["version"] = str(version)


def conflict_page(
    request: HttpRequest,
    form: forms.BaseForm,
    *,
    current: Any,
    fields: Iterable[str],
    back: str,
) -> HttpResponse:
    """Both texts, what is saved now and what one has just written; nothing is lost.

    `form` holds the reader's values and the current version, so sending it again saves them.
    """
    rows = []
    for name in fields:
        saved, own = getattr(current, name), form.data.get(name, "").replace("\r\n", "\n")
        if str(saved if saved is not None else "") != str(own).strip():
            rows.append(
                (form.fields[name].label, _shown(form, name, saved), _shown(form, name, own))
            )
    context = {"form": form, "rows": rows, "back": back}
    return render(request, "components/conflict.html", context, status=409)


def _shown(form: forms.BaseForm, name: str, value: Any) -> Any:
    choices = dict(getattr(form.fields[name], "choices", ()))
    return choices.get(value, choices.get(str(value), value))
