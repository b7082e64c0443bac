"""A draft on its page: its values in the form, and how it differs from what was saved meanwhile."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse

from kooperacja.crypto.envelope import CryptoError
from kooperacja.drafts import keeping, slips
from kooperacja.drafts.rules import KEY, TooLong, typed
from kooperacja.drafts.slips import Slip
from kooperacja.tenancy.urls import root_reverse
from kooperacja.ui.conflict import Difference, difference
from kooperacja.ui.forms import row_of_key


@dataclass(frozen=True, slots=True)
class Shown:
    """The drafts of a page: where they are kept, and what was brought back."""

    slip: str
    keep_at: str
    forget_at: str
    saved_at: datetime | None = None
    differences: tuple[Difference, ...] = ()  # to what somebody saved meanwhile


def prepare(request: HttpRequest, form: forms.BaseForm) -> None:
    """Let a form that is about to be shown carry its slip, and fill it with the draft there is."""
    slip = slips.of_form(request, form)
    if slip is None:
        return
    restored = None if form.is_bound or not _may_have_one(request) else _restored(slip, form)
    url = root_reverse if slip.tenant_id is None else reverse
    shown = Shown(slip.signed(), url("draft_keep"), url("draft_forget"), *(restored or ()))
    form.draft = shown  # type: ignore[attr-defined]


def forget_of(request: HttpRequest, form: forms.BaseForm) -> None:
    """Forget what was typed, since it is saved now."""
    if slip := slips.of_form(request, form):
        keeping.forget(slip)


def keep_sent(request: HttpRequest) -> None:
    """Let a form that was sent wait until its reader has shown the second factor once more."""
    slip = slips.read(request) if request.method == "POST" else None
    if slip is None or slip.account_id != request.user.pk or slip.path != slips.path_of(request):
        return
    with suppress(TooLong, CryptoError):
        keeping.keep(slip, request.POST)


def _may_have_one(request: HttpRequest) -> bool:
    """The query for the person of a request says if there is any draft of theirs."""
    return bool(getattr(getattr(request, "person", None), "has_drafts", True))


def _restored(slip: Slip, form: forms.BaseForm) -> tuple[datetime, tuple[Difference, ...]] | None:
    draft = keeping.newest(slip)
    if draft is None:
        return None
    try:
        own = dict(typed(form, draft.values))
    except CryptoError:  # what can't be opened stays closed, and the page works without it
        return None
    if row_of_key(form, own.get(KEY)) is not None:
        return None  # sent and saved in the meantime
    is_stale, before = False, {}
    for name, value in own.items():
        field = form.fields[name]
        saved = field.prepare_value(form.get_initial_for_field(field, name))
        if not field.widget.is_hidden:
            before[name] = saved
        elif name != KEY and str(value or "") != str("" if saved is None else saved):
            is_stale = True
    differences = tuple(
        one for name, saved in before.items() if (one := difference(form, name, saved, own[name]))
    )
    if not differences:
        return None
    _fill(form, {name: own[name] for name in (*before, KEY) if name in own})
    return draft.saved_at, differences if is_stale else ()


def _fill(form: forms.BaseForm, values: dict[str, Any]) -> None:
    """Put what was typed into the form; of what is hidden only the id of the row it will make."""
    form.initial = {**(form.initial or {}), **values}
