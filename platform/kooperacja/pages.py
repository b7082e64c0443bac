"""Whole pages that every app needs: a form, a list, a question before a step that matters."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.views.decorators.http import require_http_methods

from kooperacja import downloads
from kooperacja.accounts.factors import step_up
from kooperacja.audit.actor import Unproved
from kooperacja.documents.errors import RejectedUpload
from kooperacja.drafts.showing import forget_of, keep_sent, prepare
from kooperacja.permissions import Permission
from kooperacja.tenancy.request import Admission, TenantRequest
from kooperacja.ui.conflict import already_saved, conflict_page
from kooperacja.ui.forms import ask_for_files, saved_before, values_of
from kooperacja.ui.tables import Table
from kooperacja.writes import AlreadySaved, StaleForm

View = Callable[..., HttpResponse]
Find = Callable[..., Any]
To = str | Callable[[Any], str]
Crumbs = Iterable[tuple[str, str]]
READING, ACTING = ("GET", "HEAD"), ("GET", "HEAD", "POST")
IRREVERSIBLE = "Tego kroku nie można cofnąć."


def page(
    may: Permission[...],
    find: Find | None = None,
    *,
    again: bool = False,
    act: str = "",
    leavers: bool = False,
    methods: Any = READING,
) -> Callable[[View], View]:
    """A page one reads: its object is found, its reader may open it.

    `find(person, **parts)` gives the object that the address names, alone or before what else of
    it the page wants to know, or raises Missing or Http404.
    `again` asks for the second factor once more, before anything is filled in; an action that
    wants it and doesn't get it has it asked for when the form is sent; `act` names the deed.
    `leavers` says that the page is for those who left a short time ago and read their own papers:
    its reader is the leaver, for `may` and `find` alike. No other page is open to them.
    """
    opens = _opens(may, find)

    def decorate(view: View) -> View:
        @require_http_methods(methods)
        @wraps(view)
        def wrapper(request: TenantRequest, **parts: Any) -> HttpResponse:
            if request.admission is Admission.LEAVER and not leavers:
                raise may.refused()
            objects = opens(request.leaver if leavers else request.person, **parts)
            if again and (asked := asked_again(request, act)):
                return asked
            try:
                return view(request, *objects)
            except Unproved:
                if asked := asked_again(request, act):
                    return asked
                raise

        wrapper.takes_leavers = leavers  # type: ignore[attr-defined]
        return opened_by(opens, wrapper)

    return decorate


def _opens(may: Permission[...], find: Find | None) -> Find:
    """Finds what an address names, for a reader who may open it."""

    def opens(person: Any, **parts: Any) -> tuple[Any, ...]:
        objects = find(person, **parts) if find else ()
        objects = objects if isinstance(objects, tuple) else (objects,)
        about = () if may.is_of_person else objects[:1]
        may.require(person, *about)
        return objects

    return opens


def step(
    may: Permission[...], find: Find | None = None, *, again: bool = False, act: str = ""
) -> Callable[[View], View]:
    """A page on which one does something."""
    return page(may, find, again=again, act=act, methods=ACTING)


def opened_by(opens: Find, view: View) -> View:
    """Let a view be asked, without a request, if a reader may open it: drafts ask before they keep.

    `opens(reader, **parts)` finds what the address names, or raises why it stays closed.
    """
    view.opens = opens  # type: ignore[attr-defined]
    return view


def asked_again(request: HttpRequest, act: str = "") -> HttpResponse | None:
    """The way to show the second factor once more; what was sent waits as a draft meanwhile."""
    if asked := step_up(request, act=act):
        keep_sent(request)
    return asked


def account_page(
    find: Find | None = None, *, again: bool = False, act: str = ""
) -> Callable[[View], View]:
    """A page of one's own account, on which one does something.

    `find(account, **parts)` gives what the address names; `again` asks for the second factor once
    more, since keys let programs in, and `act` says for what.
    """

    def decorate(view: View) -> View:
        def opens(account: Any, **parts: Any) -> tuple[Any, ...]:
            return (find(account, **parts),) if find else ()

        @login_required
        @require_http_methods(ACTING)
        @wraps(view)
        def wrapper(request: HttpRequest, **parts: Any) -> HttpResponse:
            objects = opens(request.user, **parts)
            if again and (asked := asked_again(request, act)):
                return asked
            return view(request, *objects)

        return opened_by(opens, wrapper)

    return decorate


def row(rows: "type[models.Model] | models.QuerySet[Any]") -> Find:
    """Finds the row of an address by its id alone."""
    return lambda person, pk: get_object_or_404(rows, pk=pk)


def sent(request: HttpRequest) -> dict[str, Any]:
    """The arguments of a bound form, or of an unbound one."""
    return {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}


def form_page(
    request: HttpRequest,
    form: Any,
    act: Callable[..., Any],
    *,
    said: str | Callable[[Any], str],
    to: To,
    ready: Callable[[], object] | None = None,
    template: str = "components/form_page.html",
    **shown: Any,
) -> HttpResponse:
    """Show a form, or do once what it says and go on; what is wrong is said beside its field.

    `ready` raises why there is nothing to fill in now; what was sent is judged by the action.
    """
    back = shown.get("back", "" if callable(to) else to)
    shown["back"] = resolve_url(back) if back else ""
    try:
        if form.is_valid():
            result = act(**values_of(form))
            forget_of(request, form)
            if words := said(result) if callable(said) else said:
                messages.success(request, words)
            return redirect(to(result) if callable(to) else to)
        if saved := saved_before(form):
            raise AlreadySaved(saved)
    except AlreadySaved as repeat:
        forget_of(request, form)
        return already_saved(request, to(repeat.obj) if callable(to) else to)
    except StaleForm as stale:
        prepare(request, form)
        return conflict_page(request, form, stale.current, shown.get("back", ""))
    except ValidationError as wrong:
        form.add_error(None, wrong)
    except RejectedUpload as rejected:
        form.add_error(rejected.field, rejected.words)
    if ready:
        ready()
    prepare(request, form)
    return _shown(request, template, form, shown)


def _shown(
    request: HttpRequest, template: str, form: forms.BaseForm, shown: dict[str, Any]
) -> HttpResponse:
    ask_for_files(form)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **_resolved(shown)}, status=status)


def _resolved(shown: dict[str, Any]) -> dict[str, Any]:
    """Breadcrumbs (words, name of a page or its address) with their addresses, and the last one."""
    crumbs = [(words, resolve_url(to)) for words, to in shown.pop("crumbs", ())]
    return {"last": shown.get("title", ""), **shown, "crumbs": crumbs}


def question(
    request: HttpRequest,
    form: forms.BaseForm,
    act: Callable[..., Any],
    *,
    consequence: str,
    crumbs: Crumbs,
    clause: str = "",
    undo: str = IRREVERSIBLE,
    danger: bool = True,
    remarks: Iterable[str] = (),
    **words: Any,
) -> HttpResponse:
    """The same for a step that matters: what it does, on what clause, how it can be undone.

    `crumbs` are those of the page it stands below; none below the first page. `remarks` are on
    signatures of the file that is decided on.
    """
    said = f"{consequence} Podstawa: {clause}." if clause else consequence
    words |= {"consequence": said, "undo": undo, "danger": danger, "crumbs": crumbs}
    words.setdefault("last", words["button"])
    words["remarks"] = list(remarks)
    return form_page(request, form, act, template="components/confirm.html", **words)


def list_page(
    request: HttpRequest,
    table: Table,
    form: forms.BaseForm | None = None,
    *,
    is_taken: bool = False,
    **shown: Any,
) -> HttpResponse:
    """A list with its filters and the ways to add to it: (words, name of the page, permission).

    One that `is_taken` away is also a file, as it was chosen.
    """
    if is_taken and downloads.is_asked_for(request):
        return downloads.list_file(cast(TenantRequest, request), table)
    template = shown.pop("template", "components/list_page.html")
    person = getattr(request, "person", None)
    add = [entry for entry in shown.pop("add", ()) if entry[2](person)]
    files = downloads.ways(request) if is_taken and table.page.total else []
    plain = {
        "files": files,
        "table": table,
        "form": form,
        "add": add,
        "title": table.caption,
        "lead": "",
    }
    return render(request, template, _resolved(plain | shown))
