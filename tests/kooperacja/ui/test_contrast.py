"""Every declared pair of colours can be read (WCAG 2.1: 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

from kooperacja import ui

STATIC = Path(ui.__file__).parent / "static" / "ui"
COLOURS = dict(
    re.findall(
        r"--k-([a-z]+-(?:fg|bg|line)):\s*(#[0-9a-f]{6});", (STATIC / "theme.css").read_text()
    )
)
TEXT = sorted(name.removesuffix("-fg") for name in COLOURS if name.endswith("-fg"))
LINES = sorted(name.removesuffix("-line") for name in COLOURS if name.endswith("-line"))


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _ratio(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_ratio_is_that_of_wcag() -> None:
    assert _ratio("#000000", "#ffffff") == pytest.approx(21)
    assert _ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", TEXT)
def test_text_can_be_read_on_its_ground(name: str) -> None:
    assert _ratio(COLOURS[f"{name}-fg"], COLOURS[f"{name}-bg"]) >= 4.5


@pytest.mark.parametrize("name", LINES)
def test_borders_and_shapes_can_be_seen_on_their_ground(name: str) -> None:
    assert _ratio(COLOURS[f"{name}-line"], COLOURS[f"{name}-bg"]) >= 3


def test_the_ring_of_focus_shows_on_light_and_dark_grounds() -> None:
    assert _ratio(COLOURS["focus-line"], COLOURS["page-bg"]) >= 3
    assert _ratio(COLOURS["focus-bg"], COLOURS["brand-bg"]) >= 3


def test_colours_are_named_in_the_theme_only() -> None:
    theme = (STATIC / "theme.css").read_text()
    named = re.findall(r"#[0-9a-f]{3,8}\b", theme)
    assert len(named) == len(COLOURS) + 1  # and the rule, which bounds nothing
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", (STATIC / "components.css").read_text())


def test_every_colour_that_is_used_is_declared() -> None:
    css = "".join((STATIC / name).read_text() for name in ("theme.css", "components.css"))
    assert set(re.findall(r"var\(--k-([a-z]+-(?:fg|bg|line))\)", css)) <= set(COLOURS)
