"""Words of a page about a service: each part for whoever may see it, and news of its owner."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from kooperacja.ui.difference import Line, changed_lines
from kooperacja.ui.polish import counted, pl_date, stopped
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.workflow import EntryState
from tenants.services.terms import Has
from tenants.services.visibility import Visibility, may_see

Given = list[tuple[str, object]]
UNKNOWN = "nie wiadomo"
_DAYS = ("dzień", "dni", "dni")
PROTECTED = "adres chroniony"
TOLD = "Instytucja zgłosiła zmianę: zobacz opis."
SILENT = "Brak kontaktu z instytucją: sprawdź, zanim kogoś tam wyślesz."


@dataclass(frozen=True)
class Seen:
    """An entry as a reader who sees up to `reach` may read it on a day."""

    entry: ServiceEntry
    reach: Visibility
    day: date
    is_silent: bool = False  # its owner could not be reached
    is_told: bool = False  # its owner has told of a change

    def _sees(self, *, contact: bool = False, place: bool = False) -> bool:
        service = Visibility(self.entry.sees_service)
        return may_see(
            self.reach,
            service=service,
            contact=Visibility(self.entry.sees_contact) if contact else service,
            place=Visibility(self.entry.sees_place) if place else service,
        )

    @property
    def is_seen(self) -> bool:
        return self._sees()

    @property
    def sees_contact(self) -> bool:
        return self._sees(contact=True)

    @property
    def sees_place(self) -> bool:
        """Nobody is told anything of a protected place, not even how one gets into the building."""
        return not self.entry.is_protected and self._sees(place=True)

    @cached_property
    def address(self) -> str:
        """The address as it may be told; of a protected place that it is one."""
        if self.entry.is_protected:
            return PROTECTED
        return self.entry.address if self.sees_place else ""

    @property
    def phone(self) -> str:
        return self.entry.phone if self.sees_contact else ""

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

    @property
    def what(self) -> Given:
        one = self.entry
        return [
            ("Rodzaj", one.type.name if one.type else one.type_code),
            ("Na czym polega", one.about),
            ("Dla kogo", one.groups_said),
            ("Gdzie", one.ways_said),
            ("Teren", one.area or "wszędzie tam, gdzie działa Partnerstwo"),
            ("Podstawa prawna", one.legal_basis),
        ]

    @property
    def way_in(self) -> Given:
        one = self.entry
        cost = ": ".join(part for part in (str(one.get_cost_display()), one.cost_about) if part)
        return [
            ("Co zrobić", one.access),
            ("Kto kieruje", one.referral or "skierowania nie trzeba"),
            ("Decyzja administracyjna", "potrzebna" if one.needs_decision else "niepotrzebna"),
            ("Warunki", one.conditions),
            ("Potrzebne dokumenty", one.papers),
            ("Koszt", cost),
        ]

    @property
    def opening(self) -> Given:
        one, hours = self.entry, self.entry.opening
        return [
            ("Godziny", hours.said if hours else UNKNOWN),
            ("Dni, które się różnią", "; ".join(hours.said_exceptions) if hours else ""),
            ("Uwagi o godzinach", one.hours_about),
        ]

    @property
    def when(self) -> Given:
        one = self.entry
        when = f" (stan na {pl_date(one.counted_on)})" if one.counted_on else ""
        valid = [
            f"od {pl_date(one.valid_from)}" if one.valid_from else "",
            f"do {pl_date(one.valid_until)}" if one.valid_until else "",
        ]
        return [
            *self.opening,
            ("Wolne miejsca", self._counted(one.places, when)),
            ("Czas oczekiwania", self._counted(one.waiting_days, when, _DAYS)),
            ("Działa", " ".join(part for part in valid if part)),
        ]

    def _counted(
        self, number: int | None, when: str, noun: tuple[str, str, str] | None = None
    ) -> str:
        """A number that is no older than 30 days; of an older one nothing is known any more."""
        if number is None:
            return ""
        if not self.entry.counts_on(self.day):
            return UNKNOWN
        return f"{counted(number, *noun) if noun else number}{when}"

    @property
    def where(self) -> Given:
        known = self.entry.features_known if self.sees_place else dict.fromkeys(Has, ())
        return [
            ("Adres", self.address),
            ("Języki", self.entry.languages_said),
            *((f"Dostępność: {has.label}", ", ".join(known[has])) for has in Has),
        ]

    @property
    def contact(self) -> Given:
        one = self.entry
        if not self.sees_contact:
            return []
        return [
            ("Osoba do kontaktu", one.contact_name),
            ("Telefon", one.phone),
            ("Adres e-mail", one.email),
            ("Strona internetowa", one.website),
        ]

    @property
    def seen_by(self) -> Given:
        one = self.entry
        return [
            ("Usługę widzą", one.get_sees_service_display()),
            ("Kontakt widzą", one.get_sees_contact_display()),
            ("Adres widzą", one.get_sees_place_display()),
        ]

    @property
    def sections(self) -> Iterator[tuple[str, Given]]:
        """All that the reader may read; what is empty is left out."""
        parts = (
            ("Co to jest", self.what),
            ("Jak skorzystać", self.way_in),
            ("Kiedy", self.when),
            ("Kontakt", self.contact),
            ("Miejsce i dostępność", self.where),
        )
        for heading, rows in parts:
            if said := [(label, value) for label, value in rows if value]:
                yield heading, said


def changes(before: ServiceEntry, after: ServiceEntry, day: date) -> tuple[Line, ...]:
    """The fields that read otherwise, for whoever may see all of both."""
    return changed_lines(all_of(before, day), all_of(after, day))


def all_of(entry: ServiceEntry, day: date) -> dict[str, str]:
    """Everything that an entry says, by its label."""
    seen = Seen(entry, Visibility.OFFICE, day)
    rows = (*seen.what, *seen.way_in, *seen.when, *seen.where, *seen.contact, *seen.seen_by)
    return {"Nazwa": entry.name, **{label: str(value) for label, value in rows}}


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
