"""No line outside `kooperacja.workflow.move` sets a state that a table of states is the law of."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(settings.ROOT)
PACKAGES = ("platform/kooperacja", "tenants", "gmina", "powiat", "region", "api")
MODELS = {model.__name__: model for model in apps.get_models()}
TABLES = {name: model.WORKFLOW for name, model in MODELS.items() if hasattr(model, "WORKFLOW")}
FIELDS = {table.field for table in TABLES.values()}
# A new row begins as its model says, or in one of these.
BEGINNINGS = {
    "Recruitment": {"ASKED", "INVITED"},
    "AdministratorProposal": {"PROPOSED", "WAITING"},
    "Party": {"JOINING", "WAITING"},
    "Gap": {"PLANNED", "SOUGHT"},
    "ServiceEntry": {"FILED"},  # brought by its master
}
# Each with its reason.
APART = {
    "kooperacja/workflow.py",  # the one place
    "registry/directory.py",  # a row as it was read, never saved
}
CREATING = {"create", "acreate", "get_or_create", "update_or_create", "bulk_create"}
UPDATING = {"update", "aupdate", "bulk_update"}


def _product() -> Iterator[Path]:
    for folder in PACKAGES:
        for file in (ROOT / folder).rglob("*.py"):
            # The history of the demo is invented whole, and a migration knows no rules.
            is_apart = {"migrations", "demo", "demo.py"} & set(file.parts)
            if not is_apart and not str(file).endswith(tuple(APART)):
                yield file


def _sets(source: str) -> list[str]:
    """The lines of a module that set a state."""
    return [ast.unparse(node) for node in _walk(ast.parse(source), "") if _is_set(node)]


def _walk(node: ast.AST, owner: str) -> Iterator[ast.AST]:
    """All but what a class that has no states says of itself."""
    for child in ast.iter_child_nodes(node):
        inside = child.name if isinstance(child, ast.ClassDef) else owner
        is_of_itself = isinstance(child, ast.Attribute) and ast.unparse(child.value) == "self"
        if not (is_of_itself and inside not in TABLES):
            yield child
            yield from _walk(child, inside)


def _is_set(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return isinstance(node.ctx, ast.Store) and node.attr in FIELDS
    return isinstance(node, ast.Call) and _is_setting_call(node)


def _is_setting_call(call: ast.Call) -> bool:
    """`setattr(row, "state", …)`, `.update(state=…)`, or a row that begins in the midst."""
    path = ast.unparse(call.func).split(".")
    root, verb = path[0].split("(")[0], path[-1]
    if verb == "setattr":
        return _names_a_field(call.args[1:2])
    if root in MODELS and root not in TABLES:  # its field of that name is no state
        return False
    if verb in UPDATING and _names_a_field(call.args[1:]):
        return True
    given = {word.arg: word.value for word in call.keywords}
    values = [given[field] for field in FIELDS if field in given]
    if verb in UPDATING or (verb in CREATING and root not in TABLES):
        return bool(values)
    if verb == "found_or_new":
        root = ast.unparse(call.args[0])
    is_creating = verb in CREATING or verb in TABLES or verb == "found_or_new"
    beginnings = BEGINNINGS.get(verb if verb in TABLES else root, set())
    is_midway = any(ast.unparse(value).split(".")[-1] not in beginnings for value in values)
    defaults = given.get("defaults")
    return is_creating and (is_midway or (defaults is not None and _names_a_field([defaults])))


def _names_a_field(nodes: list[ast.expr]) -> bool:
    every = (one for node in nodes for one in ast.walk(node))
    return any(isinstance(one, ast.Constant) and one.value in FIELDS for one in every)


def test_the_tables_of_states_are_known() -> None:
    assert {"Partnership", "RegulationVersion", "Recruitment", "Tenant"} <= set(TABLES)
    assert {"state", "status"} == FIELDS


def test_only_a_move_sets_a_state() -> None:
    found = {str(file.relative_to(ROOT)): _sets(file.read_text()) for file in _product()}
    assert {file: lines for file, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "line",
    [
        "tenant.status = 'CLOSED'",
        "now.status, now.reason = status, reason",
        "row.declaration.state = DeclarationState.FILED",
        "setattr(row, 'state', to)",
        "Tenant.objects.filter(pk=pk).update(status=TenantStatus.ACTIVE)",
        "rows.update(state='FILED', note='')",
        "Recruitment.objects.bulk_update(rows, ['note', 'state'])",
        "Recruitment(id=key, state=RecruitmentState.JOINED)",
        "Recruitment.objects.create(state=found)",
        "organisation.declarations.create(state='FILED')",
        "Tenant.objects.get_or_create(unit=unit, defaults={'status': 'ACTIVE'})",
        "found_or_new(Tenant, unit=unit, defaults={'status': 'ACTIVE'})",
        "found_or_new(Tenant, unit=unit, status='ACTIVE')",
        "class Tenant:\n    def close(self):\n        self.status = 'CLOSED'",
    ],
)
def test_a_line_that_sets_one_is_seen(line: str) -> None:
    assert len(_sets(line)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "state = row.state",
        "Tenant.objects.filter(status='ACTIVE').update(failure='')",
        "Recruitment(id=key, state=RecruitmentState.INVITED)",
        "RecruitmentStep.objects.create(recruitment=self, state=self.state)",
        "class Problem:\n    def __init__(self, status):\n        self.status = status",
        "HttpResponse(status=204)",
    ],
)
def test_a_line_that_sets_none_is_let_be(line: str) -> None:
    assert _sets(line) == []
