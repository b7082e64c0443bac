"""Whole pages that every app needs: a question before a step that matters."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

IRREVERSIBLE = "Tego kroku nie można cofnąć."


def confirm(
    request: HttpRequest,
    *,
    question: str,
    consequence: str,
    button: str,
    back: str,
    undo: str = IRREVERSIBLE,
    form: forms.BaseForm | None = None,
    danger: bool = True,
) -> HttpResponse:
    """Ask before a destructive step; its form posts to the same address.

    `undo` says how it can be undone, or that it can't. With a form (a reason) its errors answer 422.
    """
    values = {
        "question": question,
        "consequence": consequence,
        "undo": undo,
        "button": button,
        "back": back,
        "form": form,
        "danger": danger,
    }
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return render(request, "components/confirm.html", values, status=status)
