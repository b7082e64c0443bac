"""Comments on the clauses of a draft: beside the text, their list, one of them, its answers (POR)."""

from functools import partial
from uuid import UUID

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render, resolve_url

from kooperacja.guard.passing import guarded
from kooperacja.pages import form_page, page, question, row, sent, step
from kooperacja.ui.forms import SeenForm
from tenants.agreements import perms
from tenants.agreements.actions import comments as acts
from tenants.agreements.forms.comments import (
    ALL,
    AnswerCommentForm,
    CommentsFilter,
    NewCommentForm,
)
from tenants.agreements.models import Agreement, Amendment, ClauseComment
from tenants.agreements.models.amendments import Lies
from tenants.agreements.models.comments import OFFICE_NAME
from tenants.agreements.said import Said, chosen_by, clauses_on, names_on, said_of
from tenants.agreements.sides import askable, sides_of
from tenants.agreements.views import amendments, drafts
from tenants.people.identity import PersonRequest
from tenants.people.models import Person
from tenants.teams.sides import code_of, in_words

_TITLE = "Uwagi"
_ROWS = ClauseComment.objects.select_related(
    *("agreement", "amendment__agreement", "author", "organisation", "asked", "closed_by")
)
find = row(_ROWS)


@page(perms.see_negotiation, drafts.find)
def listing(request: PersonRequest, agreement: Agreement) -> HttpResponse:
    return _listing(request, agreement)


@page(perms.see_negotiation, amendments.find)
def listing_of_amendment(request: PersonRequest, amendment: Amendment) -> HttpResponse:
    return _listing(request, amendment)


def _listing(request: PersonRequest, draft: Lies) -> HttpResponse:
    """The comments on a draft: open ones in the order of the text, on clauses that went, closed."""
    names = names_on(draft)
    form = CommentsFilter(request.GET, names=names)
    clause = form.chosen.get("postanowienie")
    rows = ClauseComment.objects.on(draft).select_related("author", "organisation", "asked")
    found = said_of(
        rows.filter(**({"clause": clause} if clause else {})).annotate(answers=Count("replies")),
        names,
    )
    waiting = [said for said in found if said.comment.is_open]
    context = {
        "draft": draft,
        "read_at": _read_at(draft),
        "new_at": draft.url_of("comment_new"),
        "crumbs": _above(draft),
        "last": _TITLE,
        "form": form,
        "open": [said for said in waiting if not said.is_gone],
        "gone": [said for said in waiting if said.is_gone],
        "closed": [said for said in found if not said.comment.is_open],
        "is_all": form.chosen.get("stan") == ALL,
        "can_comment": draft.is_draft and perms.comment_on(request.person, draft),
    }
    return render(request, "agreements/comments.html", context)


@page(perms.see_comment, find)
def show(request: PersonRequest, comment: ClauseComment) -> HttpResponse:
    """One comment with its answers, and the clause as it reads now."""
    person, draft = request.person, comment.draft
    clauses = {one["key"]: one for one in clauses_on(draft)}
    clause = clauses.get(comment.clause)
    is_going_on = comment.is_open and draft.is_draft
    context = {
        "comment": comment,
        "crumbs": _crumbs(draft),
        "last": comment,
        "said": Said(comment, clause["name"] if clause else comment.clause_name, clause is None),
        "clause": clause,
        "replies": list(comment.replies.select_related("author", "organisation")),
        "can_answer": is_going_on and perms.answer_comment(person, comment),
        "can_close": is_going_on and perms.close_comment(person, comment),
    }
    return render(request, "agreements/comment.html", context)


@step(perms.comment_on, drafts.find)
def new(request: PersonRequest, agreement: Agreement) -> HttpResponse:
    return _new(request, agreement, agreement_id=agreement.pk)


@step(perms.comment_on, amendments.find)
def new_on_amendment(request: PersonRequest, amendment: Amendment) -> HttpResponse:
    of = {"agreement_id": amendment.agreement_id, "amendment_id": amendment.pk}
    return _new(request, amendment, **of)


def _new(request: PersonRequest, draft: Lies, **of: UUID) -> HttpResponse:
    clauses = {one["key"]: one for one in clauses_on(draft)}
    clause = clauses.get(request.GET.get("postanowienie", ""))
    sides = sides_of(request.person, draft)
    own = code_of(next(iter(sides))) if len(sides) == 1 else ""
    form = NewCommentForm(
        **sent(request),
        speaks_for=in_words(sides, OFFICE_NAME),
        clauses={key: chosen_by(one["name"], one["text"]) for key, one in clauses.items()},
        askable=[one for one in askable(draft) if one[0] != own],
        clause=clause["key"] if clause else "",
    )
    return form_page(
        request,
        form,
        partial(guarded(acts.comment), by=request.actor, **of),
        ready=partial(acts.require_draft, draft),
        said="Zgłoszono uwagę.",
        to=lambda comment: comment.url,
        back=_read_at(draft),
        template="agreements/clause_form.html",
        title="Nowa uwaga",
        lead=_read_by("Uwagę", draft),
        crumbs=_crumbs(draft),
        submit="Zgłoś uwagę",
        clause=clause,
    )


def _read_by(what: str, draft: Lies) -> str:
    if draft.shared_on:
        return f"{what} przeczyta ośrodek i wszystkie Strony."
    return (
        f"Projektu nie udostępniono jeszcze Stronom. {what} przeczyta na razie tylko ośrodek, a "
        "Strony wtedy, gdy dostaną projekt."
    )


@step(perms.answer_comment, find)
def answer(request: PersonRequest, comment: ClauseComment) -> HttpResponse:
    sides = in_words(sides_of(request.person, comment.draft), OFFICE_NAME)
    return form_page(
        request,
        AnswerCommentForm(**sent(request), speaks_for=sides),
        partial(guarded(acts.answer), by=request.actor, comment_id=comment.pk),
        ready=partial(acts.require_open, comment),
        said="Zapisano odpowiedź.",
        to=comment.url,
        title="Odpowiedz na uwagę",
        lead=_read_by("Odpowiedź", comment.draft),
        crumbs=[*_crumbs(comment.draft), (str(comment), comment.url)],
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
        crumbs=[*_crumbs(comment.draft), (str(comment), comment.url)],
        danger=False,
    )


def _why_closed(person: Person, comment: ClauseComment) -> str:
    if comment.organisation_id not in sides_of(person, comment.draft):
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


def _read_at(draft: Lies) -> str:
    """The page on which the draft is read, with the ways to its comments."""
    return draft.url_of("text") if isinstance(draft, Agreement) else draft.url


def _above(draft: Lies) -> list[tuple[str, str]]:
    """The way to the draft, by addresses."""
    if isinstance(draft, Agreement):
        crumbs = drafts.crumbs_of(draft)
    else:
        crumbs = amendments.crumbs_of(draft)
    return [(words, resolve_url(to)) for words, to in crumbs]


def _crumbs(draft: Lies) -> list[tuple[str, str]]:
    return [*_above(draft), (_TITLE, draft.url_of("comments"))]
