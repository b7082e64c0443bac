"""The regulation as it is read: its clauses with the blanks filled in (REG title to §10)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tenants.partnership.framework import CHECKLIST
from tenants.partnership.models import PlacePolicy, RegulationVersion

_BLANK = re.compile(r"\[\[(\w+)\]\]")
_EMPTY = "…………"
_PERIODS = {
    "MONTH": ("raz w miesiącu", "razy w miesiącu"),
    "QUARTER": ("raz na kwartał", "razy na kwartał"),
    "HALF_YEAR": ("raz na pół roku", "razy na pół roku"),
    "YEAR": ("raz w roku", "razy w roku"),
}


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause as it is printed; `number` is "3." or "a)", empty for a heading."""

    ref: str
    text: str

    @property
    def depth(self) -> int:
        return self.ref.count(".")

    @property
    def is_annex(self) -> bool:
        return self.ref.startswith("zał")

    @property
    def number(self) -> str:
        if self.is_annex or self.depth == 0:
            return ""
        last = self.ref.rpartition(".")[2]
        return f"{last})" if self.depth == 2 else f"{last}."

    @property
    def name(self) -> str:
        """How it is cited: § 1 ust. 3 lit. a, § 9, załącznik nr 3."""
        if self.is_annex:
            return f"załącznik nr {self.ref.partition('.')[2]}"
        paragraph, *rest = self.ref.split(".")
        marks = [
            f"§ {paragraph}",
            *(f"{mark} {one}" for mark, one in zip(_MARKS, rest, strict=False)),
        ]
        return " ".join(marks)


_MARKS = ("ust.", "lit.")


def blanks(version: RegulationVersion) -> dict[str, str]:
    """What stands in each blank of the text."""
    rotating = version.place_policy == PlacePolicy.ROTATING
    return {
        "area": version.area,
        "lead_name": version.lead_name,
        "frequency": frequency(version.meetings_count, version.meetings_period),
        "meeting_place": ("kolejno siedziba każdego z Partnerów" if rotating else version.place),
        "risk_notice": version.get_risk_notice_display(),
    }


def frequency(count: int, period: str) -> str:
    """2, QUARTER → "2 razy na kwartał"."""
    once, times = _PERIODS[period]
    return once if count == 1 else f"{count} {times}"


def filled(version: RegulationVersion) -> Iterator[Clause]:
    """The clauses with their blanks filled; an empty one shows as dots."""
    values = blanks(version)
    for row in version.clauses:
        text = _BLANK.sub(lambda found: values.get(found[1], "") or _EMPTY, row["text"])
        yield Clause(row["ref"], text)


def lacks(version: RegulationVersion) -> list[str]:
    """Labels of what must be filled before it may be adopted (REG fn.1 and the blanks)."""
    needed = ["area", "lead_name", *CHECKLIST]
    if version.place_policy == PlacePolicy.FIXED:
        needed.insert(2, "place")
    meta = version._meta
    return [
        str(meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        for name in needed
        if not getattr(version, name).strip()
    ]
