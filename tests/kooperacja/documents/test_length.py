"""A paper that takes long is never drawn in a thread of the server."""

import os
from pathlib import Path
from typing import Any

import pytest

from kooperacja.audit.actor import SYSTEM
from kooperacja.documents import apart, drawer, drawing, guarded, slots
from kooperacja.documents.errors import Busy, Overloaded
from kooperacja.documents.length import is_long
from kooperacja.documents.models import DOCX
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from tenants.exchange.clauses import framework
from tenants.partnership.papers import REGISTER
from tenants.regulation.papers import REGULATION


def regulation(text: str, number: int) -> dict[str, Any]:
    (clause,) = REGULATION.example["clauses"]
    return {**REGULATION.example, "clauses": [{**clause, "text": text}] * number}


def test_only_what_takes_long_is_long() -> None:
    assert not is_long(REGISTER, {"rows": [{}] * 60, "day": "x" * 500})
    assert is_long(REGISTER, {"rows": [{}] * 61})
    assert is_long(REGISTER, {"deep": {"rows": [{"rows": [{}] * 30}] * 2}})
    assert not is_long(REGISTER, {"rows": [{}] * 400, "day": None}, DOCX)
    assert is_long(REGISTER, {"rows": [{}] * 600}, DOCX)


def test_letters_and_lines_weigh_too() -> None:
    usual = framework()
    letters = sum(len(row["text"]) for row in usual)
    assert not is_long(REGULATION, regulation("x" * (letters // len(usual)), len(usual)))
    assert is_long(REGULATION, regulation("x" * 10_000, 7))
    assert is_long(REGULATION, regulation("x\n" * 1000, 3))


def test_a_long_one_is_drawn_by_a_program_with_limits(
    office: TenantRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = regulation("Słowa regulaminu. " * 50, 220)
    assert drawing.pdf_of(REGULATION, long).startswith(b"%PDF-")
    monkeypatch.setattr(apart, "WAITED_CPU_SECONDS", 1)
    with pytest.raises(Problem, match="zbyt długi, żeby go przygotować") as refused:
        drawing.pdf_of(REGULATION, long)
    assert refused.value.status == 422


_NICE = """
import logging, os, sys, types
sys.path.insert(0, {platform!r})
import kooperacja.documents
kooperacja.documents.typeset = types.SimpleNamespace(
    PROGRESS=logging.getLogger("x"), pdf_of_html=lambda html: b"%d" % os.nice(0)
)
from kooperacja.documents import drawer
drawer.main(*map(int, sys.argv[1:]))
"""


def test_who_waits_for_a_paper_lets_pages_go_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script, own = tmp_path / "drawer.py", os.nice(0)
    script.write_text(_NICE.format(platform=str(Path(drawer.__file__).resolve().parents[2])))
    monkeypatch.setattr(drawer, "__file__", str(script))
    assert int(apart.drawn_apart("", while_waiting=True)) == min(19, own + 10)
    assert int(apart.drawn_apart("")) == own  # a worker's own is handed down


def test_a_slow_server_is_no_fault_of_a_paper(
    office: TenantRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "WAITED_SECONDS", 0.05)
    with pytest.raises(Overloaded, match="Serwer jest teraz zajęty") as told:
        drawing.pdf_of(REGULATION, regulation("Słowa regulaminu. " * 50, 90))
    assert told.value.status == 503


def test_a_few_are_drawn_at_once(office: TenantRef, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "drawn_apart", lambda html, while_waiting: b"%PDF-apart")
    long = regulation("x" * 10_000, 9)
    assert drawing.pdf_of(REGULATION, long) == b"%PDF-apart"
    own = {f"tenant.{office.schema}": guarded.A_TENANT}
    with slots.taken(own), slots.taken(own), pytest.raises(Busy):
        drawing.pdf_of(REGULATION, long, SYSTEM)


def test_a_short_one_starts_no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "drawn_apart", lambda *given, **how: pytest.fail("started"))
    assert drawing.pdf_of(REGULATION, dict(REGULATION.example)).startswith(b"%PDF-")
