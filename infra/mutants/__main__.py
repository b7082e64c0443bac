"""`make mutants`: each fault in a copy of the code, its tests run there; all must be caught."""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from infra.mutants import ROOT, Mutant
from infra.mutants.table import MUTANTS

AT_ONCE = 2
_LEFT_OUT = shutil.ignore_patterns(".venv", ".git", "var", "__pycache__", ".*_cache", ".hypothesis")
_CAUGHT = re.compile(r"^FAILED (\S+)", re.MULTILINE)
# Some faults are so grave that no tenant can be opened for the tests; that is noticed as well.
_NOT_OPENED = re.compile(r'File "\S+/(tests/template\.py)", .*\n +(assert actions\.finish_opening)')
# Nothing is imported: models need settings.
_FIND = """
from importlib.machinery import PathFinder
path = None
for part in "{module}".split("."):
    spec = PathFinder.find_spec(part, path)
    path = spec.submodule_search_locations
print(spec.origin)
"""
_TESTS_FAILED = 1  # pytest's answer; any other means that the tests did not run


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one fault: caught by a test, or not."""

    name: str
    caught_by: str
    seconds: float
    trouble: str = ""


def main() -> int:
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("words", nargs="*", help="only faults whose names hold one of the words")
    words = parser.parse_args().words
    chosen = [m for m in MUTANTS if not words or any(word in m.name for word in words)]
    began = time.monotonic()
    print(f"{'fault':<46}{'caught by':<100}seconds", flush=True)
    if not _is_sound_without_faults(chosen):
        return 1
    with ThreadPoolExecutor(AT_ONCE) as pool:
        survived = sum(not _printed(outcome) for outcome in pool.map(_try, chosen))
    caught = len(chosen) - survived
    print(f"{caught} of {len(chosen)} caught in {time.monotonic() - began:.0f} s")
    return 1 if survived else 0


def _is_sound_without_faults(chosen: list[Mutant]) -> bool:
    tests = tuple(dict.fromkeys(test for mutant in chosen for test in mutant.tests))
    with tempfile.TemporaryDirectory(prefix="kp-mutant-") as directory:
        copy = _copy(Path(directory))
        began = time.monotonic()
        answer = _pytest(copy, tests)
    if answer.returncode:
        print(answer.stdout[-4000:], answer.stderr[-2000:])
        print("The tests fail without any fault, so they prove nothing.")
        return False
    print(f"{'(no fault)':<46}{'nothing fails':<100}{time.monotonic() - began:.0f}", flush=True)
    return True


def _try(mutant: Mutant) -> Outcome:
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kp-mutant-") as directory:
        copy = _copy(Path(directory))
        (copy / mutant.file).write_text(mutant.applied_to(copy))
        imported = _origin(copy, mutant.module)
        if imported != copy / mutant.file:
            return Outcome(mutant.name, "", 0, f"the code imported is {imported}")
        answer = _pytest(copy, mutant.tests)
    seconds = time.monotonic() - began
    found = _CAUGHT.search(answer.stdout)
    if answer.returncode == _TESTS_FAILED and found:
        return Outcome(mutant.name, found[1], seconds)
    if refused := _NOT_OPENED.search(answer.stderr + answer.stdout):
        return Outcome(mutant.name, f"{refused[1]}: no tenant can be opened", seconds)
    if answer.returncode == 0:
        return Outcome(mutant.name, "", seconds, f"survived: {mutant.why}")
    trouble = f"tests did not run: {(answer.stdout + answer.stderr)[-1500:]}"
    return Outcome(mutant.name, "", seconds, trouble)


def _printed(outcome: Outcome) -> bool:
    """Print a line about the fault; false if nobody caught it."""
    said = outcome.caught_by[-98:] or "NOBODY"
    print(f"{outcome.name:<46}{said:<100}{outcome.seconds:.0f}", flush=True)
    if outcome.trouble:
        print(f"    {outcome.trouble}", flush=True)
    return not outcome.trouble


def _copy(directory: Path) -> Path:
    return Path(shutil.copytree(ROOT, directory.resolve() / "site", ignore=_LEFT_OUT))


def _environment(copy: Path) -> dict[str, str]:
    # Before the installed packages, which lead to the tree this was started in.
    return os.environ | {"PYTHONPATH": f"{copy}{os.pathsep}{copy / 'platform'}"}


def _origin(copy: Path, module: str) -> Path:
    """The file from which a process of the copy imports the module."""
    code = _FIND.format(module=module)
    environment = _environment(copy) | {"DJANGO_SETTINGS_MODULE": ""}
    answer = subprocess.run(
        [sys.executable, "-c", code],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return Path(answer.stdout.strip())


def _pytest(copy: Path, tests: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-n0", "-q", "-x", "--tb=no", *tests]
    return subprocess.run(
        command, cwd=copy, env=_environment(copy), capture_output=True, text=True, check=False
    )


if __name__ == "__main__":
    sys.exit(main())
