"""A service in the hands of its keeper: locked, and only for what may be said of it now (REG §3.2–3.6)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from kooperacja.audit.actor import Actor
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import require_may
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.baskets import perms
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.workflow import UPDATING, EntryState
from tenants.people.models import Person


def kept(by: Actor, service_id: UUID, values: Mapping[str, Any] | None = None) -> Service:
    """A service that its keeper has locked, to say these values of it."""
    service: Service = Service.objects.select_for_update().get(pk=service_id)
    perms.keep_service.require(Person.objects.acting(by), service)
    require_own(service, values)
    return service


def require_own(service: Service, values: Mapping[str, Any] | None = None) -> None:
    """Refuse what its keeper says in the directory, for all units at once; names the fields."""
    if adoption := service.followed:
        fields = [_called(name) for name in differs(service.latest, values or {})]
        refused = f" Nie zmieniono: {', '.join(fields)}." if fields else ""
        raise Problem(
            "Tę usługę prowadzi się w katalogu województwa",
            f"Opis, potwierdzenie, przerwa i koniec przychodzą z karty: {adoption.origin}. Tutaj "
            f"Lider ustala tylko miejsce, godziny, kontakt, teren i dopisek.{refused}",
            clause=UPDATING,
            kept=NOTHING_SAVED,
            status=403,
            at=service,
        )


def require_given(service: Service, by: Actor) -> None:
    """Refuse what would be said of a service that has ended."""
    if service.is_over(by.today):
        raise Problem(
            "Ta usługa już nie działa",
            "Jeśli wróciła, wpisz ją na kartę od nowa.",
            clause=UPDATING,
            kept=NOTHING_SAVED,
            at=service,
        )


def require_editable(service: Service, by: Actor) -> None:
    """Refuse what would change a text that waits for the Lider."""
    require_own(service)
    require_given(service, by)
    if service.entries.filter(state=EntryState.FILED).exists():
        raise Problem(
            "Ta usługa czeka na Lidera",
            "Żeby coś jeszcze zmienić, najpierw wycofaj ją od Lidera.",
            clause=UPDATING,
            kept=NOTHING_SAVED,
            at=service,
        )


def under_way(by: Actor, service_id: UUID, version: int, to: EntryState) -> tuple[Service, Any]:
    """A locked service with the entry that its reader saw, which may come to a state now."""
    service = kept(by, service_id)
    require_given(service, by)
    latest = service.latest
    if latest.state == to:
        raise AlreadySaved(service)
    require_may(latest, to, by)
    if service.version != version:
        raise StaleForm(service)
    return service, latest


def differs(entry: ServiceEntry, values: Mapping[str, Any]) -> list[str]:
    """The columns of which the values say something else."""
    return [name for name, value in values.items() if getattr(entry, name) != value]


def _called(name: str) -> str:
    """The words of a column."""
    return str(ServiceEntry._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def bump(service: Service, *fields: str) -> None:
    """Save these of its columns under a new version."""
    service.version += 1
    service.save(update_fields=[*fields, "version"])
