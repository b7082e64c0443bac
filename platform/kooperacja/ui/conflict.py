"""A form that came twice, and one that came too late: both texts, saved and just written."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kooperacja.ui.problems import Problem


def already_saved(request: HttpRequest, to: str) -> HttpResponse:
    messages.info(request, "To już zapisano; drugi raz nic się nie zmieniło.")
    return redirect(to)


def conflict_page(request: HttpRequest, form: Any, current: Any, back: str = "") -> HttpResponse:
    """Both texts; nothing is lost.

    The form goes on from what is saved (`seen_now`), so sending it again saves the reader's own text.
    A form that does not know its texts by name (`saved_now`) is answered by a Problem, for which
    the row may find better words: `changed_meanwhile()`.
    """
    if not hasattr(form, "saved_now"):
        if hasattr(current, "changed_meanwhile"):
            raise current.changed_meanwhile()
        raise Problem(
            "Ktoś właśnie zmienił te dane",
            "Sprawdź, co jest teraz zapisane, i wpisz zmianę jeszcze raz.",
            kept="Twoja zmiana nie została zapisana.",
            at=current,
            action="Zobacz, co jest zapisane",
        )
    form.data = form.data.copy()
    form.data.update(form.seen_now(current))
    rows = []
    for name, saved in form.saved_now(current).items():
        own = form.data.get(name, "").replace("\r\n", "\n")
        if str(saved if saved is not None else "") != str(own).strip():
            field = form.fields[name]
            rows.append((field.label, _shown(field, saved), _shown(field, own)))
    context = {"form": form, "rows": rows, "back": back or current.url}
    return render(request, "components/conflict.html", context, status=409)


def _shown(field: forms.Field, value: Any) -> Any:
    choices = dict(getattr(field, "choices", ()))
    return choices.get(value, choices.get(str(value), value))
