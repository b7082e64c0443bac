"""An aneks is sent to its parties to be signed, as one frozen document, and taken back (POR)."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from kooperacja.audit.actor import Actor
from kooperacja.documents.work_first import work_first
from kooperacja.guard.passing import keep_reason
from kooperacja.ui.polish import pl_date, quoted
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.agreements import perms
from tenants.agreements.actions import amendment_force as force
from tenants.agreements.actions import amendment_telling as telling
from tenants.agreements.actions.amendments import require_draft, wrong_days
from tenants.agreements.actions.day_first import day_first
from tenants.agreements.amending import issue_amendment, next_number
from tenants.agreements.consolidated import Texts, named
from tenants.agreements.folded import astray, emptied
from tenants.agreements.models import Amendment, AmendmentSide, Party
from tenants.agreements.models.agreements import Signers
from tenants.agreements.models.amendments import AmendmentForce
from tenants.agreements.said import open_names
from tenants.agreements.standing import Standing
from tenants.agreements.workflow import AgreementState, AmendmentState, PartyState
from tenants.people.models import Person


@work_first
def send_to_sign(*, by: Actor, amendment_id: UUID, version: int) -> Amendment:
    """Send a draft in which nothing is missing; from now on its text is the one of this moment."""
    amendment = Amendment.objects.select_for_update().get(pk=amendment_id)
    perms.write_agreements.require(Person.objects.acting(by))
    if amendment.is_signing and amendment.version == version + 1:
        raise AlreadySaved(amendment)
    require_sendable(amendment, by.today)
    if amendment.version != version:
        raise StaleForm(amendment)
    parties = signers_of(amendment, by.today)
    amendment.number = amendment.number or next_number(amendment.agreement)
    amendment.sent_on = by.today
    lies: dict[str, Any] = {
        "number": amendment.number,
        "sent_on": by.today,
        "document": issue_amendment(by=by, amendment=amendment, parties=parties),
    }
    amendment.sides.exclude(party__in=parties).delete()
    known = set(amendment.sides.values_list("party", flat=True))
    AmendmentSide.objects.bulk_create(
        [AmendmentSide(amendment=amendment, party=one) for one in parties if one.pk not in known]
    )
    move(amendment, AmendmentState.SIGNING, by=by, on=by.today, **lies)
    telling.tell_sent(by=by, amendment=amendment)
    return amendment


@day_first(force.look_at, "amendment_id")
@transaction.atomic
def take_back(
    *, by: Actor, amendment_id: UUID, version: int, reason: str, guard_reason: str = ""
) -> Amendment:
    """Make a draft of it again; whatever was signed is void, and the next text a new document."""
    amendment = Amendment.objects.select_for_update().get(pk=amendment_id)
    perms.write_agreements.require(Person.objects.acting(by))
    if amendment.is_draft and amendment.version == version + 1 and amendment.number:
        raise AlreadySaved(amendment)
    require_takeable(amendment)
    if amendment.version != version:
        raise StaleForm(amendment)
    # Whoever has just been about to refuse or to come back read another text.
    amendment.sides.filter(state=PartyState.WAITING).update(version=F("version") + 1)
    for side in amendment.sides.exclude(state=PartyState.WAITING):
        move(side, PartyState.WAITING, by=by, on=by.today, why=reason)
    back: dict[str, Any] = {"sent_on": None, "document": None}
    move(amendment, AmendmentState.DRAFT, by=by, on=by.today, why=reason, **back)
    keep_reason(by, amendment, guard_reason)
    telling.tell_taken_back(by=by, amendment=amendment, reason=reason)
    return amendment


def signers_of(amendment: Amendment, today: date) -> list[Party]:
    """The parties that must sign: all between which the agreement is in force, or those named."""
    bound = Standing(amendment.agreement).bound(today)
    if amendment.signers == Signers.ALL:
        return bound
    chosen = set(amendment.sides.values_list("party", flat=True))
    return [party for party in bound if party.pk in chosen]


def require_sendable(amendment: Amendment, today: date) -> None:
    """Raise everything that is still to be done before it may be signed, by its name."""
    require_draft(amendment)
    if missing := lacks(amendment, today):
        raise Problem(
            "Aneksu nie można jeszcze przekazać do podpisu",
            f"Do uzupełnienia: {'; '.join(missing)}.",
            kept=NOTHING_SAVED,
            at=amendment,
            action="Przejdź do aneksu",
        )


def require_takeable(amendment: Amendment) -> None:
    """Raise why it can't be taken back: it does not wait, or all have signed it."""
    sides = amendment.sides.all() if amendment.is_signing else []
    if amendment.is_signing and any(one.state != PartyState.SIGNED for one in sides):
        return
    why = f"Jego stan: {amendment.get_state_display()}."
    if amendment.is_signing:
        why = "Podpisały go już wszystkie Strony, które miały podpisać."
    raise Problem(
        "Tego aneksu nie można teraz cofnąć do projektu",
        why,
        kept=NOTHING_SAVED,
        at=amendment,
        action="Przejdź do aneksu",
    )


def lacks(amendment: Amendment, today: date, texts: Texts | None = None) -> list[str]:
    """All that a draft still lacks or says wrongly, in words."""
    return [
        *_days_lacking(amendment, today),
        *_signers_lacking(amendment, today),
        *_duties_lacking(amendment, today),
        *(f"zamknięcie uwag: {name}" for name in open_names(amendment)),
        *_text(amendment, texts or Texts.of(amendment)),
    ]


def _days_lacking(amendment: Amendment, today: date) -> Iterator[str]:
    if amendment.agreement.state != AgreementState.IN_FORCE:
        yield "porozumienie, które obowiązuje"
    if amendment.dated_on is None:
        yield "data aneksu"
    elif amendment.dated_on > today:
        yield f"data aneksu, która już nadeszła (jest {pl_date(amendment.dated_on)})"
    if not amendment.justification:
        yield "uzasadnienie"
    if amendment.sign_by is None or amendment.sign_by < today:
        yield "ostatni dzień na podpisy, który jeszcze nie minął"
    if amendment.force == AmendmentForce.DAY and (
        amendment.force_on is None or amendment.force_on < today
    ):
        yield "dzień wejścia w życie, który jeszcze nie minął"
    names = ("dated_on", "sign_by", "force", "force_on")
    values = {name: getattr(amendment, name) for name in names}
    yield from (words.rstrip(".") for words in wrong_days(amendment.agreement, values).values())


def _signers_lacking(amendment: Amendment, today: date) -> Iterator[str]:
    parties = signers_of(amendment, today)
    if not parties:
        yield "Strony, które mają podpisać"
    gone = amendment.sides.exclude(party__in=parties).select_related("party")
    if amendment.signers == Signers.NAMED:
        for side in gone:
            yield f"wybór Stron: {side.party.name} nie jest już związana porozumieniem"


def _duties_lacking(amendment: Amendment, today: date) -> Iterator[str]:
    if amendment.changes.filter(due_on__lt=today).exists():
        yield "termin dodatkowego obowiązku, który jeszcze nie minął"


def _text(amendment: Amendment, texts: Texts) -> Iterator[str]:
    if not amendment.changes.exists():
        yield "co najmniej jedna zmiana"
    after, was = texts.after, named(texts.before.lines)
    names = was | named(after.lines)
    for key, cited in astray(after.unnumbered):
        yield f"{names[key]} odsyła do {was.get(cited, cited)}, którego po zmianie nie będzie"
    for line in emptied(after.unnumbered):
        yield (
            f"paragraf {quoted(line.text)} zostaje bez treści"
            if line.text
            else "paragraf bez treści"
        )
