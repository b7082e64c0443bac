"""Planted faults in the journal and its proof."""

from infra.mutants import Mutant

_SEALS = "platform/kooperacja/audit/migrations/0002_chain_of_the_unit.py"
_VERIFY = "platform/kooperacja/audit/verify.py"
_CHAIN = "tests/kooperacja/audit/test_chain_of_the_unit.py"

JOURNAL = (
    Mutant(
        name="whoever writes an entry says when",
        file=_SEALS,
        before="NEW.at := clock_timestamp();",
        after="",
        tests=(_CHAIN,),
        why="an entry could be written long after what it tells of",
    ),
    Mutant(
        name="the end of a chain may be moved",
        file=_SEALS,
        before="WHEN (pg_trigger_depth() < 1)",
        after="WHEN (false)",
        tests=(_CHAIN,),
        why="a tenant could hide that entries are missing, or stop its own journal",
    ),
    Mutant(
        name="a chain of any unit is taken",
        file=_VERIFY,
        before='if whose not in ("", self.unit):',
        after="self.unit = whose or self.unit\n        if False:",
        tests=(_CHAIN,),
        why="the journal of a quiet unit could stand in the place of another's",
    ),
    Mutant(
        name="an end cut since the last export is not missed",
        file=_VERIFY,
        before="if end and end != [seq, prior]:",
        after="if False:",
        tests=(_CHAIN,),
        why="the entries of the last hour could be taken away",
    ),
)
