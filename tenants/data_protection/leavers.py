"""Agreements on data and one's own statements, as a leaver may still read them (REG §8)."""

from collections.abc import Iterator

from tenants.data_protection.models import (
    ConfidentialityStatement,
    DataProcessingAgreement,
    DataRulesAcknowledgement,
)
from tenants.people.leavers import Leaver, OwnPaper
from tenants.people.perms import VOICES


def of_data(leaver: Leaver) -> Iterator[OwnPaper]:
    """Agreements to which the institution is a party, and what the person stated."""
    ends = leaver.ends(VOICES)
    agreements = DataProcessingAgreement.objects.filter(organisation__in=[*ends])
    for row in agreements.select_related("organisation", "file").order_by("signed_on", "pk"):
        if row.created_at <= ends[row.organisation_id]:
            yield OwnPaper(str(row), row.signed_on, row.file)
    own = {"person__in": leaver.person.entries}
    statements = ConfidentialityStatement.objects.filter(created_at__lte=leaver.last_at, **own)
    for statement in statements.select_related("file").order_by("from_on", "pk"):
        yield OwnPaper("Oświadczenie o poufności", statement.from_on, statement.file)
    read = DataRulesAcknowledgement.objects.filter(recorded_at__lte=leaver.last_at, **own)
    for rules in read.order_by("read_on", "pk"):
        yield OwnPaper("Zapoznanie się z zasadami ochrony danych (załącznik nr 3)", rules.read_on)
