"""The register of members as a list that is shown, printed and exported alike (REG §5.1.a)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from kooperacja.ui.polish import polish_order
from tenants.partnership.models import FlagKind, register_on


@dataclass(frozen=True, slots=True)
class Line:
    """One kooperant on the day of the register."""

    name: str
    sector: str
    address: str
    nip: str
    regon: str
    krs: str
    email: str
    phone: str
    from_on: date
    coordinators: tuple[str, ...]
    level: str
    flags: tuple[str, ...]
    workers: int


def lines(day: date) -> Iterator[Line]:
    """All members of the day in Polish order of names."""
    for member in register_on(day).order_by(polish_order("organisation__name"), "pk"):
        of = member.organisation
        yield Line(
            name=of.name,
            sector=of.get_sector_display(),
            address=of.address,
            nip=of.nip,
            regon=of.regon,
            krs=of.krs,
            email=of.email,
            phone=of.phone,
            from_on=member.from_on,
            coordinators=coordinators_of(member),
            level=level_of(member),
            flags=flags_of(member),
            workers=member.workers,  # type: ignore[attr-defined]
        )


def coordinators_of(member: Any) -> tuple[str, ...]:
    return tuple(seat.person.full_name for seat in member.seats)


def level_of(member: Any) -> str:
    return ", ".join(one.get_level_display() for one in member.levels)


def flags_of(member: Any) -> tuple[str, ...]:
    """In the order of the regulation."""
    kinds = {one.kind for one in member.marks}
    return tuple(flag.label for flag in FlagKind if flag in kinds)
