"""An institution answers a gmina, itself or by a letter that the office enters (POR-C §2.4.2)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.documents.actions import store_upload
from kooperacja.documents.models import StoredFile
from kooperacja.documents.work_first import work_first
from kooperacja.guard.passing import keep_reason
from kooperacja.ui.files import file_name
from kooperacja.ui.polish import pl_date
from kooperacja.workflow import move, require_may
from kooperacja.writes import AlreadySaved, StaleForm
from powiat.pzk import perms, standing
from powiat.pzk.actions import telling
from powiat.pzk.models import AskedDelegation
from powiat.pzk.papers import DELEGATE_LETTER
from powiat.pzk.workflow import AskedState
from tenants.exchange.delegations import Answer, EndedWhy
from tenants.people.actions.invitations import publish_figures
from tenants.people.models import Person


@work_first
def name_delegate(
    *,
    by: Actor,
    asked_id: UUID,
    version: int,
    values: dict[str, Any],
    file: "UploadedFile[Any] | None" = None,
) -> AskedDelegation:
    """Name the person who is to go to the GGK; the seat is given in the gmina alone."""
    by.require_proof()
    asked = _to_answer(by, asked_id)
    if asked.state == AskedState.NAMED and _is_same(asked, values):
        raise AlreadySaved(asked)
    require_may(asked, AskedState.NAMED, by)
    _require_seen(asked, version)
    _require_days(values)
    assert asked.party is not None  # it waits for an answer
    values = {**values, "person": standing.known_as(values["email"], asked.party, by.today)}
    return _answered(by, asked, Answer.NAMED, _letter(by, asked, file), **values)


@work_first
def refuse(
    *,
    by: Actor,
    asked_id: UUID,
    version: int,
    reason: str,
    file: "UploadedFile[Any] | None" = None,
    guard_reason: str = "",
) -> AskedDelegation:
    """Send nobody, and say why; the gmina reads the reason."""
    asked = _to_answer(by, asked_id)
    if asked.state == AskedState.REFUSED and asked.reason == reason:
        raise AlreadySaved(asked)
    require_may(asked, AskedState.REFUSED, by)
    _require_seen(asked, version)
    _answered(by, asked, Answer.REFUSED, _letter(by, asked, file), reason=reason)
    keep_reason(by, asked, guard_reason)
    return asked


@work_first
def say_not_ours(
    *, by: Actor, asked_id: UUID, version: int, file: "UploadedFile[Any] | None" = None
) -> AskedDelegation:
    """Say that such people do not work here, so that the gmina asks elsewhere."""
    asked = _to_answer(by, asked_id)
    if asked.state == AskedState.NOT_OURS:
        raise AlreadySaved(asked)
    require_may(asked, AskedState.NOT_OURS, by)
    _require_seen(asked, version)
    return _answered(by, asked, Answer.NOT_OURS, _letter(by, asked, file))


@transaction.atomic
def recall(*, by: Actor, asked_id: UUID, version: int, ended_on: date) -> AskedDelegation:
    """From a day on, at the latest today, the delegate is one no more."""
    by.require_proof()
    asked = _to_answer(by, asked_id)
    if asked.state == AskedState.ENDED and asked.ended_on == ended_on:
        raise AlreadySaved(asked)
    require_may(asked, AskedState.ENDED, by)
    _require_seen(asked, version)
    if wrong := _wrong_end(asked, ended_on, by.today):
        raise ValidationError({"ended_on": wrong})
    end(by=by, asked=asked, ended_on=ended_on, why=EndedWhy.RECALLED)
    return asked


def end(*, by: Actor, asked: AskedDelegation, ended_on: date, why: EndedWhy) -> None:
    """End a locked delegation and tell the gmina, whose seat rests on it."""
    finish(by=by, asked=asked, ended_on=ended_on, why=why)
    telling.tell_ended(asked, ended_on, why)


def finish(*, by: Actor, asked: AskedDelegation, ended_on: date, why: EndedWhy) -> None:
    """Note that a locked delegation is over, which the gmina knows by itself."""
    values: dict[str, Any] = {"ended_on": ended_on, "ended_why": why, "became_on": by.today}
    entry = move(asked, AskedState.ENDED, by=by, on=ended_on, why=why.label, **values)
    telling.tell_became(by, asked, why.label)
    publish_figures(AskedDelegation, cause=entry.pk)


def _wrong_end(asked: AskedDelegation, day: date, today: date) -> str:
    assert asked.named_from is not None  # somebody is a delegate
    if day > today:
        return "Wpisz dzień, który już jest: delegację kończy się od zaraz, nie na zapas."
    if asked.named_from <= today and day < asked.named_from:
        return f"Delegacja zaczęła się dopiero {pl_date(asked.named_from)}"
    return ""


def _to_answer(by: Actor, asked_id: UUID) -> AskedDelegation:
    """The locked request, if the actor may answer it now."""
    rows = AskedDelegation.objects.select_for_update(of=("self",))
    asked = rows.select_related("party__agreement").get(pk=asked_id)
    perms.answer.require(Person.objects.acting(by), asked)
    return asked


def _require_seen(asked: AskedDelegation, version: int) -> None:
    if asked.version != version:
        raise StaleForm(asked)


def _is_same(asked: AskedDelegation, values: dict[str, Any]) -> bool:
    return all(getattr(asked, name) == value for name, value in values.items())


def _require_days(values: dict[str, Any]) -> None:
    until = values["named_until"]
    if until is not None and until < values["named_from"]:
        words = "Ostatni dzień delegacji nie może być wcześniejszy niż jej początek."
        raise ValidationError({"named_until": words})


def _letter(by: Actor, asked: AskedDelegation, file: Any) -> StoredFile | None:
    """The office enters an answer from a letter alone; the institution answers by itself."""
    if perms.is_own(Person.objects.acting(by), asked):
        return None
    if file is None:
        raise ValidationError({"file": "Dołącz pismo instytucji, z którego wpisujesz odpowiedź."})
    name = file_name("Odpowiedź w sprawie delegata", ".pdf", detail=asked.institution)
    return store_upload(by=by, upload=file, kind=DELEGATE_LETTER, name=name)


def _answered(
    by: Actor, asked: AskedDelegation, answer: Answer, letter: StoredFile | None, **values: Any
) -> AskedDelegation:
    entry = move(
        asked,
        AskedState(answer.value),
        by=by,
        on=by.today,
        data={"party": [None, asked.institution]},
        answered_on=by.today,
        answered_by=by.name[:200],
        letter=letter,
        **values,
    )
    telling.tell_answered(by, asked, answer)
    publish_figures(AskedDelegation, cause=entry.pk)
    return asked
