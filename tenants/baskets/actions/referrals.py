"""Requests to take somebody into a service: asked, answered, settled, withdrawn (REG §3.4)."""

from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.audit.record import record
from kooperacja.notifications import reminders
from kooperacja.notifications.base import Recipient, send
from kooperacja.notifications.reminders import Due, settle_reminders
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move
from kooperacja.writes import AlreadySaved, StaleForm, insert_once
from tenants.baskets import perms
from tenants.baskets.models.referrals import Referral
from tenants.baskets.models.services import Service
from tenants.baskets.models.shortlists import free_number
from tenants.baskets.notifications import ReferralAnswered, ReferralAsked, ReferralWaits
from tenants.baskets.owners import sides_of
from tenants.baskets.standing import belongs, is_of_lead, of_today
from tenants.baskets.told import office, voices, voices_of
from tenants.baskets.workflow import REFERRAL, USING, EntryState, ReferralState
from tenants.people.actions.invitations import publish_figures
from tenants.people.models import Person
from tenants.teams.sides import chosen


@transaction.atomic
def ask(*, by: Actor, service_id: UUID, key: UUID, of: str) -> Referral:
    """Ask in the name of one's institution; of whom it is, both speak by its number."""
    service: Service = Service.objects.select_for_update().get(pk=service_id)
    person = Person.objects.acting(by)
    perms.ask_for.require(person, service)
    asking = chosen(of, sides_of(person, by.today))
    if asking == service.card.organisation_id:
        raise ValidationError({"of": "To usługa tej samej instytucji."})
    require_in_basket(service, by.today)
    referral = Referral(
        id=key,
        number=free_number(Referral.objects),
        service=service,
        asking_id=asking,
        asked_on=by.today,
    )
    insert_once(referral)
    told = record(by=by, verb="REFERRAL_ASKED", obj=referral)
    send(_asked(referral), to=_answering(by, referral), dedupe=f"referral-asked:{referral.pk}")
    publish_figures(Referral, cause=told.pk)
    return referral


@transaction.atomic
def answer(*, by: Actor, referral_id: UUID, version: int, state: str, reason: str) -> Referral:
    """The institution of the service says if it takes them in, or why not."""
    referral = _locked(referral_id)
    perms.answer_referral.require(Person.objects.acting(by), referral)
    if (referral.state, referral.reason) == (state, reason):
        raise AlreadySaved(referral)
    if referral.version != version:
        raise StaleForm(referral)
    told = move(
        referral,
        state,
        by=by,
        on=by.today,
        answered_on=by.today,
        reason=reason,
        closed_on=None if state == ReferralState.ACCEPTED else by.today,
    )
    settle_reminders(referral.pk)
    answered = ReferralAnswered(
        referral.pk,
        service=referral.service.name,
        number=str(referral.number),
        answer=referral.state_said,
    )
    send(answered, to=_asking(by, referral), dedupe=f"referral-answered:{referral.pk}")
    publish_figures(Referral, cause=told.pk)
    return referral


@transaction.atomic
def finish(*, by: Actor, referral_id: UUID) -> Referral:
    """They were taken in."""
    referral = _locked(referral_id)
    perms.answer_referral.require(Person.objects.acting(by), referral)
    return _closed(by, referral, ReferralState.DONE)


@transaction.atomic
def withdraw(*, by: Actor, referral_id: UUID) -> Referral:
    """Whoever asked needs it no longer."""
    referral = _locked(referral_id)
    perms.withdraw_referral.require(Person.objects.acting(by), referral)
    settle_reminders(referral.pk)
    return _closed(by, referral, ReferralState.WITHDRAWN)


def lead_on(by: Actor, source: Service, target: Service) -> None:
    """Requests to a service that was the same as another become requests to the one that stays."""
    rows = Referral.objects.select_for_update().filter(service=source, state__in=REFERRAL.open)
    for referral in rows.order_by("pk"):
        referral.service = target
        referral.version += 1
        referral.save(update_fields=["service", "version"])
        told = record(by=by, verb="REFERRAL_LED_ON", obj=referral, why=target.name)
        if (
            referral.state == ReferralState.ASKED
            and source.card.organisation_id != target.card.organisation_id
        ):
            settle_reminders(referral.pk)
            send(_asked(referral), to=_answering(by, referral), dedupe=f"referral-asked:{told.pk}")


def to_remind(day: date) -> list[UUID]:
    """Requests that have waited for ten days, of services whose owner belongs here."""
    latest = day - timedelta(days=Referral.REMIND_DAYS)
    rows = Referral.objects.filter(of_today(day, "service__card"), state=ReferralState.ASKED)
    return list(
        rows.filter(asked_on__lte=latest).order_by("asked_on", "pk").values_list("pk", flat=True)
    )


def remind(*, referral_id: UUID, day: date) -> None:
    """Remind its institution each ten days, four times at most; it is never closed by silence."""
    reminders.remind(referral_id, lambda: _reminder(referral_id, day))


def _reminder(referral_id: UUID, day: date) -> Due | None:
    referral = _locked(referral_id)
    if referral.state != ReferralState.ASKED:
        return None
    stage = (day - referral.asked_on).days // Referral.REMIND_DAYS
    waits = ReferralWaits(
        referral.pk,
        service=referral.service.name,
        number=str(referral.number),
        since=pl_date(referral.asked_on),
    )
    to = _answering(SYSTEM, referral)
    return Due(waits, occasion=f"referral:{stage}", to=to, runs=office(SYSTEM))


def _closed(by: Actor, referral: Referral, state: ReferralState) -> Referral:
    if referral.state == state:
        raise AlreadySaved(referral)
    told = move(referral, state, by=by, on=by.today, closed_on=by.today)
    publish_figures(Referral, cause=told.pk)
    return referral


def _locked(referral_id: UUID) -> Referral:
    rows = Referral.objects.select_related("service__card").select_for_update(of=("self",))
    referral: Referral = rows.get(pk=referral_id)
    return referral


def _asked(referral: Referral) -> ReferralAsked:
    return ReferralAsked(
        referral.pk,
        service=referral.service.name,
        number=str(referral.number),
        asker=referral.asker,
    )


def _answering(by: Actor, referral: Referral) -> list[Recipient]:
    card = referral.service.card
    return office(by) if is_of_lead(card, by.today) else voices(by, card)


def _asking(by: Actor, referral: Referral) -> list[Recipient]:
    return voices_of(by, referral.asking_id) if referral.asking_id else office(by)


def require_in_basket(service: Service, day: date) -> None:
    """Refuse what is asked of a service that the basket of a day does not have."""
    is_there = service.entries.filter(state=EntryState.ACCEPTED).exists()
    if not is_there or service.is_over(day) or not belongs(service, day):
        raise Problem(
            "Tej usługi nie ma w koszyku",
            "Zapytać można tylko o usługi, które są w koszyku.",
            clause=USING,
            kept=NOTHING_SAVED,
            at=service,
        )
