"""A detached copy whose master became a protected place: its address is hidden until the Lider looks (REG §3.4)."""

from uuid import UUID

from django.db import transaction

from kooperacja.audit.actor import Actor, named
from kooperacja.audit.record import record
from kooperacja.ui.problems import NOTHING_SAVED, Missing, Problem
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.baskets import perms
from tenants.baskets.actions.redrawing import draw_anew
from tenants.baskets.models.adoptions import Adoption
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.workflow import INTEGRATING, EntryState
from tenants.masters.models import MasterService
from tenants.people.followers import follow
from tenants.people.models import Person
from tenants.services.addresses import without_street
from tenants.services.visibility import Visibility


def hide(master: MasterService) -> None:
    """Hide the address of detached copies in the unit one is in, in older editions too."""
    by = named(f"{master.card} (katalog województwa)"[:200])
    rows = Adoption.objects.filter(master_id=master.pk, hidden_since=None)
    for adoption in rows.exclude(detached_on=None).order_by("pk"):
        service = Service.objects.select_for_update().get(pk=adoption.service_id)
        entry = service.entries.filter(state=EntryState.ACCEPTED).first()
        if entry is None or entry.is_protected:
            continue
        adoption.hidden_since, adoption.saw_place = by.today, entry.sees_place
        adoption.save(update_fields=["hidden_since", "saw_place"])
        service.entries.filter(is_protected=False).update(sees_place=Visibility.OFFICE)
        _untell(service)
        _note_change(by, service, "SERVICE_PLACE_HIDDEN")


@transaction.atomic
def settle_place(*, by: Actor, service_id: UUID, version: int, is_protected: bool) -> Service:
    """The Lider has looked: the address is a protected one and goes, or it is another place."""
    service: Service = Service.objects.select_for_update().get(pk=service_id)
    perms.review.require(Person.objects.acting(by))
    adoption = Adoption.objects.filter(service=service).exclude(detached_on=None).first()
    if adoption is None:
        raise Missing("Tego adresu nie ukryto")
    if adoption.hidden_since is None:
        raise AlreadySaved(service)
    if service.version != version:
        raise StaleForm(service)
    if is_protected:
        service.entries.update(is_protected=True, street="", postal_code="", seat={})
    else:
        # A text that is still being written keeps the address to the office, until its author says.
        service.entries.filter(state=EntryState.ACCEPTED).update(sees_place=adoption.saw_place)
    adoption.hidden_since = None
    adoption.save(update_fields=["hidden_since"])
    _note_change(by, service, "SERVICE_PLACE_SETTLED")
    return service


def require_settled(service: Service) -> None:
    """Refuse another text while nobody has looked if the address may be told."""
    if Adoption.objects.filter(service=service, hidden_since__isnull=False).exists():
        raise Problem(
            "Najpierw przejrzyj adres tej usługi",
            "Instytucja oznaczyła w katalogu, że ten adres jest chroniony.",
            clause=INTEGRATING,
            kept=NOTHING_SAVED,
            at=service,
        )


def _untell(service: Service) -> None:
    """Take the street out of the names that tell it, of the service and of each of its texts."""
    for one in service.entries.exclude(street=""):
        if (name := without_street(one.name, one.street)) != one.name:
            service.entries.filter(pk=one.pk).update(name=name)
            if service.name == one.name:
                service.name = name
                service.save(update_fields=["name"])


def _note_change(by: Actor, service: Service, verb: str) -> None:
    service.version += 1
    service.save(update_fields=["version"])
    record(by=by, verb=verb, obj=service)
    draw_anew()
    follow(ServiceEntry)
