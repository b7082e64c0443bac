"""The facts of a service that leave its tenant, cut to what each level of readers may see (REG §3.4, §5.1.g)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cache
from typing import Any, get_args, get_type_hints
from uuid import UUID

from kooperacja.offers import Offer
from tenants.services.visibility import Visibility, may_see


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFacts:
    """Everything that a directory may say of a service; what is empty is not known or not for its readers."""

    # What it is, and of whom.
    name: str
    type_code: str = ""  # as all units know it; none of a unit's own that is part of no other
    own_type: dict[str, Any] = field(default_factory=dict)  # of the unit, as `own_kept` gives it
    about: str = ""
    groups: tuple[str, ...] = ()
    age_from: int | None = None
    age_until: int | None = None
    units: dict[str, str] = field(default_factory=dict)  # their labels by their codes (TERYT)
    area: str = ""
    ways: tuple[str, ...] = ()
    legal_basis: str = ""
    owner_id: str = ""
    owner_name: str = ""
    owner_number: str = ""  # REGON
    # How one gets in.
    access: str = ""
    referral: str = ""
    needs_decision: bool = False
    conditions: str = ""
    papers: str = ""
    # All of it for a family, in few words.
    in_ukrainian: str = ""
    easy_to_read: str = ""
    cost: str = ""
    cost_about: str = ""
    # When.
    hours: dict[str, Any] | None = None  # as `hours.kept` gives them
    hours_about: str = ""
    waiting_days: int | None = None
    places: int | None = None
    counted_on: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    stopped_from: date | None = None
    stopped_until: date | None = None
    stopped_why: str = ""
    # Where, and with whom.
    is_protected: bool = False
    seat: dict[str, str] = field(default_factory=dict)  # the gmina of its address
    street: str = ""
    postal_code: str = ""
    city: str = ""
    features: dict[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    contact_name: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    # How true it is.
    changed_on: date | None = None
    confirmed_on: date | None = None
    reviewed_on: date | None = None
    is_silent: bool = False  # its owner could not be reached

    @property
    def area_words(self) -> str:
        """The area that it is for; units that its words have are not said twice."""
        names = (name for name in self.units.values() if name not in self.area)
        return ", ".join(filter(None, (*names, self.area)))

    def to_json(self) -> dict[str, Any]:
        """Everything that is known, in plain JSON."""
        kept = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: _plain(value) for name, value in kept.items() if _is_known(value)}

    @classmethod
    def of_json(cls, json: Mapping[str, Any]) -> "ListedFacts":
        """The facts that were kept; of another release, those that this one knows."""
        readers = _readers()
        return cls(**{name: readers[name](one) for name, one in json.items() if name in readers})


def _is_known(value: Any) -> bool:
    """No free places are something that is known."""
    return value is not None and value is not False and value not in ("", (), {})


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    """How a value of each field is read back from JSON."""
    return {name: _reader(hint) for name, hint in get_type_hints(ListedFacts).items()}


def _reader(hint: Any) -> Callable[[Any], Any]:
    if date in get_args(hint):
        return date.fromisoformat
    return tuple if hint == tuple[str, ...] else _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


# --- Cutting ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Levels:
    """The levels that an owner chose for a service, its contact and its place."""

    service: Visibility
    contact: Visibility
    place: Visibility


_NONE = frozenset[str]()
_CONTACT = frozenset({"contact_name", "phone", "email", "website"})
_PLACE = frozenset({"seat", "street", "postal_code", "city", "features"})
_DICTS = frozenset({"features", "seat"})
# Of a protected place its area and its telephone are given: a number in a register, a website or a
# name lead to an address.
LEADS_TO_PROTECTED = (_PLACE | _CONTACT | {"owner_number"}) - {"phone"}


def cut(facts: ListedFacts, levels: Levels, reach: Visibility) -> ListedFacts | None:
    """The facts that a reader who sees up to `reach` may have; None where even the service is hidden."""
    if not _sees(reach, levels):
        return None
    shown = hide(
        facts,
        contact=not _sees(reach, levels, contact=levels.contact),
        place=not _sees(reach, levels, place=levels.place),
    )
    return hide_way(shown) if facts.is_protected else shown


def hide_way(facts: ListedFacts) -> ListedFacts:
    """The facts of a protected place without all that leads to it."""
    return _without(facts, LEADS_TO_PROTECTED)


def hide(facts: ListedFacts, *, contact: bool, place: bool) -> ListedFacts:
    """The facts without these parts."""
    return _without(facts, (_CONTACT if contact else _NONE) | (_PLACE if place else _NONE))


def _without(facts: ListedFacts, hidden: frozenset[str]) -> ListedFacts:
    blank: dict[str, Any] = {name: {} if name in _DICTS else "" for name in hidden}
    return replace(facts, **blank)


def _sees(
    reach: Visibility,
    levels: Levels,
    contact: Visibility | None = None,
    place: Visibility | None = None,
) -> bool:
    service = levels.service
    return may_see(reach, service=service, contact=contact or service, place=place or service)


# --- Handing over -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Listing:
    """A service of a basket as strangers and as partners of the region may read it."""

    service_id: UUID
    public: ListedFacts | None
    partners: ListedFacts | None
    master_id: UUID | None = None  # of which it is a copy

    @classmethod
    def of(
        cls, service_id: UUID, facts: ListedFacts, levels: Levels, master_id: UUID | None = None
    ) -> "Listing":
        return cls(
            service_id,
            public=cut(facts, levels, Visibility.PUBLIC),
            partners=cut(facts, levels, Visibility.REGION),
            master_id=master_id,
        )


@dataclass(frozen=True, slots=True)
class ListsServices(Offer):
    """Gives the services of the current tenant that stand in its basket on a day."""

    find: Callable[[date], Iterable[Listing]]
