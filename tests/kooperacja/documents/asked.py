"""A long paper that is asked for, and how it is drawn in a test."""

from collections.abc import Callable
from datetime import date
from typing import Any

from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.documents import parts as p
from kooperacja.documents import preparing
from kooperacja.documents.models import PreparedFile
from kooperacja.documents.papers import Paper

ROWS = Paper(
    kind="ROWS",
    name="Wiersze",
    title="Wiersze",
    short="Wiersze",
    example={"rows": [{"name": "a"}]},
    parts=(p.Title("Wiersze", "próba"), p.Table("row in rows", p.Column("Nazwa", "row.name", 60))),
    may_take=lambda person, prepared: True,
)
ANNA, JAN = (Actor(account_id=uuid7(), name=name) for name in ("Anna", "Jan"))


def ask(rows: int = 3, by: Actor = ANNA, name: str = "wiersze.pdf") -> PreparedFile:
    return preparing.ask_for_paper(
        by=by,
        paper=ROWS,
        context={"rows": [{"name": f"Wiersz {n}"} for n in range(rows)]},
        title="Wiersze",
        name=name,
        as_of=date(2026, 1, 2),
        again_at="/",
        verb="REGISTER_EXPORTED",
        entry={"day": [None, "2026-01-02"]},
    )


def drawing(monkeypatch: Any, draw: Callable[..., bytes]) -> None:
    monkeypatch.setattr(preparing, "drawn_apart", draw)
