"""Everybody concerned hears of a late accession (POR-C §4.3)."""

from kooperacja.audit.actor import Actor
from kooperacja.notifications.base import send, settle_all
from kooperacja.ui.polish import pl_date
from tenants.agreements.later_papers import late_clause
from tenants.agreements.models import Accession, Party
from tenants.agreements.notifications.agreements import (
    AccessionToSign,
    AccessionWithdrawn,
    AgreementAcceded,
)
from tenants.agreements.standing import Standing, called
from tenants.agreements.told import all_of, office, people_of


def tell_prepared(by: Actor, accession: Accession, party: Party) -> None:
    """The institution hears that its accession waits for a signature."""
    until = pl_date(accession.sign_by)
    message = AccessionToSign(accession.pk, called(accession.agreement), party.name, until=until)
    send(message, to=people_of(by.today, [party])[party.pk], dedupe=accession_waits_of(accession))


def tell_withdrawn(by: Actor, accession: Accession, party: Party, reason: str) -> None:
    """The institution and the office hear that it does not accede for now, and why."""
    settle_all(begin=accession_waits_of(accession))
    message = AccessionWithdrawn(
        accession.agreement_id, called(accession.agreement), party.name, reason=reason
    )
    to = [*people_of(by.today, [party])[party.pk], *office(by)]
    send(message, to=to, dedupe=f"accession-withdrawn:{accession.pk}")


def tell_acceded(by: Actor, accession: Accession, party: Party, *, has_new_list: bool) -> None:
    """All parties and the office hear of it at once; nobody signs anew."""
    settle_all(begin=accession_waits_of(accession))
    agreement = accession.agreement
    clause = late_clause(agreement)
    message = AgreementAcceded(
        agreement.pk,
        called(agreement),
        party.name,
        since=pl_date(party.acceded_on),
        justification=accession.justification,
        informer=agreement.informer,
        clause=clause.name if clause else "",
        has_new_list=has_new_list,
    )
    told = all_of(by.today, Standing(agreement).bound(by.today))
    send(message, to=[*told, *office(by)], dedupe=f"agreement-acceded:{accession.pk}")


def accession_waits_of(accession: Accession) -> str:
    """The beginning of the dedupe of whatever asks an institution to sign its accession."""
    return f"accession-sign:{accession.pk}"
