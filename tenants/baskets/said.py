"""Words of a page about a service: each part for whoever may see it, and news of its owner."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kooperacja.ui.difference import Piece, difference
from kooperacja.ui.polish import pl_date, stopped
from tenants.baskets.models import Service, ServiceEntry
from tenants.baskets.workflow import EntryState
from tenants.services.terms import Has
from tenants.services.visibility import Visibility, may_see

Given = list[tuple[str, object]]
UNKNOWN = "nie wiadomo"
PROTECTED = "adres chroniony"
SILENT = "Brak kontaktu z instytucją: sprawdź, zanim kogoś tam wyślesz."


@dataclass(frozen=True)
class Seen:
    """An entry as a reader who sees up to `reach` may read it on a day."""

    entry: ServiceEntry
    reach: Visibility
    day: date
    is_silent: bool = False  # its owner could not be reached

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

    @cached_property
    def address(self) -> str:
        """The address as it may be told; of a protected place that it is one."""
        if self.entry.is_protected:
            return PROTECTED
        return self.entry.address if self._sees(place=True) else ""

    @property
    def phone(self) -> str:
        return self.entry.phone if self.sees_contact else ""

    @property
    def remarks(self) -> str:
        """Its break, and that nobody knows if it is still as described."""
        said = [break_said(self.entry.service, self.day), SILENT if self.is_silent else ""]
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
    def when(self) -> Given:
        one, hours = self.entry, self.entry.opening
        counted = f" (stan na {pl_date(one.counted_on)})" if one.counted_on else ""
        valid = [
            f"od {pl_date(one.valid_from)}" if one.valid_from else "",
            f"do {pl_date(one.valid_until)}" if one.valid_until else "",
        ]
        return [
            ("Godziny", hours.said if hours else UNKNOWN),
            ("Dni, które się różnią", "; ".join(hours.said_exceptions) if hours else ""),
            ("Uwagi o godzinach", one.hours_about),
            ("Wolne miejsca", self._counted(one.places, counted)),
            ("Czas oczekiwania", self._counted(one.waiting_days, counted, " dni")),
            ("Działa", " ".join(part for part in valid if part)),
        ]

    def _counted(self, number: int | None, counted: str, unit: str = "") -> str:
        """A number that is no older than 30 days; of an older one nothing is known any more."""
        if number is None:
            return ""
        return f"{number}{unit}{counted}" if self.entry.counts_on(self.day) else UNKNOWN

    @property
    def where(self) -> Given:
        known = self.entry.features_known
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


@dataclass(frozen=True, slots=True)
class Line:
    """A field as it stands in the basket and as it shall, with the words that come and go."""

    label: str
    before: str
    after: str
    pieces: tuple[Piece, ...]


def changes(before: ServiceEntry, after: ServiceEntry, day: date) -> list[Line]:
    """The fields that read otherwise, for whoever may see all of both."""
    return [
        Line(label, was, now, difference(was, now))
        for (label, was), (_, now) in zip(_all(before, day), _all(after, day), strict=True)
        if was != now
    ]


def _all(entry: ServiceEntry, day: date) -> Iterator[tuple[str, str]]:
    seen = Seen(entry, Visibility.OFFICE, day)
    yield "Nazwa", entry.name
    for rows in (seen.what, seen.way_in, seen.when, seen.where, seen.contact, seen.seen_by):
        yield from ((label, str(value)) for label, value in rows)


def told_at_once(seen: Seen, latest: ServiceEntry) -> list[str]:
    """Changes that readers must know of before the Lider has looked at them (REG §3.6).

    A number that either text keeps from the reader is not told.
    """
    if latest.state != EntryState.FILED:
        return []
    entry, now = seen.entry, Seen(latest, seen.reach, seen.day)
    told = []
    if seen.sees_contact and now.sees_contact and entry.phone != latest.phone:
        told.append(f"telefon: {latest.phone or UNKNOWN}")
    if now.is_seen and entry.hours != latest.hours:
        told.append(f"godziny: {latest.opening.said if latest.opening else UNKNOWN}")
    return told


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
