"""Words of a page about a service: each part for whoever may see it, and news of its owner."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import chain
from uuid import UUID

from kooperacja.ui.difference import Line, changed_lines
from kooperacja.ui.polish import pl_date, quoted, stopped
from tenants.baskets.listed import facts_of
from tenants.baskets.models.answers import CheckAnswer
from tenants.baskets.models.cards import Card
from tenants.baskets.models.checks import CardCheck
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.standing import entries_of
from tenants.baskets.workflow import EntryState
from tenants.services import said
from tenants.services.hours import Hours
from tenants.services.listed import ListedFacts, hide, hide_way
from tenants.services.said import UNKNOWN, Given
from tenants.services.terms import Has
from tenants.services.visibility import Visibility, may_see

TOLD = "Instytucja zgłosiła zmianę: zobacz opis."


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
    def _facts(self) -> ListedFacts:
        """The facts without what is kept from the reader."""
        facts = facts_of(self.entry)
        if self.entry.is_protected and self.reach != Visibility.OFFICE:
            facts = hide_way(facts)
        return hide(facts, contact=not self.sees_contact, place=not self.sees_place)

    @property
    def is_stopped(self) -> bool:
        """It has a break today."""
        return self.entry.service.is_stopped(self.day)

    @property
    def is_given(self) -> bool:
        """It has begun and has no break."""
        begins = self.entry.valid_from
        return (begins is None or begins <= self.day) and not self.is_stopped

    @cached_property
    def opening_hours(self) -> Hours | None:
        return self.entry.opening

    @property
    def address(self) -> str:
        """The address as it may be told; of a protected place that it is one."""
        return said.address(self._facts)

    @property
    def town(self) -> str:
        return self.entry.city if self.sees_place else ""

    def seat_in(self, unit_code: str) -> str:
        """The gmina of its place in a unit, by its code; nothing where nobody may know, or knows."""
        if not self.sees_place or not self.entry.city:
            return ""
        if self.entry.seat:
            return str(next(iter(self.entry.seat)))
        is_of_here = self.entry.service.followed is None and len(unit_code) == len("WWPPGG")
        return unit_code if is_of_here else ""

    @property
    def features(self) -> list[str]:
        """Features that make the place accessible, as far as they may be told."""
        known = self.entry.features if self.sees_place else {}
        return [code for code, has in known.items() if has == Has.YES]

    @property
    def phone(self) -> str:
        return self._facts.phone

    @property
    def email(self) -> str:
        return self._facts.email

    @property
    def website(self) -> str:
        return self._facts.website

    @property
    def remarks(self) -> str:
        """Its break, and that nobody knows if it is still as described."""
        service = self.entry.service
        told = (
            break_said(service, self.day),
            end_said(service, self.day),
            TOLD if self.is_told else "",
            said.SILENT if self.is_silent else "",
        )
        return " ".join(one for one in told if one)

    @property
    def what(self) -> Given:
        return said.what(self._facts)

    @property
    def way_in(self) -> Given:
        return said.way_in(self._facts)

    @property
    def for_family(self) -> Given:
        return said.for_family(self._facts)

    @property
    def opening(self) -> Given:
        return said.opening(self._facts)

    @property
    def when(self) -> Given:
        return said.when(self._facts, self.day)

    @property
    def where(self) -> Given:
        return said.where(self._facts)

    @property
    def contact(self) -> Given:
        return said.contact(self._facts) if self.sees_contact else []

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
        return said.sections(self._facts, self.day)


def changes(before: ServiceEntry, after: ServiceEntry, day: date) -> tuple[Line, ...]:
    """The fields that read otherwise, for whoever may see all of both."""
    return changed_lines(all_of(before, day), all_of(after, day))


def all_of(entry: ServiceEntry, day: date) -> dict[str, str]:
    """Everything that an entry says, by its label."""
    seen = Seen(entry, Visibility.OFFICE, day)
    parts = (seen.what, seen.way_in, seen.for_family, seen.when, seen.where)
    rows = chain(*parts, seen.contact, seen.seen_by)
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
    return said.break_said(begins, ends, service.stopped_why, day)


def confirmed_said(service: Service) -> str:
    """When and how somebody confirmed it; that nobody did."""
    if service.confirmed_on is None:
        return "jeszcze nie"
    how = str(service.get_confirmed_how_display())
    return f"{pl_date(service.confirmed_on)}, {how}: {service.confirmed_by_name}"


def described(services: Iterable[Service], day: date) -> dict[UUID, Given]:
    """All that stands in the basket of each of these services, for its owner."""
    seen = (Seen(entry, Visibility.OFFICE, day) for entry in entries_of(services))
    return {one.entry.service_id: [row for _, rows in one.sections for row in rows] for one in seen}


def said_in(card: Card, check: CardCheck) -> Iterator[tuple[Service, str]]:
    """Answers about services of a card since a round began, with who gave them and when."""
    rows = CheckAnswer.objects.filter(service__card=card, answered_on__gte=check.opened_on)
    for one in rows.select_related("service").order_by("service__name", "answered_on", "pk"):
        words = f"{quoted(one.service.name)}: {one.get_answer_display()}. {one.by_name}, "
        yield one.service, stopped(f"{words}{pl_date(one.answered_on)}")
