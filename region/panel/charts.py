"""Lines drawn on the server, as SVG that needs neither script nor style of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 480, 320
LEFT, RIGHT, TOP, BOTTOM = 72, 12, 16, 32


@dataclass(frozen=True, slots=True)
class Dot:
    """One point of a line, with what it stands for."""

    x: float
    y: float
    label: str
    value: int


@dataclass(frozen=True, slots=True)
class LineChart:
    """A line of values in time from zero up; gaps are months in which nothing was published."""

    title: str
    dots: tuple[Dot, ...]
    lines: tuple[str, ...]  # `points` of each unbroken stretch
    top: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top_y: int = TOP
    base_y: int = HEIGHT - BOTTOM
    label_y: int = HEIGHT - 8
    axis_x: int = LEFT - 8
    top_label_y: int = TOP + 6

    @property
    def first(self) -> str:
        return self.dots[0].label if self.dots else ""

    @property
    def last(self) -> str:
        return self.dots[-1].label if self.dots else ""

    @property
    def latest(self) -> int:
        return self.dots[-1].value if self.dots else 0


def nice_top(value: int) -> int:
    """The end of the scale: the next 1, 2 or 5 with zeros, at least 5."""
    size = 1
    while True:
        for step in (1, 2, 5):
            if (top := step * size) >= max(value, 5):
                return top
        size *= 10


def line_chart(title: str, points: Sequence[tuple[str, int | None]]) -> LineChart:
    known = [value for _, value in points if value is not None]
    top = nice_top(max(known, default=0))
    step = (WIDTH - LEFT - RIGHT) / max(len(points) - 1, 1)
    stretches: list[list[Dot]] = [[]]
    for place, (label, value) in enumerate(points):
        if value is None:
            stretches.append([])
            continue
        y = HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM)
        stretches[-1].append(Dot(round(LEFT + place * step, 1), round(y, 1), label, value))
    return LineChart(
        title=title,
        dots=tuple(dot for stretch in stretches for dot in stretch),
        lines=tuple(" ".join(f"{d.x},{d.y}" for d in stretch) for stretch in stretches if stretch),
        top=top,
    )
