"""The team of a demo's partnership, whose rows were written straight into the tables."""

from datetime import date

from tenants.teams.following import follow_partnership


def write(unit: str, today: date) -> None:
    """Let the seats be as the partnership is."""
    follow_partnership()
