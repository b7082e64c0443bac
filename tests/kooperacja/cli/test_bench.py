"""What a line of the benchmarks says of its goal."""

import json
from typing import Any

import pytest
from click.testing import CliRunner

from infra.bench import attack, bench
from infra.bench.frame import Bench, Goal, at_most, faster, ratio


@pytest.mark.parametrize(
    ("goal", "ours", "baseline", "missed"),
    [
        (at_most(50, "ms"), 50, None, 0),
        (at_most(50, "ms"), 75, None, 0.5),
        (ratio(1.2), 24, 20, 0),
        (ratio(1.2), 36, 20, 0.5),
        (faster(200), 10, 2000, 0),
        (faster(200), 10, 500, 0.75),
    ],
)
def test_a_goal_says_by_what_part_it_is_missed(
    goal: Goal, ours: float, baseline: float | None, missed: float
) -> None:
    assert goal.missed_by(ours, baseline) == pytest.approx(missed)


def _line(capsys: pytest.CaptureFixture[str], **figures: Any) -> dict[str, Any]:
    Bench(size=1).report("row", unit="ms", **figures)
    line: dict[str, Any] = json.loads(capsys.readouterr().out)
    return line


def test_a_miss_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    line = _line(capsys, ours=60, baseline=40, goals=(at_most(50, "ms"), ratio(2)))
    assert (line["goal"], line["met"]) == ("≤ 50 ms i ≤ 2 ×", False)
    assert line["missed_by"] == {"≤ 50 ms": "20.0 %"}
    assert line["ratio"] == 1.5


def test_a_goal_met_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    line = _line(capsys, ours=4, goals=(at_most(50, "ms"),))
    assert line["met"] is True
    assert "missed_by" not in line


def test_an_unknown_benchmark_is_refused() -> None:
    result = CliRunner().invoke(bench, ["nie-ma"])
    assert result.exit_code == 1
    assert "Nie ma pomiaru: nie-ma." in result.output


READ, SOUGHT = {"422": 40, "503": 60}, {"200": 50, "429": 50}


@pytest.mark.parametrize(
    ("uploads", "searches", "told"),
    [
        ({"302 /konto/potwierdz/": 10, **READ}, SOUGHT, "files went elsewhere"),
        ({"503": 100}, SOUGHT, "no file was read"),
        (READ, {"302 /konto/zaloguj/": 1, **SOUGHT}, "searches went elsewhere"),
        (READ, {"429": 100}, "nothing was searched"),
    ],
)
def test_an_attack_that_did_not_arrive_proves_nothing(
    uploads: dict[str, int], searches: dict[str, int], told: str
) -> None:
    attack.require_attack(READ, SOUGHT)
    with pytest.raises(AssertionError, match=told):
        attack.require_attack(uploads, searches)
