"""What Citus with schema-based sharding refuses of a tenant's DDL, read by PostgreSQL's own parser.

The list is that of docs/citus.md: a tenant's schema is one shard, which may lie on another node
than the register, the other tenants and whoever sends the statement.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from pglast import ast, parse_plpgsql, parse_sql, split
from pglast.enums import AlterTableType, ConstrType
from pglast.parser import ParseError
from pglast.visitors import Visitor

OWN_SCHEMAS = {None, "pg_catalog"}
_KEYS = {ConstrType.CONSTR_PRIMARY, ConstrType.CONSTR_UNIQUE, ConstrType.CONSTR_EXCLUSION}
_NAMED = {*_KEYS, ConstrType.CONSTR_FOREIGN, ConstrType.CONSTR_CHECK}
# They change what lies outside a schema, or hide what they do.
_NOT_OF_A_TENANT = (
    ast.CreateSchemaStmt,
    ast.CreateExtensionStmt,
    ast.CreateRoleStmt,
    ast.AlterRoleStmt,
    ast.DoStmt,
    ast.RuleStmt,
)
# `schema.name` in a string that a function makes a statement of.
_QUALIFIED = re.compile(r"(?<![\w.\"$])\"?([a-z_]\w*)\"?\.\"?[a-z_]\w*", re.IGNORECASE)
_ROWS = {"new", "old", "excluded", "pg_catalog"}


def refusals(statements: list[str]) -> list[str]:
    """Why Citus would refuse what is sent, one string at a time, to an empty schema of a tenant."""
    tables: set[str] = set()
    return [reason for text in statements for reason in _of_string(text, tables)]


def one_by_one(rendered: str | list[str]) -> list[str]:
    """The statements of a tenant's DDL; as one text it is cut as PostgreSQL would cut it."""
    return list(split(rendered)) if isinstance(rendered, str) else rendered


def _of_string(text: str, tables: set[str]) -> Iterator[str]:
    parsed = parse_sql(text)
    if len(parsed) != 1:
        yield f"{len(parsed)} statements in one string: {_short(text)}"
    for one in parsed:
        statement = one.stmt
        if isinstance(statement, ast.CreateStmt):
            tables.add(statement.relation.relname)
        for reason in _of_statement(statement, text, tables):
            yield f"{reason}: {_short(text)}"
        if isinstance(statement, ast.RenameStmt) and statement.relation is not None:
            tables.add(statement.newname)


def _short(text: str) -> str:
    return " ".join(text.split())[:90]


def _of_statement(statement: ast.Node, text: str, tables: set[str]) -> Iterator[str]:
    if isinstance(statement, _NOT_OF_A_TENANT):
        yield f"{type(statement).__name__} in the schema of a tenant"
    elif isinstance(statement, ast.AlterTableStmt):
        yield from _of_alter(statement)
    elif isinstance(statement, ast.CreateFunctionStmt):
        yield from _of_function(statement, text)
    elif isinstance(statement, ast.CreateTrigStmt) and len(statement.funcname) > 1:
        yield "a trigger calls a function of another schema"
    yield from outside(statement, tables)


def _of_alter(statement: ast.AlterTableStmt) -> Iterator[str]:
    if len(statement.cmds) > 1:
        yield "several commands in one ALTER"
    for command in statement.cmds:
        kind, what = command.subtype, command.def_
        if kind == AlterTableType.AT_AddIdentity:
            yield "identity added by ALTER"
        elif kind == AlterTableType.AT_AddConstraint and what.contype in _KEYS:
            yield "a key added by ALTER instead of inside CREATE TABLE"
        elif kind == AlterTableType.AT_AddColumn:
            yield from _of_new_column(what)


def _of_new_column(column: ast.ColumnDef) -> Iterator[str]:
    kinds = {constraint.contype for constraint in column.constraints or ()}
    if ConstrType.CONSTR_IDENTITY in kinds:
        yield "identity added by ALTER"
    if kinds & _KEYS:
        yield "a key added by ALTER instead of inside CREATE TABLE"
    if any(c.contype in _NAMED - _KEYS and not c.conname for c in column.constraints or ()):
        yield "a column added with a constraint that has no name"


