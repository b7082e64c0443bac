"""What the benchmarks share: one region a run, a line for each figure, a table at the end."""

import json
import os
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from infra.bench.region import Region, make_region


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure is to reach: a bound of ours, or of its ratio to the baseline."""

    bound: float
    of: str  # OURS, RATIO (ours to baseline), or GAIN (baseline to ours; a lower bound)
    unit: str = ""

    def __str__(self) -> str:
        return {
            "OURS": f"≤ {self.bound:g} {self.unit}",
            "RATIO": f"≤ {self.bound:g} ×",
            "GAIN": f"≥ {self.bound:g} × szybciej",
        }[self.of]

    def missed_by(self, ours: float, baseline: float | None) -> float:
        """By what part of the bound the figure misses it; 0 when it is met."""
        if self.of == "OURS":
            return max(0.0, ours / self.bound - 1)
        assert baseline is not None
        if self.of == "RATIO":
            return max(0.0, ours / baseline / self.bound - 1)
        return max(0.0, 1 - baseline / ours / self.bound)


def at_most(bound: float, unit: str) -> Goal:
    return Goal(bound, "OURS", unit)


def ratio(bound: float) -> Goal:
    return Goal(bound, "RATIO")


def faster(bound: float) -> Goal:
    return Goal(bound, "GAIN")


Function = Callable[["Bench"], None]
BENCHMARKS: dict[str, Function] = {}


def benchmark(name: str) -> Callable[[Function], Function]:
    """Offer a function as `kooperacja bench <name>`; it reports one line or several."""

    def offer(function: Function) -> Function:
        BENCHMARKS[name] = function
        return function

    return offer


@dataclass
class Bench:
    """One run: its region, made when first asked for, and its lines so far."""

    size: int
    rows: list[dict[str, Any]] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)

    @cached_property
    def region(self) -> Region:
        return make_region(self.size)

    def measure(self, name: str, function: Function) -> None:
        """One that breaks is told and does not take the others' figures with it."""
        try:
            function(self)
        except Exception as error:
            traceback.print_exc()
            self.failed[name] = type(error).__name__

    def close(self) -> None:
        if "region" in self.__dict__:
            self.region.close()

    def report(
        self,
        name: str,
        *,
        ours: float,
        unit: str,
        baseline: float | None = None,
        goals: tuple[Goal, ...] = (),
        **more: object,
    ) -> None:
        """Print a figure beside its baseline; a goal that is missed says by how much."""
        line: dict[str, Any] = {"name": name, "ours": round(ours, 4), "unit": unit}
        if baseline is not None:
            line |= {"baseline": round(baseline, 4), "ratio": round(ours / baseline, 3)}
        if goals:
            missed = {str(goal): goal.missed_by(ours, baseline) for goal in goals}
            line["goal"] = " i ".join(missed)
            line["met"] = not any(missed.values())
            if by := {name: f"{100 * part:.1f} %" for name, part in missed.items() if part}:
                line["missed_by"] = by
        # Of the last minute: what else the machine did tells how far to trust a figure.
        line |= more | {"load": round(os.getloadavg()[0], 1)}
        self.rows.append(line)
        click.echo(json.dumps(line, ensure_ascii=False))

    def summarise(self) -> None:
        table = Table("pomiar", "nasze", "odniesienie", "stosunek", "cel", "wynik")
        for row in self.rows:
            unit = row["unit"]
            table.add_row(
                row["name"],
                f"{row['ours']:g} {unit}",
                f"{row['baseline']:g} {unit}" if "baseline" in row else "–",
                f"{row['ratio']:g} ×" if "ratio" in row else "–",
                row.get("goal", "–"),
                _verdict(row),
            )
        for name, error in self.failed.items():
            table.add_row(name, "–", "–", "–", "–", f"[red]błąd: {error}[/]")
        Console().print(table)


def _verdict(row: dict[str, Any]) -> str:
    if "goal" not in row:
        return "–"
    if row["met"]:
        return "[green]osiągnięty[/]"
    return "[red]brakuje: " + ", ".join(row["missed_by"].values()) + "[/]"
