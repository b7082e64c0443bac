"""Agreements, authorisations and statements for tests, put straight into the tables."""

from datetime import date
from typing import Any

from tenants.data_protection.models import (
    ConfidentialityStatement,
    DataProcessingAgreement,
    DataRulesAcknowledgement,
    ProcessingAuthorisation,
)
from tenants.people.models import Organisation, Person
from tenants.regulation import text
from tenants.regulation.models import RegulationVersion
from tests.factories import people as make


def agreement(of: Organisation, from_on: date = make.ESTABLISHED, **fields: Any) -> Any:
    """An agreement on data of families, put straight into the tables."""
    values = {"kind": "ENTRUSTMENT", "scope": "FAMILIES", "signed_on": from_on, **fields}
    return DataProcessingAgreement.objects.create(
        organisation=of, from_on=from_on, file=make.stored("SIGNED_AGREEMENT"), **values
    )


def authorisation(
    whom: Person, of: Organisation | None = None, from_on: date = make.ESTABLISHED, **fields: Any
) -> ProcessingAuthorisation:
    values = {"scope": "FAMILIES", "granted_on": from_on, "position": "pedagog", **fields}
    return ProcessingAuthorisation.objects.create(
        person=whom, organisation=of, from_on=from_on, number=next(make.numbers), **values
    )


def may_see(whom: Person, of: Organisation | None, from_on: date = make.ESTABLISHED) -> None:
    """All that one person needs to see data of families, but membership or role."""
    if of is not None:
        agreement(of, from_on)
    authorisation(whom, of, from_on)
    ConfidentialityStatement.objects.create(person=whom, organisation=of, from_on=from_on)
    regulation = RegulationVersion.in_force(from_on)
    assert regulation is not None
    DataRulesAcknowledgement.objects.create(
        person=whom,
        regulation=regulation,
        text_sha256=text.annex_digest(regulation),
        read_on=from_on,
    )
