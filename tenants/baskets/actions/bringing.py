"""Bringing the local copy of a service up to its master; done twice or late, it changes nothing (ADR 0003)."""

from typing import Any
from uuid import UUID

from kooperacja.audit.actor import Actor, named
from kooperacja.audit.record import record
from kooperacja.ui.problems import Missing
from kooperacja.workflow import move
from tenants.baskets.actions import dues
from tenants.baskets.actions.entries import hide_at_once
from tenants.baskets.actions.gaps import fill
from tenants.baskets.actions.missing import settle_given
from tenants.baskets.actions.rounds import settle
from tenants.baskets.following import PLACE, REVIEWED, facts_here
from tenants.baskets.models.adoptions import Adoption
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.workflow import UNDER_WAY, EntryState
from tenants.masters.models import MasterService
from tenants.people.actions.invitations import publish_figures
from tenants.services.confirming import How

_STANDING = ("stopped_from", "stopped_until", "stopped_why", "ended_on", "ended_why")
_FROM = "z karty w katalogu województwa"


def master_of(master_id: UUID) -> MasterService:
    """A service of the directory as it is now."""
    master = MasterService.objects.select_related("card").filter(pk=master_id).first()
    if master is None:
        raise Missing("Nie ma takiej usługi w katalogu")
    return master


def keep_up(master: MasterService) -> None:
    """Bring what the master says into the basket of the unit one is in, if it follows it."""
    by = named(f"{master.card} (katalog województwa)"[:200])
    known = Adoption.objects.filter(master_id=master.pk, detached_on=None).first()
    service_id = known.service_id if known else master.pk
    service = Service.objects.select_for_update().filter(pk=service_id).first()
    if service is None:
        return
    adoption = Adoption.objects.filter(service=service).first() or _of_own(by, service, master)
    if adoption is None or adoption.detached_on or adoption.revision >= master.version:
        return
    bring(by, service, adoption, master)


def _of_own(by: Actor, service: Service, master: MasterService) -> Adoption | None:
    """The service from which the master came follows it too, once nothing of it is under way."""
    is_its = service.card.organisation and service.card.organisation.regon == master.card.regon
    if not is_its or service.entries.filter(state__in=UNDER_WAY).exists():
        return None
    adoption: Adoption = Adoption.objects.create(
        service=service,
        master_id=master.pk,
        origin=master.card.name,
        adopted_on=by.today,
        adopted_by_name=by.name,
    )
    return adoption


def bring(by: Actor, service: Service, adoption: Adoption, master: MasterService) -> None:
    """Write what the master says now, with what is different here; both rows are locked or new."""
    before = service.entries.filter(state=EntryState.ACCEPTED).first()
    facts = facts_here(master, adoption)
    changed = _changed(before, facts)
    if changed:
        _replace(by, service, before, facts)
        service.name, service.changed_on = facts["name"], by.today
    if before is None:
        service.reviewed_on = by.today
    has_news = before is not None and (
        bool(REVIEWED & set(changed)) or _is_over(service, adoption, master)
    )
    if before is not None and has_news and adoption.review_since is None:
        adoption.review_since, adoption.seen_number = by.today, before.number
    adoption.revision, adoption.withdrawn_on = master.version, master.withdrawn_on
    adoption.silent_since = master.silent_since
    kept = ["revision", "withdrawn_on", "silent_since", "review_since", "seen_number"]
    adoption.save(update_fields=[*kept, *_unsay_place(adoption, master)])
    for name in _STANDING:
        setattr(service, name, getattr(master, name))
    _confirm(by, service, master)
    service.version += 1
    service.save()
    settle(by, service)
    told = record(by=by, verb="SERVICE_BROUGHT", obj=service)
    publish_figures(Service, ServiceEntry, cause=told.pk)


def _unsay_place(adoption: Adoption, master: MasterService) -> tuple[str, ...]:
    """No address of a protected place is kept; gives the columns to save."""
    if not master.is_protected:
        return ()
    for name in PLACE:
        setattr(adoption, name, "")
    return PLACE


def _confirm(by: Actor, service: Service, master: MasterService) -> None:
    """Confirmed there is confirmed here, once; what is known here to be true later stays so."""
    if service.cycle != master.cycle:
        dues.cycle_set(service, master.cycle, by.today)
    on, how, name = master.confirmed_on, master.confirmed_how or How.OWNER, master.confirmed_by_name
    here = (service.confirmed_on, service.confirmed_how, service.confirmed_by_name)
    is_newer = on is not None and (service.confirmed_on is None or service.confirmed_on <= on)
    if on is not None and is_newer and here != (on, how, name):
        dues.confirmed(service, on, how, name, today=by.today)


def _changed(before: ServiceEntry | None, facts: dict[str, Any]) -> list[str]:
    if before is None:
        return list(facts)
    return [name for name, value in facts.items() if getattr(before, name) != value]


def _replace(
    by: Actor, service: Service, before: ServiceEntry | None, facts: dict[str, Any]
) -> None:
    """Another entry in the basket, in the place of what stood there."""
    if before is not None:
        move(before, EntryState.REPLACED, by=by, on=by.today, why=_FROM)
    entry = ServiceEntry.objects.create(
        service=service,
        number=before.number + 1 if before else 1,
        state=EntryState.FILED,
        filed_on=by.today,
        filed_by_name=by.name[:200],
        **facts,
    )
    hide_at_once(service, entry)
    settle_given(by, service.card)
    decided: dict[str, Any] = {"decided_on": by.today, "decided_by_name": by.name[:200]}
    move(entry, EntryState.ACCEPTED, by=by, on=by.today, why=_FROM, **decided)
    fill(by, entry)


def _is_over(service: Service, adoption: Adoption, master: MasterService) -> bool:
    """The master ended, or left the directory, since it was brought last."""
    has_ended = master.ended_on is not None and service.ended_on != master.ended_on
    return has_ended or (master.withdrawn_on is not None and adoption.withdrawn_on is None)
