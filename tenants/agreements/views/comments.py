"""Comments on the clauses of a draft: beside the text, their list, one of them, its answers (POR)."""

from functools import partial

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kooperacja.guard.passing import guarded
from kooperacja.pages import form_page, page, question, row, sent, step
from kooperacja.ui.forms import SeenForm
from tenants.agreements import perms
from tenants.agreements.actions import comments as acts
from tenants.agreements.actions.drafts import require_draft
from tenants.agreements.consolidated import text_of
from tenants.agreements.forms.comments import (
    ALL,
    AnswerCommentForm,
    CommentsFilter,
    NewCommentForm,
)
from tenants.agreements.models import Agreement, ClauseComment
from tenants.agreements.models.comments import OFFICE_NAME
from tenants.agreements.said import Said, clauses_of, names_of, said_of
from tenants.agreements.sides import askable, sides_of
from tenants.agreements.text import Text
from tenants.agreements.views import drafts
from tenants.people.identity import PersonRequest
from tenants.people.models import Person
from tenants.teams.sides import code_of, in_words

COMMENTS = "agreements:agreement_comments"
_BEGINNING = 6  # words of a clause where one is chosen
_ROWS = ClauseComment.objects.select_related(
    "agreement", "author", "organisation", "asked", "closed_by"
)
find = row(_ROWS)


@page(perms.see_negotiation, drafts.find)
def listing(request: PersonRequest, agreement: Agreement) -> HttpResponse:
    """The comments on a draft: open ones in the order of the text, on clauses that went, closed."""
    names = names_of(text_of(agreement))
    form = CommentsFilter(request.GET, names=names)
    clause = form.chosen.get("postanowienie")
    rows = agreement.comments.select_related("author", "organisation", "asked")
    found = said_of(
        rows.filter(**({"clause": clause} if clause else {})).annotate(answers=Count("replies")),
        names,
    )
    waiting = [said for said in found if said.comment.is_open]
    context = {
        "agreement": agreement,
        "form": form,
        "open": [said for said in waiting if not said.is_gone],
        "gone": [said for said in waiting if said.is_gone],
        "closed": [said for said in found if not said.comment.is_open],
        "is_all": form.chosen.get("stan") == ALL,
        "can_comment": _can_comment(request.person, agreement),
    }
    return render(request, "agreements/comments.html", context)


@page(perms.see_comment, find)
def show(request: PersonRequest, comment: ClauseComment) -> HttpResponse:
    """One comment with its answers, and the clause as it reads now."""
    person, agreement = request.person, comment.agreement
    clauses = {one["key"]: one for one in clauses_of(text_of(agreement))}
    clause = clauses.get(comment.clause)
    is_going_on = comment.is_open and agreement.is_draft
    context = {
        "comment": comment,
        "said": Said(comment, clause["name"] if clause else comment.clause_name, clause is None),
        "clause": clause,
        "replies": list(comment.replies.select_related("author", "organisation")),
        "can_answer": is_going_on and perms.answer_comment(person, comment),
        "can_close": is_going_on and perms.close_comment(person, comment),
    }
    return render(request, "agreements/comment.html", context)


@step(perms.comment_on, drafts.find)
def new(request: PersonRequest, agreement: Agreement) -> HttpResponse:
    clauses = {one["key"]: one for one in clauses_of(Text(agreement))}
    clause = clauses.get(request.GET.get("postanowienie", ""))
    sides = sides_of(request.person, agreement)
    own = code_of(next(iter(sides))) if len(sides) == 1 else ""
    form = NewCommentForm(
        **sent(request),
        speaks_for=in_words(sides, OFFICE_NAME),
        clauses={key: _chosen_by(one) for key, one in clauses.items()},
        askable=[one for one in askable(agreement) if one[0] != own],
        clause=clause["key"] if clause else "",
    )
    return form_page(
        request,
        form,
        partial(guarded(acts.comment), by=request.actor, agreement_id=agreement.pk),
        ready=partial(require_draft, agreement),
        said="Zgłoszono uwagę.",
        to=lambda comment: comment.url,
        back=reverse("agreements:agreement_text", args=[agreement.pk]),
        template="agreements/comment_new.html",
        title="Nowa uwaga",
        lead=_read_by("Uwagę", agreement),
        crumbs=_crumbs(agreement),
        submit="Zgłoś uwagę",
        clause=clause,
    )


def _chosen_by(clause: dict[str, str]) -> str:
    """A clause as one chooses it: its name and the first words."""
    words = clause["text"].split()
    begin = " ".join(words[:_BEGINNING]).rstrip(",.;:")
    more = "…" if len(words) > _BEGINNING else ""
    return f"{clause['name']}, {begin}{more}" if words else clause["name"]


def _read_by(what: str, agreement: Agreement) -> str:
    if agreement.shared_on:
        return f"{what} przeczyta ośrodek i wszystkie Strony."
    return (
        f"Projektu nie udostępniono jeszcze Stronom. {what} przeczyta na razie tylko ośrodek, a "
        "Strony wtedy, gdy dostaną projekt."
    )


@step(perms.answer_comment, find)
def answer(request: PersonRequest, comment: ClauseComment) -> HttpResponse:
    sides = in_words(sides_of(request.person, comment.agreement), OFFICE_NAME)
    return form_page(
        request,
        AnswerCommentForm(**sent(request), speaks_for=sides),
        partial(guarded(acts.answer), by=request.actor, comment_id=comment.pk),
        ready=partial(acts.require_open, comment),
        said="Zapisano odpowiedź.",
        to=comment.url,
        title="Odpowiedz na uwagę",
        lead=_read_by("Odpowiedź", comment.agreement),
        crumbs=[*_crumbs(comment.agreement), (str(comment), comment.url)],
        submit="Odpowiedz",
    )


@step(perms.close_comment, find)
def close(request: PersonRequest, comment: ClauseComment) -> HttpResponse:
    return question(
        request,
        SeenForm(**sent(request), row=comment),
        partial(acts.close, by=request.actor, comment_id=comment.pk),
        ready=partial(acts.require_open, comment),
        question="Zamknąć uwagę?",
        consequence=_why_closed(request.person, comment),
        undo="Zamkniętej uwagi nie można otworzyć; można zgłosić nową.",
        button="Zamknij uwagę",
        said="Zamknięto uwagę.",
        to=comment.url,
        crumbs=[*_crumbs(comment.agreement), (str(comment), comment.url)],
        danger=False,
    )


def _why_closed(person: Person, comment: ClauseComment) -> str:
    if comment.organisation_id not in sides_of(person, comment.agreement):
        return (
            f"Uwagę zgłosiła instytucja {comment.side}. Nie jest już Stroną albo nikt tu w jej "
            "imieniu nie działa, dlatego uwagę zamyka ośrodek. Sprawdź, czy sprawa jest wyjaśniona."
        )
    words = (
        "Zamknięcie mówi, że sprawa jest wyjaśniona. Uwaga i odpowiedzi zostają do przeczytania."
    )
    if comment.author_id in person.entries:
        return words
    return f"Uwagę zgłosiła inna osoba w tym samym imieniu: {comment.author}. {words}"


def _can_comment(person: Person, agreement: Agreement) -> bool:
    return agreement.is_draft and perms.comment_on(person, agreement)


def _crumbs(agreement: Agreement) -> list[tuple[str, str]]:
    return [*drafts.crumbs_of(agreement), ("Uwagi", reverse(COMMENTS, args=[agreement.pk]))]
