"""Whatever gives or ends a role, an access or a right to data wants a second factor just shown.

The actions are found by what they write; the pages and addresses of the API by what they call.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from kooperacja.audit.actor import Actor, Unproved
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.actions import leaving
from tenants.people.actions.invitations import end_access, invite_to_role
from tenants.people.models import RoleAssignment
from tenants.registry.roles import Role
from tests.factories import people as make

ROOT = Path(__file__).parent.parent
PROOF = "require_proof"
# The rows that are rights, and the tables where a membership ends.
RIGHTS = {
    "Access",
    "Invitation",
    "RoleAssignment",
    "ProcessingAuthorisation",
    "DataProcessingAgreement",
    "OfficeTemplate",
}
WRITES = {"create", "get_or_create", "update_or_create", "bulk_create", "update", "save", "delete"}
# Write such rows and ask for nothing, each for its reason.
ASKS_NOBODY = {
    "tenants.people.actions.office._adopt_role": "what the invitation gave, on the first entry",
    "tenants.registry.invitations._grant": "the invitation, which its address alone received",
    "tenants.registry.invitations._withdraw_open": "a newer invitation, asked for before",
    "tenants.registry.invitations.invite": "called by what asked for it before",
    "tenants.registry.outbox._give_to_account": "a message of the tenant, asked for before",
    "tenants.registry.outbox.organisation_changed": "the name of an institution is no right",
    "tenants.demo.build._account": "the demo",
    "tenants.demo.build.in_tenant": "the demo",
    "tenants.demo.history._sign_in": "the demo",
    "tenants.demo.office.enter": "the demo",
    "tenants.demo.papers._agree": "the demo",
    "tenants.demo.papers._authorise": "the demo",
}
# Pages that members read, on which one of them may do it: asked when it is sent.
ASKED_WHEN_SENT = {"tenants.accession.views.leaving.dissolution"}


@dataclass
class Function:
    """A function of the project: the others that it names, and its own tree."""

    name: str
    tree: ast.FunctionDef
    names: set[str] = field(default_factory=set)

    @property
    def asks(self) -> bool:
        return any(isinstance(n, ast.Attribute) and n.attr == PROOF for n in ast.walk(self.tree))

    @property
    def decorators(self) -> list[str]:
        return [ast.unparse(one) for one in self.tree.decorator_list]

    def writes(self) -> Iterator[str]:
        """Names of the rights that it writes."""
        for call in ast.walk(self.tree):
            if isinstance(call, ast.Call):
                yield from RIGHTS & _written(call)


def _written(call: ast.Call) -> set[str]:
    """What `Model.objects…create(…)` and `Model(…)` write."""
    match call.func:
        case ast.Name(id=name):
            return {name}
        case ast.Attribute(attr=attr, value=value) if attr in WRITES:
            return {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}
    return set()


@cache
def functions() -> dict[str, Function]:
    """All functions of the project by their dotted names; those of classes, too."""
    found: dict[str, Function] = {}
    for file in _files():
        module, tree = _module(file), ast.parse(file.read_text(encoding="utf-8"))
        known = _imported(tree)
        known |= {
            node.name: f"{module}.{node.name}"
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                name = f"{module}.{node.name}"
                made = Function(name, node, set(_named(node, known)))
                if name in found:  # methods of one name in one module: all that any of them names
                    made.names |= found[name].names
                found[name] = made
    return found


def _files() -> Iterator[Path]:
    for folder in ("platform/kooperacja", "tenants", "gmina", "powiat", "region", "api"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in file.parts:
                yield file


def _module(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(part for part in parts if part not in ("platform", "__init__"))


def _imported(tree: ast.Module) -> dict[str, str]:
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }


def _named(tree: ast.FunctionDef, known: dict[str, str]) -> Iterator[str]:
    """What it calls or hands on: `act(…)`, `partial(module.act, …)`, a local function."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) if name in known:
                yield known[name]
            case ast.Attribute(attr=attr, value=ast.Name(id=name)) if name in known:
                yield f"{known[name]}.{attr}"


@cache
def reaches_proof(name: str) -> bool:
    """Whether the function, or one that it names however far, wants a proof."""
    waiting, seen = [name], set[str]()
    while waiting:
        now = waiting.pop()
        function = functions().get(now)
        if function is None or now in seen:
            continue
        if function.asks:
            return True
        seen.add(now)
        waiting += function.names
    return False


def _doors() -> list[str]:
    """Views and what the API takes, that reach an action which wants a proof."""
    places = (".views", ".panel.", "api.v1.")
    return [
        name
        for name, function in functions().items()
        if any(place in name for place in places)
        and _takes_request(function)
        and reaches_proof(name)
    ]


def _takes_request(function: Function) -> bool:
    return "request" in {argument.arg for argument in function.tree.args.args[:2]}


def test_whatever_writes_a_right_wants_a_proof() -> None:
    writers = {
        name: sorted(set(function.writes()))
        for name, function in functions().items()
        if set(function.writes()) and not function.asks and name not in ASKS_NOBODY
    }
    assert writers == {}


def test_every_exception_is_still_one() -> None:
    known = functions()
    assert {
        name for name in ASKS_NOBODY if name not in known or not set(known[name].writes())
    } == set()


def test_every_page_that_reaches_such_an_action_asks_first() -> None:
    doors = [functions()[name] for name in _doors()]
    pages = [door for door in doors if door.decorators and not door.name.startswith("api.")]
    assert len(pages) > 20
    open_doors = {
        page.name
        for page in pages
        if not any("again=True" in decorator for decorator in page.decorators)
    }
    assert open_doors == ASKED_WHEN_SENT


def test_no_address_of_the_api_reaches_such_an_action() -> None:
    assert [name for name in _doors() if name.startswith("api.")] == []


def test_it_is_found_however_far_the_action_is_called() -> None:
    for name in (
        "tenants.accession.actions.decisions.accept_declaration",
        "tenants.accession.actions.decisions.refuse_declaration",
        "tenants.accession.actions.leaving.resign",
        "tenants.partnership.actions.seats.end_coordinator",
        "tenants.people.actions.office.end_role",
        "region.panel.tenants_views.invite",
    ):
        assert reaches_proof(name), name
    assert not reaches_proof("tenants.people.views.show_office")


# --- What happens at the doors -----------------------------------------------------------------


UNPROVED = Actor(account_id=None, name="Ewa Testowa", lacks_proof=True)


def test_no_role_is_given_or_ended_without_it(in_gmina: TenantRef) -> None:
    person = make.person(Role.NETWORK_OFFICER)
    assignment = RoleAssignment.objects.get(person=person)
    with pytest.raises(Unproved):
        invite_to_role(
            by=UNPROVED, person=person, role=Role.DPO, organisation=None, from_on=make.ESTABLISHED
        )
    with pytest.raises(Unproved):
        end_access(by=UNPROVED, assignment=assignment)
    with pytest.raises(Unproved):
        leaving.dissolve(by=UNPROVED)
    assert RoleAssignment.objects.get() == assignment