class _Names(Visitor):
    """Collects the tables a statement names, and the names it gives to its own subqueries."""

    def __init__(self) -> None:
        self.ranges: list[ast.RangeVar] = []
        self.given: set[str] = set()
        self.functions: list[str] = []

    def visit_RangeVar(self, ancestors: Any, node: ast.RangeVar) -> None:
        self.ranges.append(node)

    def visit_CommonTableExpr(self, ancestors: Any, node: ast.CommonTableExpr) -> None:
        self.given.add(node.ctename)

    def visit_FuncCall(self, ancestors: Any, node: ast.FuncCall) -> None:
        if len(node.funcname) > 1:
            self.functions.append(node.funcname[0].sval)


def outside(statement: ast.Node, tables: set[str]) -> Iterator[str]:
    """Tables and functions that are not of the tenant's own schema."""
    names = _Names()
    names(statement)
    for found in names.ranges:
        if found.schemaname not in OWN_SCHEMAS:
            yield f"names another schema, {found.schemaname}.{found.relname}"
        elif _is_foreign(found.relname, tables | names.given, statement):
            yield f"names a table that is not of the tenant, {found.relname}"
    for schema in names.functions:
        if schema not in OWN_SCHEMAS:
            yield f"calls a function of another schema, {schema}"


def _is_foreign(name: str, known: set[str], statement: ast.Node) -> bool:
    # An index or a sequence is named by what is done to it alone.
    return name not in known and not isinstance(statement, ast.RenameStmt | ast.AlterSeqStmt)


def _of_function(statement: ast.CreateFunctionStmt, text: str) -> Iterator[str]:
    if len(statement.funcname) > 1:
        yield "a function of another schema"
    options = {option.defname: option.arg for option in statement.options}
    given = options.get("set")
    if given is not None and given.name == "search_path":
        for argument in given.args or ():
            if argument.val.sval not in OWN_SCHEMAS:
                yield f"a function that looks into another schema, {argument.val.sval}"
    if options["language"].sval != "plpgsql":
        yield "a function that is not PL/pgSQL, which this test can't read"
        return
    for query in _queries(parse_plpgsql(text)):
        yield from _of_query(query)


def _queries(node: Any) -> Iterator[str]:
    """The expressions and statements inside a function, as PL/pgSQL's parser left them."""
    if isinstance(node, list):
        for one in node:
            yield from _queries(one)
    elif isinstance(node, dict):
        # Of a dynamic EXECUTE it is a node again.
        if isinstance(node.get("query"), str):
            yield node["query"]
        for one in node.values():
            yield from _queries(one)


def _of_query(query: str) -> Iterator[str]:
    parsed = _as_statement(query)
    names = _Names()
    names(parsed)
    # What a function names without a schema is found by the search path, so it is the tenant's own.
    found = {r.schemaname for r in names.ranges} | set(names.functions)
    found |= {
        schema.lower()
        for constant in _strings(parsed)
        for schema in _QUALIFIED.findall(constant)
        if schema.lower() not in _ROWS
    }
    for schema in found - OWN_SCHEMAS:
        yield f"a function touches another schema, {schema}"


def _as_statement(query: str) -> ast.Node:
    assigned = re.sub(r"^\s*[\w.\[\]]+\s*:?=", "", query, count=1)
    for text in (query, f"SELECT {query}", f"SELECT {assigned}"):
        try:
            return parse_sql(text)[0].stmt
        except ParseError:
            continue
    raise ValueError(f"not understood: {json.dumps(query)}")


def _strings(node: ast.Node) -> list[str]:
    found: list[str] = []

    class Strings(Visitor):
        def visit_A_Const(self, ancestors: Any, node: ast.A_Const) -> None:
            if isinstance(node.val, ast.String):
                found.append(node.val.sval)

    Strings()(node)
    return found
