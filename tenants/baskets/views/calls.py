"""The list by which the office calls whoever has not answered, as a file (REG §3.5.a)."""

from functools import partial

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from kooperacja.documents.drawing import FORMATS, drawn
from kooperacja.documents.length import is_long
from kooperacja.pages import page, question, sent, step
from kooperacja.ui.files import file_response
from tenants.baskets import perms
from tenants.baskets.models.checks import CardCheck
from tenants.baskets.papers import PHONE_LIST, calls_context, prepare_calls
from tenants.baskets.views.cards import WAY
from tenants.baskets.views.checking import LIST
from tenants.people.identity import PersonRequest
from tenants.people.models import Person


def _kind(person: Person, kind: str) -> str:
    return kind


@page(perms.review, _kind)
def printed(request: PersonRequest, kind: str) -> HttpResponse:
    """The list on paper, with room for each answer; one that takes long is made in the background."""
    context = calls_context(request.actor.today)
    if is_long(PHONE_LIST, context, FORMATS[kind]):
        return redirect(f"{reverse('baskets:calls_prepare')}?plik={kind}")
    content = drawn(PHONE_LIST, context, FORMATS[kind], by=request.actor)
    return file_response(content, name=_name(kind), content_type=FORMATS[kind])


def _name(kind: str) -> str:
    return f"Lista telefoniczna – potwierdzanie usług.{kind}"


@step(perms.review, again=True, act="plik listy telefonicznej")
def prepare(request: PersonRequest) -> HttpResponse:
    """The file of a list that is too long to wait for."""
    kind = "docx" if request.GET.get("plik") == "docx" else "pdf"
    again_at = f"{reverse('baskets:calls_prepare')}?plik={kind}"
    return question(
        request,
        forms.Form(**sent(request)),
        partial(prepare_calls, by=request.actor, name=_name(kind), again_at=again_at),
        crumbs=[*WAY[:1], LIST],
        last="Plik",
        question=f"Przygotować plik {kind.upper()} listy telefonicznej?",
        consequence="Lista jest długa, więc plik przygotujemy w tle. Damy znać, gdy będzie gotowy; "
        "pobierzesz go przez 7 dni.",
        undo="Niczego to nie zmienia.",
        danger=False,
        button="Przygotuj plik",
        said="",
        to=lambda prepared: prepared.url,
        back=CardCheck.list_url(),
    )
