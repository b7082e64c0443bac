"""What the program keeps is closed to every other user of the machine."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from kooperacja.embedded.private import keep_private

KEPT = ("mail", "keys", "backup", "media", "run", "audit-heads", "broker")


@pytest.fixture(autouse=True)
def own_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_folders_that_were_open_are_closed_and_new_files_are_too(tmp_path: Path) -> None:
    for name in (*KEPT, "static"):
        (tmp_path / name).mkdir(mode=0o755)
    keep_private(tmp_path)
    (tmp_path / "mail" / "new.log").write_text("odnośnik")
    (tmp_path / "new").mkdir()
    assert {mode_of(tmp_path / name) for name in (*KEPT, "new")} == {0o700}
    assert mode_of(tmp_path / "mail" / "new.log") == 0o600
    assert mode_of(tmp_path / "static") == 0o755


def test_a_group_is_let_in_only_by_an_operator_who_says_so(tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    (tmp_path / "media").chmod(0o2777)
    os.umask(0o007)
    keep_private(tmp_path)
    assert mode_of(tmp_path / "media") == 0o2770
    (tmp_path / "media" / "file").write_text("x")
    assert mode_of(tmp_path / "media" / "file") == 0o660


def test_nothing_is_done_outside_and_nothing_is_needed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir(mode=0o755)
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "link").symlink_to(outside)
    keep_private(tmp_path / "var")
    keep_private(tmp_path / "missing")
    assert mode_of(outside) == 0o755
