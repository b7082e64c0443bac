"""The tables of states."""

from itertools import product

from kooperacja.audit.verbs import all_verbs
from tenants.accession import workflow as accession_workflow
from tenants.accession.workflow import (
    DECIDED,
    OPEN_DECLARATIONS,
    OPEN_RECRUITMENTS,
    DeclarationState,
    RecruitmentState,
)
from tenants.partnership import workflow as partnership_workflow
from tenants.partnership.workflow import PartnershipState
from tenants.regulation import workflow as regulation_workflow
from tenants.regulation.workflow import RegulationState

DECLARATION = {
    ("DRAFT", "FILED"),
    ("FILED", "ACCEPTED"),
    ("FILED", "RETURNED"),
    ("FILED", "REFUSED"),
    ("RETURNED", "FILED"),
}
REGULATION = {
    ("DRAFT", "VOTING"),
    ("DRAFT", "ADOPTED"),
    ("DRAFT", "WITHDRAWN"),
    ("VOTING", "ADOPTED"),
    ("VOTING", "REJECTED"),
    ("VOTING", "WITHDRAWN"),
}
RECRUITMENT = {
    ("ASKED", "INVITED"),
    ("ASKED", "JOINED"),
    ("ASKED", "DECLINED"),
    ("ASKED", "CLOSED"),
    ("INVITED", "REPLIED"),
    ("INVITED", "JOINED"),
    ("INVITED", "DECLINED"),
    ("INVITED", "CLOSED"),
    ("REPLIED", "JOINED"),
    ("REPLIED", "DECLINED"),
    ("REPLIED", "CLOSED"),
    ("DECLINED", "INVITED"),
    ("CLOSED", "INVITED"),
}
PARTNERSHIP = {("DRAFT", "ACTIVE"), ("ACTIVE", "DISSOLVED")}


def test_a_declaration_changes_only_as_the_regulation_says() -> None:
    allowed = {
        (now, then)
        for now, then in product(DeclarationState.values, repeat=2)
        if accession_workflow.DECLARATION.may(now, then)
    }
    assert allowed == DECLARATION


def test_a_partnership_is_founded_and_dissolved_once() -> None:
    allowed = {
        (now, then)
        for now, then in product(PartnershipState.values, repeat=2)
        if partnership_workflow.PARTNERSHIP.may(now, then)
    }
    assert allowed == PARTNERSHIP


def test_a_version_of_the_regulation_ends_once() -> None:
    allowed = {
        (now, then)
        for now, then in product(RegulationState.values, repeat=2)
        if regulation_workflow.REGULATION.may(now, then)
    }
    assert allowed == REGULATION
    assert {"DRAFT", "VOTING"} == regulation_workflow.OPEN_REGULATIONS


def test_whom_recruitment_lost_may_be_invited_again_and_who_joined_has_joined() -> None:
    allowed = {
        (now, then)
        for now, then in product(RecruitmentState.values, repeat=2)
        if accession_workflow.RECRUITMENT.may(now, then)
    }
    assert allowed == RECRUITMENT
    assert {"ASKED", "INVITED", "REPLIED"} == OPEN_RECRUITMENTS


def test_every_change_names_its_clause() -> None:
    tables = (
        accession_workflow.DECLARATION,
        partnership_workflow.PARTNERSHIP,
        accession_workflow.RECRUITMENT,
        regulation_workflow.REGULATION,
    )
    for table in tables:
        for changes in table.changes.values():
            assert all(change.clause.startswith("§ ") for change in changes.values())
            assert all(change.verb in all_verbs() for change in changes.values())


def test_decided_and_open_are_told_apart() -> None:
    assert {"DRAFT", "FILED", "RETURNED"} == OPEN_DECLARATIONS
    assert {"ACCEPTED", "RETURNED", "REFUSED"} == DECIDED
