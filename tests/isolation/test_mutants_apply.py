"""The planted faults of `make mutants` still fit the code, so that none is passed over."""

import ast
from pathlib import Path

import pytest

from infra.mutants import ROOT, Mutant
from infra.mutants.table import MUTANTS


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_fault_fits_its_file_exactly_once(mutant: Mutant) -> None:
    changed = mutant.applied_to(ROOT)
    assert changed != (ROOT / mutant.file).read_text()
    ast.parse(changed)
    assert all(Path(ROOT, test).is_file() for test in mutant.tests)


def test_there_are_enough_of_them_and_each_has_a_name() -> None:
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 12
