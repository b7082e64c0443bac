"""A form that came twice, and one that came too late: both texts, saved and just written."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kooperacja.ui.problems import Problem

Difference = tuple[str, Any, Any]  # label, saved, own


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
        widget = form.fields[name].widget
        own = widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        if row := difference(form, name, saved, own):
            rows.append(row)
    context = {"form": form, "rows": rows, "back": back or current.url}
    return render(request, "components/conflict.html", context, status=409)


def difference(form: forms.BaseForm, name: str, saved: Any, own: Any) -> Difference | None:
    """The label of a field with what is saved and what its reader wrote, unless they are one."""
    if _plain(saved) == _plain(own):
        return None
    field = form.fields[name]
    return str(field.label), _shown(field, saved), _shown(field, own)


def _plain(value: Any) -> str:
    """A value as a form sends it; what is chosen in any order is the same."""
    if isinstance(value, list | tuple | QuerySet):
        return ", ".join(sorted(_plain(one) for one in value))
    text = "" if value is None or value is False else str(getattr(value, "pk", value))
    return text.replace("\r\n", "\n").strip()


def _shown(field: forms.Field, value: Any) -> Any:
    if isinstance(value, list | tuple | QuerySet):
        return ", ".join(str(_shown(field, one)) for one in value)
    if isinstance(value, bool):
        return "tak" if value else "nie"
    choices = {str(choice): label for choice, label in getattr(field, "choices", ())}
    return choices.get(str(getattr(value, "pk", value)), value)
