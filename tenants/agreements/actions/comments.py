"""Clauses of a draft are commented on, answered, and comments closed by their side (POR preamble)."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.notifications.base import Recipient, send, settle
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.writes import AlreadySaved, StaleForm, insert_once
from tenants.agreements import perms
from tenants.agreements.actions import amendments, drafts
from tenants.agreements.models import (
    Agreement,
    Amendment,
    ClauseComment,
    CommentReply,
    TextVersion,
)
from tenants.agreements.models.amendments import Lies
from tenants.agreements.notifications.agreements import ClauseCommented, CommentAnswered
from tenants.agreements.said import names_on, open_names
from tenants.agreements.sides import askable, sides_of, voices_of, written_for
from tenants.people.actions.invitations import recipients
from tenants.people.models import Person
from tenants.teams.sides import LEAD, Side, code_of

MOST, MOST_REPLIES = 500, 100
_FOR_A_PARTY = "Za Stronę, dla której nikt już tu nie czyta projektu."


@transaction.atomic
def comment(
    *,
    by: Actor,
    agreement_id: UUID,
    key: UUID,
    clause: str,
    asked: str,
    text: str,
    of: str = "",
    amendment_id: UUID | None = None,
) -> ClauseComment:
    """Comment on a clause for one's side, and ask another side to answer, if any is chosen."""
    draft = _locked_draft(agreement_id, amendment_id)
    person = Person.objects.acting(by)
    perms.comment_on.require(person, draft)
    if saved := ClauseComment.objects.filter(pk=key).first():
        raise AlreadySaved(saved)
    require_draft(draft)
    assert person is not None  # nobody else may comment
    side = written_for(of, sides_of(person, draft))
    _require_askable(draft, side, asked)
    if ClauseComment.objects.on(draft).count() >= MOST:
        raise ValidationError(f"Do jednego projektu można zgłosić najwyżej {MOST} uwag.")
    row = ClauseComment(
        id=key,
        agreement_id=agreement_id,
        amendment_id=amendment_id,
        clause=clause,
        clause_name=_name_of(draft, clause),
        text=text,
        author=person,
        organisation_id=side,
        asked_id=UUID(asked) if asked not in ("", LEAD) else None,
        asks_office=asked == LEAD,
        text_number=_last_kept(draft),
    )
    insert_once(row)
    record(by=by, verb="AGREEMENT_COMMENTED", obj=row)
    _tell_commented(by, row, side)
    return row


@transaction.atomic
def answer(*, by: Actor, comment_id: UUID, key: UUID, text: str, of: str = "") -> CommentReply:
    """Answer a comment for one's side; the other side is told."""
    row = _locked(comment_id)
    person = Person.objects.acting(by)
    perms.answer_comment.require(person, row)
    if saved := CommentReply.objects.filter(pk=key).first():
        raise AlreadySaved(saved)
    require_open(row)
    assert person is not None  # nobody else may answer
    side = written_for(of, sides_of(person, row.draft))
    if row.replies.count() >= MOST_REPLIES:
        raise ValidationError(f"Jedna uwaga może mieć najwyżej {MOST_REPLIES} odpowiedzi.")
    reply = CommentReply(id=key, comment=row, text=text, author=person, organisation_id=side)
    insert_once(reply)
    # Whoever is about to close the comment has not read this answer yet.
    row.version += 1
    row.save(update_fields=["version"])
    record(by=by, verb="AGREEMENT_COMMENT_ANSWERED", obj=row)
    _tell_answered(by, row, reply, side)
    return reply


@transaction.atomic
def close(*, by: Actor, comment_id: UUID, version: int) -> ClauseComment:
    """Close a comment of one's side; nothing reopens it, a new one is written instead."""
    row = _locked(comment_id)
    person = Person.objects.acting(by)
    perms.close_comment.require(person, row)
    if not row.is_open:
        raise AlreadySaved(row)
    require_draft(row.draft)
    if row.version != version:
        raise StaleForm(row)
    # Only the office closes what is not its own.
    is_own = row.organisation_id in sides_of(person, row.draft)
    row.closed_on, row.closed_by = by.today, person
    row.version += 1
    row.save(update_fields=["closed_on", "closed_by", "version"])
    record(by=by, verb="AGREEMENT_COMMENT_CLOSED", obj=row, why="" if is_own else _FOR_A_PARTY)
    settle(dedupe=_commented(row))
    return row


