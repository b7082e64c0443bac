"""Words of a page about a service of the basket: what is said of it, and news of its owner."""

from dataclasses import dataclass
from datetime import date, timedelta

from kooperacja.ui.polish import pl_date, stopped
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.workflow import EntryState
from tenants.services.said import UNKNOWN, Told

TOLD = "Instytucja zgłosiła zmianę: zobacz opis."
SILENT = "Brak kontaktu z instytucją: sprawdź, zanim kogoś tam wyślesz."


@dataclass(frozen=True)
class Seen(Told):
    """An entry as a reader who sees up to `reach` may read it on a day."""

    entry: ServiceEntry
    is_silent: bool = False  # its owner could not be reached
    is_told: bool = False  # its owner has told of a change

    @property
    def remarks(self) -> str:
        """Its break, and that nobody knows if it is still as described."""
        service = self.entry.service
        said = (
            break_said(service, self.day),
            end_said(service, self.day),
            TOLD if self.is_told else "",
            SILENT if self.is_silent else "",
        )
        return " ".join(one for one in said if one)


def told_at_once(seen: Seen, latest: ServiceEntry) -> list[str]:
    """Changes that readers must know of before the Lider has looked at them (REG §3.6).

    A number that either text keeps from the reader is not told.
    """
    if latest.state not in (EntryState.FILED, EntryState.RETURNED):
        return []
    now = Seen(latest, seen.reach, seen.day)
    told = []
    if seen.sees_contact and now.sees_contact and seen.entry.phone != latest.phone:
        told.append(("telefon", latest.phone))
    if now.is_seen:
        told += [
            (label.lower(), str(value))
            for (label, was), (_, value) in zip(seen.opening, now.opening, strict=True)
            if was != value
        ]
    return [f"{label}: {value or UNKNOWN}" for label, value in told]


def over_said(service: Service) -> str:
    """Since when it is given no longer, and why."""
    why = f" Powód: {service.ended_why}" if service.ended_why else ""
    return stopped(f"Usługa nie działa od {pl_date(service.ended_on)}{why}")


def end_said(service: Service, day: date) -> str:
    """The end of it that is still to come."""
    ends = service.ended_on
    if ends is None or ends <= day:
        return ""
    why = f": {service.ended_why}" if service.ended_why else ""
    return stopped(f"Działa do {pl_date(ends - timedelta(days=1))}{why}")


def break_said(service: Service, day: date) -> str:
    """Its break, while it lasts or is still to come."""
    begins, ends = service.stopped_from, service.stopped_until
    if begins is None or (ends is not None and ends < day):
        return ""
    until = f" do {pl_date(ends)}" if ends else ""
    since = "" if begins <= day else f" od {pl_date(begins)}"
    why = f": {service.stopped_why}" if service.stopped_why else ""
    return stopped(f"Czasowo nieczynna{since}{until}{why}")


def confirmed_said(service: Service) -> str:
    """When and how somebody confirmed it; that nobody did."""
    if service.confirmed_on is None:
        return "jeszcze nie"
    how = str(service.get_confirmed_how_display())
    return f"{pl_date(service.confirmed_on)}, {how} ({service.confirmed_by_name})"
