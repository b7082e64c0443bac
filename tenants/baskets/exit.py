"""Cards of services and the basket in the exit package of a tenant."""

from collections.abc import Iterator
from typing import Any

from kooperacja.offers import Pack
from tenants.baskets.models import Card, CardCheck, ServiceEntry, ServiceReport
from tenants.services.hours import typed, typed_days

_REPORTS = ["czyja", "usługa", "co jest nie tak", "zgłoszono", "kto", "załatwiono", "kto załatwił"]
_CHECKS = ["czyja", "od", "do", "stan", "próby kontaktu"]
_CARDS = ["czyja", "założona", "kompetencje", "zasoby"]
_ENTRY_COLUMNS = (
    *("name", "type_code", "about", "area", "legal_basis", "access", "referral", "needs_decision"),
    *("conditions", "papers", "cost", "cost_about", "hours_about", "waiting_days", "places"),
    *("counted_on", "valid_from", "valid_until", "street", "postal_code", "city", "is_protected"),
    *("contact_name", "phone", "email", "website", "sees_service", "sees_contact", "sees_place"),
)
_SERVICES = [
    "czyja",
    "numer",
    "stan",
    "potwierdzona",
    "zakończona",
    "godziny",
    "inne dni",
    "dla kogo",
]


def write_cards(pack: Pack) -> None:
    """Every card, and everything that was said of its services in turn."""
    pack.sheet("koszyk/karty", _CARDS, _cards())
    columns: list[Any] = [ServiceEntry._meta.get_field(name) for name in _ENTRY_COLUMNS]
    words = [str(one.verbose_name) for one in columns]
    pack.sheet("koszyk/uslugi", [*_SERVICES, *words], _entries())
    pack.sheet("koszyk/bledy", _REPORTS, _reports())
    pack.sheet("koszyk/potwierdzanie", _CHECKS, _checks())


def _reports() -> Iterator[list[Any]]:
    rows = ServiceReport.objects.select_related("service__card__organisation")
    for one in rows.order_by("reported_on", "pk"):
        about = [one.service.card.owner, one.service.name, one.text, one.reported_on, one.by_name]
        yield [*about, one.settled_on, one.settled_by_name]


def _checks() -> Iterator[list[Any]]:
    rows = CardCheck.objects.select_related("card__organisation").prefetch_related("calls")
    for one in rows.order_by("opened_on", "pk"):
        tried = (
            f"{call.called_on} {call.get_how_display()} ({call.by_name})"
            for call in one.calls.all()
        )
        about = [one.card.owner, one.opened_on, one.closed_on, one.get_state_display()]
        yield [*about, "; ".join(tried)]


def _cards() -> Iterator[list[Any]]:
    for one in Card.objects.select_related("organisation").order_by("begun_on", "pk"):
        yield [one.owner, one.begun_on, one.competences, one.resources]


def _entries() -> Iterator[list[Any]]:
    rows = ServiceEntry.objects.select_related("service__card__organisation")
    for one in rows.order_by("service__created_at", "service", "number"):
        hours = one.opening
        week = "; ".join(typed(day) or "–" for day in hours.week) if hours else ""
        other = typed_days(hours.exceptions) if hours else ""
        about = [one.service.card.owner, one.number, one.get_state_display()]
        about += [one.service.confirmed_on, one.service.ended_on, week, other, one.groups_said]
        yield [*about, *(getattr(one, name) for name in _ENTRY_COLUMNS)]
