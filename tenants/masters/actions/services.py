"""The word of keepers on services of a master card; the units that follow hear of each (REG §3.5–3.6)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.accounts.models import Account
from kooperacja.audit.actor import Actor
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import NOTHING_SAVED, Missing, Problem, Refused
from kooperacja.writes import AlreadySaved, StaleForm, came_in, insert_once, save_edited
from tenants.masters.actions.rounds import settle
from tenants.masters.following import spread
from tenants.masters.models import MasterCard, MasterService
from tenants.masters.standing import keeps, may_let_in
from tenants.registry.journal import note
from tenants.registry.workflow import RegionVerb
from tenants.services.confirming import YEARLY, How
from tenants.services.described import facts_from

_BREAK = ("stopped_from", "stopped_until", "stopped_why")
_KEEPS = "Usługi na tej karcie opisuje i potwierdza jej opiekun."


def brought(by: Actor, card: MasterCard, said: dict[str, Any]) -> MasterService | None:
    """A service as the basket of a unit has it, under the same id; None where that is taken."""
    service = MasterService(
        pk=said["id"],
        card=card,
        changed_on=by.today,
        cycle=said.get("cycle", YEARLY),  # a message may be of the release before
        **facts_from(said["facts"]),
    )
    if confirmed := said["confirmed_on"]:
        service.confirm(date.fromisoformat(confirmed), How.OWNER, said["confirmed_by_name"])
    if not came_in(service):
        return None
    _note(by, RegionVerb.MASTER_ADDED, service)
    return service


def add(*, by: Actor, card_id: UUID, key: UUID, values: dict[str, Any]) -> MasterService:
    """Put a service on a master card; units may take it over at once."""
    with transaction.atomic(using="shared"):
        card = MasterCard.objects.select_for_update().get(pk=card_id)
        _require_keeper(by, card.pk)
        service = MasterService(pk=key, card=card, changed_on=by.today, **values)
        insert_once(service)
        _note(by, RegionVerb.MASTER_ADDED, service)
    return service


def edit(*, by: Actor, service_id: UUID, version: int, values: dict[str, Any]) -> MasterService:
    """Say otherwise what a service is; StaleForm if somebody was quicker."""
    with transaction.atomic(using="shared"):
        service = _offered(by, service_id)
        save_edited(service, version, values)
        service.changed_on = by.today
        service.save(update_fields=["changed_on"])
        _told(by, RegionVerb.MASTER_EDITED, service)
    return service


def confirm(*, by: Actor, service_id: UUID, how: str = How.OWNER) -> MasterService:
    """Say that all of it is still true; it is so in every basket that follows (REG §3.5.a).

    The ROPS may, too, who heard it from the institution by telephone, on the spot or in writing.
    """
    with transaction.atomic(using="shared"):
        service = _settled(by, service_id, is_own=how == How.OWNER)
        require_offered(service, by.today)
        said = (by.today, how, _named(by, how))
        if (service.confirmed_on, service.confirmed_how, service.confirmed_by_name) == said:
            raise AlreadySaved(service)
        _bump(service, *service.confirm(*said))
        _told(by, RegionVerb.MASTER_CONFIRMED, service)
        settle(service.card_id, by.today)
    return service


def _named(by: Actor, how: str) -> str:
    """The name alone, for all baskets; whoever is not of the institution says of what office they are."""
    account = Account.objects.filter(pk=by.account_id).first() if by.account_id else None
    name = account.full_name if account else by.name
    return (name if how == How.OWNER else f"{name}, ROPS")[:200]


def set_cycle(*, by: Actor, service_id: UUID, version: int, cycle: int) -> MasterService:
    """Say how often it is to be confirmed, counted from the last time (REG §3.5.a)."""
    with transaction.atomic(using="shared"):
        service = _offered(by, service_id)
        if service.cycle == cycle:
            raise AlreadySaved(service)
        if service.version != version:
            raise StaleForm(service)
        service.cycle = cycle
        service.due_again()
        if not service.is_due(by.today):
            service.silent_since = None
        _bump(service, "cycle", "due_on", "silent_since")
        _told(by, RegionVerb.MASTER_CYCLE_SET, service)
        settle(service.card_id, by.today)
    return service


def stop(
    *, by: Actor, service_id: UUID, from_on: date, until_on: date | None, why: str
) -> MasterService:
    """Tell of a break, of which it comes back by itself if its last day is known (REG §3.6)."""
    with transaction.atomic(using="shared"):
        service = _offered(by, service_id)
        earliest = max(from_on, by.today)
        if until_on is not None and until_on < earliest:
            raise ValidationError({"until_on": f"Najwcześniej {pl_date(earliest)}"})
        said = (from_on, until_on, why)
        if (service.stopped_from, service.stopped_until, service.stopped_why) == said:
            raise AlreadySaved(service)
        service.stopped_from, service.stopped_until, service.stopped_why = said
        _bump(service, *_BREAK)
        _told(by, RegionVerb.MASTER_STOPPED, service)
    return service


def resume(*, by: Actor, service_id: UUID) -> MasterService:
    """It works again, or the break was called off."""
    with transaction.atomic(using="shared"):
        service = _offered(by, service_id)
        if service.stopped_from is None:
            raise AlreadySaved(service)
        service.stopped_from, service.stopped_until, service.stopped_why = None, None, ""
        _bump(service, *_BREAK)
        _told(by, RegionVerb.MASTER_RESUMED, service)
    return service


def end(*, by: Actor, service_id: UUID, ended_on: date, why: str) -> MasterService:
    """From a day on it is given no longer, in no unit (REG §3.5.c)."""
    with transaction.atomic(using="shared"):
        service = _settled(by, service_id, is_own=False)
        if (service.ended_on, service.ended_why) == (ended_on, why):
            raise AlreadySaved(service)
        require_offered(service, by.today)
        service.ended_on, service.ended_why, service.silent_since = ended_on, why, None
        _bump(service, "ended_on", "ended_why", "silent_since")
        _told(by, RegionVerb.MASTER_ENDED, service)
        settle(service.card_id, by.today)
    return service


def withdraw(*, by: Actor, service_id: UUID, why: str) -> MasterService:
    """It is kept here no longer; in the units it stays as it was said last."""
    with transaction.atomic(using="shared"):
        service = _locked(by, service_id)
        if service.withdrawn_on is not None:
            raise AlreadySaved(service)
        require_offered(service, by.today)
        service.withdrawn_on, service.withdrawn_why = by.today, why
        _bump(service, "withdrawn_on", "withdrawn_why")
        _told(by, RegionVerb.MASTER_WITHDRAWN, service)
        settle(service.card_id, by.today)
    return service


def require_offered(service: MasterService, today: date) -> None:
    """Refuse what would be said of a service that ended, or is kept here no longer."""
    if not service.is_offered(today):
        raise Problem(
            "Tej usługi nie prowadzi się już w katalogu",
            "Jeśli wróciła, wpisz ją na kartę od nowa.",
            kept=NOTHING_SAVED,
            at=service,
        )


def _offered(by: Actor, service_id: UUID) -> MasterService:
    service = _locked(by, service_id)
    require_offered(service, by.today)
    return service


def _locked(by: Actor, service_id: UUID) -> MasterService:
    service = _row(service_id)
    _require_keeper(by, service.card_id)
    return service


def _settled(by: Actor, service_id: UUID, *, is_own: bool) -> MasterService:
    """The same for the ROPS too, unless it is said in the name of the institution."""
    service = _row(service_id)
    if is_own or by.account_id is None or not may_let_in(by.account_id, service.card_id):
        _require_keeper(by, service.card_id)
    return service


def _row(service_id: UUID) -> MasterService:
    rows = MasterService.objects.select_for_update(of=("self",)).select_related("card")
    service = rows.filter(pk=service_id).first()
    if service is None:
        raise Missing("Nie ma takiej usługi")
    return service


def _require_keeper(by: Actor, card_id: UUID) -> None:
    if by.account_id is None or not keeps(by.account_id, card_id):
        raise Refused("Nie możesz tego zrobić", _KEEPS)


def _bump(service: MasterService, *fields: str) -> None:
    service.version += 1
    service.save(update_fields=[*fields, "version"])


def _told(by: Actor, verb: RegionVerb, service: MasterService) -> None:
    _note(by, verb, service)
    spread(service)


def _note(by: Actor, verb: RegionVerb, service: MasterService) -> None:
    note(by=by, verb=verb, about=f"{service.card}: {service}", subject_id=service.card_id)
