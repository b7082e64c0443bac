"""Units whose papers are drawn in the background take turns."""

from pathlib import Path
from typing import Any

import pytest
from uuid6 import uuid7

from kooperacja.crypto import keys
from kooperacja.crypto.actions import create_tenant_key
from kooperacja.documents import preparing, slots, tasks, turns
from kooperacja.tenancy.context import current_tenant, inside
from kooperacja.tenancy.ref import TenantRef
from tests.kooperacja.documents.asked import ROWS, ask, drawing
from tests.offering import offer


@pytest.fixture(autouse=True)
def _offered(monkeypatch: Any, tmp_path: Path, settings: Any) -> None:
    offer(monkeypatch, ROWS)
    settings.VAR_DIR = tmp_path


@pytest.fixture
def units(gmina: TenantRef, powiat: TenantRef, media: Path) -> tuple[TenantRef, TenantRef]:
    keys.forget()
    for tenant in (gmina, powiat):
        create_tenant_key(tenant.id)
    return gmina, powiat


class _Machine:
    """Remembers which unit is called, and whose paper is drawn, in turn."""

    def __init__(self, monkeypatch: Any) -> None:
        self.calls: list[str] = []
        self.drawn: list[str] = []
        for module in (tasks, preparing):
            monkeypatch.setattr(module, "nudge", lambda task, unit: self.calls.append(unit))
        monkeypatch.setattr(tasks, "begin", lambda *call: None)
        drawing(monkeypatch, self.draw)

    def draw(self, html: str, tell: Any) -> bytes:
        self.drawn.append(current_tenant().slug)
        return b"%PDF-"

    def work(self) -> None:
        for _ in range(20):
            if self.calls:
                tasks.draw(self.calls.pop(0))
        assert self.calls == []


def asked_in(tenant: TenantRef, *rows: int) -> None:
    with inside(tenant):
        for number in rows:
            ask(number)


def test_units_take_turns(units: tuple[TenantRef, TenantRef], monkeypatch: Any) -> None:
    machine, (gmina, powiat) = _Machine(monkeypatch), units
    asked_in(gmina, 3, 4, 5)
    asked_in(powiat, 9)
    machine.calls = [str(gmina.id), str(powiat.id)]
    machine.work()
    # Powiat is called when gmina stands in the line again, and waits for that one paper alone.
    assert machine.drawn == [gmina.slug, gmina.slug, powiat.slug, gmina.slug]
    assert turns.first() is None


def test_who_is_called_while_another_is_drawn_for_gets_the_next_turn(
    units: tuple[TenantRef, TenantRef], monkeypatch: Any
) -> None:
    machine, (gmina, powiat) = _Machine(monkeypatch), units
    asked_in(gmina, 3, 4)
    asked_in(powiat, 9)
    with slots.taken({"drawing": 1}):
        tasks.draw(str(powiat.id))
    assert (machine.drawn, machine.calls) == ([], [])

    tasks.draw(str(gmina.id))  # it comes after, and calls the other
    assert (machine.drawn, machine.calls) == ([], [str(powiat.id)])
    machine.work()
    assert machine.drawn == [powiat.slug, gmina.slug, gmina.slug]


def test_the_sweep_calls_everybody_and_clears_the_line(
    units: tuple[TenantRef, TenantRef], monkeypatch: Any
) -> None:
    machine = _Machine(monkeypatch)
    turns.join(str(uuid7()))  # of a unit that is closed now
    for tenant in units:
        asked_in(tenant, 3)
    tasks.draw_all()
    assert set(machine.calls) == {str(tenant.id) for tenant in units}
    machine.work()
    assert sorted(machine.drawn) == sorted(tenant.slug for tenant in units)
    assert turns.first() is None
