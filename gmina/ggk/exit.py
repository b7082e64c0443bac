"""The GGK in the exit package of a tenant."""

from collections.abc import Iterator
from typing import Any

from gmina.ggk.models import DelegationRequest, DelegationStep, Group, GroupCoordinator
from kooperacja.offers import Pack

_GROUPS = ["powiat", "porozumienie", "od", "do"]
_COORDINATORS = ["osoba", "od", "do", "kto wskazał"]
_DELEGATIONS = [
    "instytucja", "numer", "funkcja", "od kiedy", "odpowiedź do", "poproszono", "kto prosi", "stan",
    "odpowiedź z dnia", "osoba", "e-mail", "funkcja osoby", "delegowana od", "delegowana do", "powód",
    "przyjęto", "koniec", "dlaczego",
]  # fmt: skip
_STEPS = ["instytucja", "funkcja", "stan", "dzień", "uwaga", "kto"]


def write_groups(pack: Pack) -> None:
    """Every group, who coordinated it, and every delegation with its history."""
    pack.sheet("ggk/grupy", _GROUPS, _groups())
    pack.sheet("ggk/koordynatorzy", _COORDINATORS, _coordinators())
    pack.sheet("ggk/delegacje", _DELEGATIONS, _delegations())
    pack.sheet("ggk/przebieg", _STEPS, _steps())


def _groups() -> Iterator[list[Any]]:
    for one in Group.objects.order_by("from_on", "pk"):
        yield [one.county_name, one.agreement_name, one.from_on, one.ended_on]


def _coordinators() -> Iterator[list[Any]]:
    rows = GroupCoordinator.objects.select_related("person").order_by("from_on", "pk")
    for one in rows:
        yield [one.person.full_name, one.from_on, one.ended_on, one.appointed_by_name]


def _delegations() -> Iterator[list[Any]]:
    for one in DelegationRequest.objects.order_by("asked_on", "pk"):
        asked = [one.party_name, one.party_number, one.function, one.from_on, one.answer_by]
        asked += [one.asked_on, one.asked_by_name, one.state_said]
        named = [one.answered_on, one.full_name, one.email, one.named_function]
        named += [one.serves_from, one.until, one.reason, one.accepted_on, one.ends_on]
        yield [*asked, *named, one.get_end_reason_display()]


def _steps() -> Iterator[list[Any]]:
    rows = DelegationStep.objects.select_related("delegation")
    for one in rows.order_by("delegation__asked_on", "delegation", "recorded_at", "pk"):
        about = [one.delegation.party_name, one.delegation.function]
        yield [*about, one.get_state_display(), one.happened_on, one.note, one.actor_name]
