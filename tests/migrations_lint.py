"""Which migrations would lock or rewrite a large table, or take away what a release still uses.

squawk says what a statement locks. Three things it can't know: a column that the same migration
added holds nothing anybody waits for, a check that it writes anew under the same name is not gone,
and a column is dropped after the last release that used it.
"""

import json
import subprocess
import sys
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from pglast import ast, parse_sql
from pglast.enums import AlterTableType, ConstrType
from pglast.visitors import Ancestor, Visitor

ROOT = Path(__file__).resolve().parents[1]
SQUAWK = Path(sys.executable).with_name("squawk")
# What a migration may do that says since which release nobody uses the thing: `contracts`.
CONTRACTING = {
    "adding-not-nullable-field",
    "ban-drop-column",
    "ban-drop-constraint",
    "ban-drop-table",
}

Column = tuple[str, str]


@dataclass
class Lint:
    """One migration's statements as they are read one after another."""

    costly_default: bool
    once_written: Collection[str] = ()
    created: set[str] = field(default_factory=set)
    added: set[Column] = field(default_factory=set)
    defaults: set[Column] = field(default_factory=set)
    rewritten: set[Column] = field(default_factory=set)  # checks, by their names
    found: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def read(self, statements: Iterable[str]) -> None:
        texts = [(text, [one.stmt for one in parse_sql(text)]) for text in statements]
        self.rewritten = {check for _, parsed in texts for one in parsed for check in _checks(one)}
        for text, parsed in texts:
            for statement in parsed:
                if isinstance(statement, ast.CreateStmt):
                    self.created.add(statement.relation.relname)
                if isinstance(statement, ast.AlterTableStmt):
                    self._alter(statement)
            if not all(self._is_about_the_new(one) for one in parsed):
                self.left.append(text.rstrip("; \n") + ";")

    def _alter(self, statement: ast.AlterTableStmt) -> None:
        table = statement.relation.relname
        for command in statement.cmds:
            if command.subtype == AlterTableType.AT_AddColumn:
                self._add(table, command.def_)
            elif command.subtype == AlterTableType.AT_ColumnDefault and command.def_:
                self.defaults.add((table, command.name))
            elif command.subtype == AlterTableType.AT_SetNotNull:
                self._close((table, command.name))

    def _add(self, table: str, column: ast.ColumnDef) -> None:
        self.added.add((table, column.colname))
        kinds = {constraint.contype for constraint in column.constraints or ()}
        if ConstrType.CONSTR_DEFAULT not in kinds or table in self.created:
            return
        self.defaults.add((table, column.colname))
        if self.costly_default and table not in self.once_written:
            self.found.append(f"default-with-column: {table}.{column.colname}")

    def _close(self, column: Column) -> None:
        if column in self.added - self.defaults and column[0] not in self.created:
            self.found.append(f"required-without-default: {'.'.join(column)}")

    def _is_about_the_new(self, statement: ast.Node) -> bool:
        """Whether it touches a table or columns alone that this migration added."""
        if not isinstance(statement, ast.IndexStmt | ast.AlterTableStmt):
            return False
        if statement.relation.relname in self.created:
            return True
        if isinstance(statement, ast.IndexStmt):
            columns = {one.name for one in statement.indexParams}
            return self._are_new(statement.relation.relname, columns)
        table = statement.relation.relname
        return all(
            self._are_new(table, _columns(command)) or self._is_rewritten(table, command)
            for command in statement.cmds
        )

    def _is_rewritten(self, table: str, command: ast.AlterTableCmd) -> bool:
        is_dropped = command.subtype == AlterTableType.AT_DropConstraint
        return is_dropped and (table, command.name) in self.rewritten

    def _are_new(self, table: str, columns: set[str]) -> bool:
        return bool(columns) and {(table, column) for column in columns} <= self.added


def _checks(statement: ast.Node) -> set[Column]:
    """The checks that a statement adds, with their tables."""
    if not isinstance(statement, ast.AlterTableStmt):
        return set()
    return {
        (statement.relation.relname, command.def_.conname)
        for command in statement.cmds
        if command.subtype == AlterTableType.AT_AddConstraint
        and command.def_.contype == ConstrType.CONSTR_CHECK
    }


def _columns(command: ast.AlterTableCmd) -> set[str]:
    """The columns that a constraint is about; none for what is no constraint."""
    if command.subtype == AlterTableType.AT_SetNotNull:
        return {command.name}
    if command.subtype != AlterTableType.AT_AddConstraint:
        return set()
    if command.def_.contype == ConstrType.CONSTR_FOREIGN:
        return {name.sval for name in command.def_.fk_attrs}
    if command.def_.contype == ConstrType.CONSTR_CHECK:
        names = _Names()
        names(command.def_.raw_expr)
        return names.found
    return set()


class _Names(Visitor):
    """Collects the columns of an expression."""

    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_ColumnRef(self, ancestors: Ancestor, node: ast.ColumnRef) -> None:
        self.found.add(node.fields[-1].sval)


def complaints(
    statements: Iterable[str],
    *,
    is_atomic: bool = True,
    contracts: str = "",
    tenants: bool = True,
    once_written: Collection[str] = (),
) -> list[str]:
    """Why a migration is refused, each by the name of the rule it breaks."""
    lint = Lint(costly_default=tenants, once_written=once_written)
    lint.read(statements)
    allowed = CONTRACTING if is_past(contracts) else set()
    said = [one for one in _squawk(lint.left, is_atomic) if one.split(":")[0] not in allowed]
    return lint.found + said


def is_past(release: str, now: str = "") -> bool:
    """Whether this release comes after the one that stopped using a thing; 0.3.1 is still 0.3."""
    return bool(release) and _minor(release) < _minor(now or version("kooperacja"))


def _minor(release: str) -> tuple[int, ...]:
    return tuple(int(part) for part in release.split(".")[:2])


def _squawk(statements: list[str], is_atomic: bool) -> list[str]:
    if not statements:
        return []
    text = "\n".join(statements)
    way = [] if is_atomic else ["--no-assume-in-transaction"]
    done = subprocess.run(
        [SQUAWK, "--config", ROOT / ".squawk.toml", "--reporter", "json", *way],
        input=text,
        capture_output=True,
        text=True,
    )
    lines = text.splitlines()
    return [f"{one['rule_name']}: {lines[one['line']][:120]}" for one in json.loads(done.stdout)]
