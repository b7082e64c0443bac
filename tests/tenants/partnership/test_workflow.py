"""The tables of states."""

from itertools import product

from tenants.partnership import workflow
from tenants.partnership.workflow import DeclarationState, PartnershipState

DECLARATION = {
    ("DRAFT", "FILED"),
    ("FILED", "ACCEPTED"),
    ("FILED", "RETURNED"),
    ("FILED", "REFUSED"),
    ("RETURNED", "FILED"),
}
PARTNERSHIP = {("DRAFT", "ACTIVE"), ("ACTIVE", "DISSOLVED")}


def test_a_declaration_changes_only_as_the_regulation_says() -> None:
    allowed = {
        (now, then)
        for now, then in product(DeclarationState.values, repeat=2)
        if workflow.declaration_may_become(now, then)
    }
    assert allowed == DECLARATION


def test_a_partnership_is_founded_and_dissolved_once() -> None:
    allowed = {
        (now, then)
        for now, then in product(PartnershipState.values, repeat=2)
        if workflow.partnership_may_become(now, then)
    }
    assert allowed == PARTNERSHIP


def test_every_change_names_its_clause() -> None:
    for table in (workflow.DECLARATION, workflow.PARTNERSHIP):
        for changes in table.values():
            assert all(clause.startswith("§ ") for clause in changes.values())


def test_decided_and_open_are_told_apart() -> None:
    assert {"DRAFT", "FILED", "RETURNED"} == workflow.OPEN_DECLARATIONS
    assert {"ACCEPTED", "RETURNED", "REFUSED"} == workflow.DECIDED