def require_draft(draft: Lies) -> None:
    """Comments are written, answered and closed as long as it is one."""
    if isinstance(draft, Agreement):
        drafts.require_draft(draft)
    else:
        amendments.require_draft(draft)


def require_open(row: ClauseComment) -> None:
    """It may still be answered and closed."""
    require_draft(row.draft)
    if not row.is_open:
        raise Problem(
            "Ta uwaga jest zamknięta",
            "Jeśli sprawa wraca, zgłoś nową uwagę do tego postanowienia.",
            kept=NOTHING_SAVED,
            at=row,
            action="Przejdź do uwagi",
        )


def require_none_open(agreement: Agreement) -> None:
    """Every comment on a locked agreement is closed; else the clauses are named."""
    if names := open_names(agreement):
        raise Problem(
            "Nie wszystkie uwagi są zamknięte",
            f"Otwarte są uwagi do postanowień: {'; '.join(names)}. Uwagę zamyka osoba, która ją "
            "zgłosiła, albo inna z tej samej Strony.",
            kept=NOTHING_SAVED,
            at=agreement,
            page="comments",
            action="Zobacz uwagi",
        )


def _locked(comment_id: UUID) -> ClauseComment:
    """A comment; its draft is locked first."""
    of = ClauseComment.objects.values_list("agreement", "amendment").get(pk=comment_id)
    draft = _locked_draft(*of)
    row = ClauseComment.objects.select_related("organisation", "asked", "author").get(pk=comment_id)
    if isinstance(draft, Agreement):
        row.agreement = draft
    else:
        row.amendment = draft
    return row


def _locked_draft(agreement_id: UUID, amendment_id: UUID | None) -> Lies:
    if amendment_id is None:
        return Agreement.objects.select_for_update().get(pk=agreement_id)
    rows = Amendment.objects.filter(agreement=agreement_id).select_related("agreement")
    return rows.select_for_update(of=("self",)).get(pk=amendment_id)


def _last_kept(draft: Lies) -> int | None:
    """The version of its text that was kept last; an aneks has none."""
    kept = TextVersion.objects.filter(agreement=draft.pk).order_by("-number")
    return kept.values_list("number", flat=True).first()


def _name_of(draft: Lies, clause: str) -> str:
    if name := names_on(draft).get(clause):
        return name
    raise ValidationError({"clause": "Tego postanowienia nie ma już w tekście. Wybierz inne."})


def _require_askable(draft: Lies, side: Side, asked: str) -> None:
    if asked and asked not in dict(askable(draft)):
        raise ValidationError({"asked": "Ta Strona nie czyta projektu. Wybierz inną."})
    if asked == code_of(side):
        raise ValidationError({"asked": "O odpowiedź można poprosić tylko inną Stronę."})


def _tell_commented(by: Actor, row: ClauseComment, side: Side) -> None:
    """Whoever is asked hears of it; where nobody is, the office of what a party says."""
    is_asked = bool(row.asked_id or row.asks_office)
    if is_asked or side is not None:
        message = ClauseCommented(**_about(row, row.side), is_asked=is_asked)
        send(message, to=_readers(by, row, row.asked_id), dedupe=_commented(row))


def _tell_answered(by: Actor, row: ClauseComment, reply: CommentReply, side: Side) -> None:
    """The author's side hears of an answer, the side that was asked of what the author adds."""
    if side != row.organisation_id:
        settle(dedupe=_commented(row))
        to = _readers(by, row, row.organisation_id)
    elif row.asked_id or row.asks_office:
        to = _readers(by, row, row.asked_id)
    else:
        return
    message = CommentAnswered(**_about(row, reply.side))
    send(message, to=to, dedupe=f"comment-answered:{reply.pk}")


def _readers(by: Actor, row: ClauseComment, side: Side) -> list[Recipient]:
    """People who speak for a side, and the author of its comment, as far as they read the draft now."""
    people = {one.pk: one for one in (*voices_of({side}, by.today), row.author)}
    others = (one for pk, one in people.items() if pk != by.person_id)
    return recipients(one for one in others if side in sides_of(one, row.draft))


def _about(row: ClauseComment, side: str) -> dict[str, Any]:
    """The words of its messages, in which the side begins a sentence."""
    who, of_what = f"{side[:1].upper()}{side[1:]}", row.draft.OF_THIS
    return {"comment_id": row.pk, "who": who, "clause": row.clause_name, "of_what": of_what}


def _commented(row: ClauseComment) -> str:
    """Names the message of a comment."""
    return f"clause-commented:{row.pk}"
