"""Words of a page about a service of the basket: what is said of it, and news of its owner."""

from dataclasses import dataclass

from kooperacja.ui.polish import pl_date
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.workflow import EntryState
from tenants.services.said import UNKNOWN, Told, break_said, end_said

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


def confirmed_said(service: Service) -> str:
    """When and how somebody confirmed it; that nobody did."""
    if service.confirmed_on is None:
        return "jeszcze nie"
    how = str(service.get_confirmed_how_display())
    return f"{pl_date(service.confirmed_on)}, {how} ({service.confirmed_by_name})"
