"""The Lider takes a service over from the directory, says what is different here, lets go of it (REG §3.2–3.3)."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.notifications.actions import ask_outside
from kooperacja.tenancy.context import current_tenant, inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import NOTHING_SAVED, Missing, Problem
from kooperacja.writes import AlreadySaved, StaleForm, came_in, insert_once
from tenants.baskets import perms
from tenants.baskets.actions import cards
from tenants.baskets.actions.bringing import bring, master_of
from tenants.baskets.following import within
from tenants.baskets.models.adoptions import Adoption
from tenants.baskets.models.cards import Card
from tenants.baskets.models.services import Service
from tenants.baskets.standing import members_on
from tenants.baskets.workflow import INTEGRATING
from tenants.masters.following import FOLLOW
from tenants.masters.models import MasterService
from tenants.people.followers import follow
from tenants.people.models import Organisation, Person
from tenants.teams.sides import code_of


@transaction.atomic
def adopt(*, by: Actor, master_id: UUID, key: UUID, values: dict[str, Any]) -> Service:
    """Take a service of the directory into the basket; from now on it follows its master."""
    master = master_of(master_id)
    card = _card(by, master)
    perms.review.require(Person.objects.acting(by))
    require_offered(master, by)
    _require_here(values, master)
    service = Service(id=key, card=card, name=master.name)
    insert_once(service)
    adoption = Adoption(
        service=service,
        master_id=master.pk,
        origin=master.card.name,
        adopted_on=by.today,
        adopted_by_name=by.name[:200],
        **values,
    )
    if not came_in(adoption):
        raise _adopted_before(master)
    bring(by, service, adoption, master)
    _say(adoption, follows=True, dedupe=f"master-follow:{adoption.pk}")
    record(by=by, verb="SERVICE_ADOPTED", obj=service)
    return service


def require_offered(master: MasterService, by: Actor) -> None:
    """Refuse what is not offered, or stands in the basket already."""
    if not master.is_offered(by.today):
        raise Problem(
            "Tej usługi nie prowadzi się już w katalogu",
            "Jeśli nadal jest potrzebna, instytucja może wpisać ją na swoją kartę usług tutaj.",
            kept=NOTHING_SAVED,
            at=Card,
        )
    if Adoption.objects.filter(master_id=master.pk, detached_on=None).exists():
        raise _adopted_before(master)


def _adopted_before(master: MasterService) -> Problem:
    known = Adoption.objects.select_related("service").filter(master_id=master.pk, detached_on=None)
    return Problem(
        "Ta usługa jest już w koszyku",
        f"{master}: przyjęto ją z katalogu wcześniej.",
        clause=INTEGRATING,
        kept=NOTHING_SAVED,
        at=known[0].service,
        action="Zobacz usługę",
    )


def _card(by: Actor, master: MasterService) -> Card:
    """The card of the institution here; begun where it has none yet."""
    owner = Organisation.objects.filter(regon=master.card.regon).first()
    if owner is None or owner.pk not in members_on(by.today):
        raise Problem(
            "Ta instytucja nie należy do Partnerstwa",
            "W koszyku są usługi kooperantów i Lidera.",
            clause=INTEGRATING,
            kept=NOTHING_SAVED,
            at=Card,
        )
    known = Card.objects.filter(organisation=owner).first()
    if known is not None:
        return Card.objects.select_for_update().get(pk=known.stays.pk)
    return cards.begin(by=by, key=uuid7(), of=code_of(owner.pk))


def _require_here(values: dict[str, Any], master: MasterService) -> None:
    """Refuse an area beyond the borders, and an address of a protected place."""
    if set(values.get("units", ())) - within(current_tenant().code).keys():
        raise ValidationError({"units": "Teren musi leżeć w granicach tej jednostki."})
    if master.is_protected and any(values.get(name) for name in ("street", "postal_code", "city")):
        raise ValidationError({"street": "Adres tej usługi jest chroniony. Zostaw puste."})
    if not values.get("city") and (values.get("street") or values.get("postal_code")):
        raise ValidationError({"city": "Podaj miejscowość."})


@transaction.atomic
def set_local(*, by: Actor, service_id: UUID, version: int, values: dict[str, Any]) -> Service:
    """Say otherwise what is different here; StaleForm if the master, or somebody, was quicker."""
    service, adoption = locked(by, service_id)
    differs = [name for name, value in values.items() if getattr(adoption, name) != value]
    if not differs:
        raise AlreadySaved(service)
    if service.version != version:
        raise StaleForm(adoption)
    master = master_of(adoption.master_id)
    _require_here(values, master)
    for name in differs:
        setattr(adoption, name, values[name])
    adoption.save(update_fields=differs)
    bring(by, service, adoption, master)
    record(by=by, verb="SERVICE_LOCAL_CHANGED", obj=service, data={"fields": sorted(differs)})
    return service


@transaction.atomic
def look_at(*, by: Actor, service_id: UUID, version: int) -> Service:
    """The Lider has read what changed at the master; nothing was hidden meanwhile (REG §3.3)."""
    service, adoption = locked(by, service_id)
    if adoption.review_since is None:
        raise AlreadySaved(service)
    if service.version != version:
        raise StaleForm(service)
    adoption.review_since = None
    adoption.save(update_fields=["review_since"])
    service.reviewed_on = by.today
    service.version += 1
    service.save(update_fields=["reviewed_on", "version"])
    record(by=by, verb="SERVICE_REVIEWED", obj=service)
    follow(Service)
    return service


@transaction.atomic
def detach(*, by: Actor, service_id: UUID) -> Service:
    """Let it live on as the unit's own; whence it came is kept."""
    service = Service.objects.select_for_update().get(pk=service_id)
    perms.review.require(Person.objects.acting(by))
    if service.followed is None and hasattr(service, "adoption"):
        raise AlreadySaved(service)
    service, adoption = locked(by, service_id)
    let_go(by, service, adoption)
    return service


def let_go(by: Actor, service: Service, adoption: Adoption) -> None:
    """The same of a locked service, for whoever was let in another way."""
    adoption.detached_on, adoption.detached_by_name = by.today, by.name[:200]
    adoption.review_since = None
    adoption.save(update_fields=["detached_on", "detached_by_name", "review_since"])
    service.version += 1
    service.save(update_fields=["version"])
    _say(adoption, follows=False, dedupe=f"master-unfollow:{adoption.pk}")
    record(by=by, verb="SERVICE_DETACHED", obj=service, why=adoption.origin)
    follow(Adoption)


def locked(by: Actor, service_id: UUID) -> tuple[Service, Adoption]:
    """A service that follows its master, for the Lider; locked before its adoption, as by all."""
    service = Service.objects.select_for_update().get(pk=service_id)
    perms.review.require(Person.objects.acting(by))
    adoption = Adoption.objects.filter(service=service, detached_on=None).first()
    if adoption is None:
        raise Missing("Tej usługi nie przyjęto z katalogu")
    return service, adoption


def say_again(tenant: TenantRef) -> None:
    """Back from a backup, a unit follows what it followed then."""
    with inside(tenant), transaction.atomic():
        for adoption in Adoption.objects.filter(detached_on=None):
            _say(adoption, follows=True, dedupe=f"master-follow:{adoption.pk}:{uuid7()}")


def _say(adoption: Adoption, *, follows: bool, dedupe: str) -> None:
    payload = {
        "service_id": adoption.master_id,
        "version": adoption.revision,
        "follows": follows,
    }
    ask_outside(kind=FOLLOW, payload=payload, dedupe=dedupe)
