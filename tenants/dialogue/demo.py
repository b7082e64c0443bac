"""Risks of a demo's team: one open, one handled with an arrangement, one withdrawn."""

from datetime import date


def write(unit: str, today: date) -> None:
    """Nothing yet."""
