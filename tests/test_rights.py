"""Whatever gives or ends a role, an access or a right to data wants a second factor just shown.

The actions are found by what they write; the pages and addresses of the API by what they call.
"""

import ast
import re
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
    "AdministratorProposal",
    "AdviserProposal",
    "ApiToken",
    "MasterKeeper",
    "Membership",
    "Invitation",
    "RoleAssignment",
    "ProcessingAuthorisation",
    "DataProcessingAgreement",
    "OfficeTemplate",
}
WRITES = {"create", "get_or_create", "update_or_create", "bulk_create", "update", "save", "delete"}
OF_ITS_FIRST = {"move", "insert_once", "came_in", "save_edited"}  # functions of the kit
ENDS = {"end", "save", "update", "delete"}  # of a row, or of rows, that were found before
# Write such rows and ask for nothing, each for its reason.
ASKS_NOBODY = {
    "kooperacja.accounts.tokens.issue": "asked by `_proved` at once",
    "kooperacja.accounts.tokens._note_use": "when a key was last used",
    "kooperacja.accounts.tokens._revoke": "asked before; or a new password, proved by the old one "
    "or by the link that was mailed",
    "tenants.accession.actions.decisions.accept_declaration": "asked by `_to_decide` at once",
    "tenants.partnership.actions.engagement.set_engagement": "a level, not the membership itself",
    "tenants.registry.invitations._again": "called by what asked for it before",
    "tenants.registry.invitations._send": "called by what asked for it before",
    "tenants.registry.invitations.end_access": "a message of the tenant, asked for before",
    "tenants.registry.invitations.tie": "a message of the tenant, asked for before",
    "tenants.registry.invitations.withdraw": "a message of the tenant, or a newer invitation",
    "tenants.masters.actions.keepers._ask": "a request, which gives nothing",
    "tenants.masters.actions.keepers._close": "called by what asked for it before",
    "tenants.masters.actions.keepers.begin": "a message of the tenant, asked for before",
    "tenants.registry.advisers._move": "called by what asked for it before",
    "tenants.registry.proposals._invite": "notes on the unit whom it invited; asked for before",
    "tenants.registry.proposals._move": "called by what asked for it before",
    "tenants.demo.history._member": "the demo",
    "tenants.demo.masters._numbered": "the demo",
    "tenants.demo.masters.write": "the demo",
    "tenants.demo.history._resign": "the demo",
    "tenants.demo.history._return": "the demo",
    "tenants.people.outbox._follow": "a message of the tenant, asked for before",
    "tenants.people.actions.office._adopt_role": "what the invitation gave, on the first entry",
    "tenants.registry.invitations._grant": "the invitation, which its address alone received",
    "tenants.registry.invitations._withdraw_open": "a newer invitation, asked for before",
    "tenants.registry.invitations.invite": "called by what asked for it before",
    "tenants.registry.outbox.account_readdressed": "the same person, who proved the new address",
    "tenants.registry.outbox.give_to_account": "a message of the tenant, asked for before",
    "tenants.registry.outbox.organisation_changed": "the name of an institution is no right",
    "tenants.demo.build._account": "the demo",
    "tenants.demo.build.in_tenant": "the demo",
    "tenants.demo.build.part_with": "the demo",
    "tenants.demo.history._sign_in": "the demo",
    "tenants.demo.office.enter": "the demo",
    "tenants.demo.papers._agree": "the demo",
    "tenants.demo.papers._authorise": "the demo",
    "tenants.demo.stages.come_in": "the demo",
    "tenants.demo.stages.invite": "the demo",
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
        held = _held(self.tree, self._returned())
        for call in ast.walk(self.tree):
            if isinstance(call, ast.Call):
                yield from RIGHTS & _written(call)
                yield from held.get(_changed(call), set())

    def _returned(self) -> dict[str, set[str]]:
        """The functions that it names by the names that it uses, and the rights they give back."""
        return {
            name.rpartition(".")[2]: rights
            for name in self.names
            if (found := functions().get(name)) and (rights := _rights_in(found.tree.returns))
        }


def _written(call: ast.Call) -> set[str]:
    """What `Model.objects…create(…)` and `Model(…)` write."""
    match call.func:
        case ast.Name(id="found_or_new"):
            return _names(call.args[0])
        case ast.Name(id=name):
            return {name}
        case ast.Attribute(attr=attr, value=value) if attr in WRITES:
            return {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}
    return set()


def _changed(call: ast.Call) -> str:
    """The local name of what `row.end(…)`, `rows.filter(…).update(…)` or `insert_once(row)` changes."""
    match call:
        case ast.Call(func=ast.Attribute(attr=attr, value=value)) if attr in ENDS:
            return _root(value)
        case ast.Call(func=ast.Name(id=name), args=[first, *_]) if name in OF_ITS_FIRST:
            return _root(first)
    return ""


def _root(tree: ast.AST) -> str:
    """`rows` of `rows.filter(…)[0]`."""
    while isinstance(tree, ast.Attribute | ast.Call | ast.Subscript):
        tree = tree.func if isinstance(tree, ast.Call) else tree.value
    return tree.id if isinstance(tree, ast.Name) else ""


def _held(tree: ast.FunctionDef, returned: dict[str, set[str]]) -> dict[str, set[str]]:
    """Local names and the rights that each may be: by its type, or by what it was found with."""
    arguments = [*tree.args.args, *tree.args.kwonlyargs]
    held = {one.arg: _rights_in(one.annotation) for one in arguments}
    told = [(t, v) for node in ast.walk(tree) for t, v in _given(node)]
    for target, value in told * 2:  # what is used before it is found in the text, too
        for name in _names(target):
            root = _root(value)
            found = _rights_in(value) | held.get(root, set()) | returned.get(root, set())
            held[name] = held.get(name, set()) | found
    return held


def _given(node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Each name and what it is given: `x = …`, `for x in …`, `with … as x`, `x := …`."""
    match node:
        case ast.Assign(targets=targets, value=value):
            yield from ((target, value) for target in targets)
        case ast.AnnAssign(target=target, annotation=kind):
            yield target, kind
        case ast.NamedExpr(target=target, value=value):
            yield target, value
        case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
            yield target, value
        case ast.withitem(context_expr=value, optional_vars=ast.AST() as target):
            yield target, value


def _names(tree: ast.AST | None) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} if tree else set()


def _rights_in(tree: ast.AST | None) -> set[str]:
    """Rights named in a type, or in the head of `Model.objects…`."""
    texts = {
        word
        for node in (ast.walk(tree) if tree else ())
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for word in re.findall(r"\w+", node.value)
    }
    return RIGHTS & (_names(tree) | (texts if isinstance(tree, ast.Constant) else set()))


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


def test_a_right_that_was_found_before_is_seen_when_it_is_changed() -> None:
    seen = {name: set(function.writes()) for name, function in functions().items()}
    assert seen["tenants.people.actions.invitations.take_role"] == {"RoleAssignment"}  # row.end()
    assert "AdministratorProposal" in seen["tenants.registry.proposals._move"]  # move(row, …)
    assert seen["tenants.registry.invitations.end_access"] == {"Access"}  # row.save()
    assert seen["kooperacja.accounts.tokens._revoke"] == {"ApiToken"}  # rows.update()
    assert seen["tenants.registry.invitations.withdraw"] == {"Invitation"}  # a helper's answer
    assert seen["tenants.accession.actions.leaving.end_membership"] == {"Membership"}


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
    assert not reaches_proof("tenants.people.views.office.show_office")


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
