"""Everybody who may ask for a page, and a gmina and its neighbour that have rows alike."""

from dataclasses import dataclass
from uuid import UUID

from django.test import Client
from django.utils import timezone

from kooperacja.accounts.models import Account
from kooperacja.audit.actor import named
from kooperacja.documents.models import StoredFile
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.exchange.actions import publish_template
from tenants.exchange.clauses import framework
from tenants.partnership.models import (
    AccessionDeclaration,
    Organisation,
    RegulationBallot,
    RegulationVersion,
    RoleAssignment,
)
from tenants.partnership.papers.declaration import ANNOTATED_DECLARATION
from tenants.registry.models import Access
from tenants.registry.roles import Role
from tests.factories import accounts, partnership

VISITORS = "-xefRALNSDPHWOZ"
OFFICE = {
    "A": Role.TENANT_ADMIN,
    "L": Role.LEAD,
    "N": Role.NETWORK_OFFICER,
    "S": Role.SOCIAL_WORKER,
    "D": Role.DPO,
}
OF_KOOPERANT = {
    "P": Role.PARTNER_COORDINATOR,
    "H": Role.PARTNER_HEAD,
    "W": Role.PARTNER_WORKER,
}

# Which row of the tenant a page is about.
ORGANISATION, FILED, DRAFT, ROLE, FILE = "organisation", "filed", "draft", "role", "file"
TEMPLATE = "template"  # known by its kind, which each tenant has
SEAT, POST, WORKER = "seat", "post", "worker"
CHANGE, VOTING = "change", "voting"
AGREEMENT, AUTHORISATION, RESIGNATION = "agreement", "authorisation", "resignation"
RECRUITMENT, FREE, RESOURCE = "recruitment", "free", "resource"


@dataclass
class Place:
    """A gmina with one row of each kind, its neighbour with rows alike, and the visitors."""

    here: TenantRef
    rows: dict[str, UUID | str]
    foreign: dict[str, UUID | str]
    clients: dict[str, Client]


def settle(gmina: TenantRef, powiat: TenantRef) -> Place:
    publish_template(by=named("ROPS"), clauses=framework()[1:], note="Krócej.", after=0)
    clients = {"-": Client(), "x": _browser(accounts.with_totp(accounts.account()))}
    clients["R"] = _browser(accounts.member(None, Role.ROPS_COORDINATOR))
    with inside(powiat):
        partnership.found(powiat)
        foreign = _rows() | {TEMPLATE: "NIE_MA"}
        clients["f"], _ = partnership.signed_in(powiat, Role.LEAD)
    with inside(gmina):
        partnership.found(gmina)
        rows = _rows()
        clients["e"], gone = partnership.signed_in(gmina, Role.TENANT_ADMIN)
        Access.objects.filter(person_id=gone.pk).update(ended_at=timezone.now())
        for letter, role in OFFICE.items():
            clients[letter], _ = partnership.signed_in(gmina, role)
        own = Organisation.objects.get(pk=rows[ORGANISATION])
        for letter, role in OF_KOOPERANT.items():
            clients[letter], _ = partnership.signed_in(gmina, role, organisation=own)
        clients["O"], _ = partnership.signed_in(
            gmina, Role.PARTNER_COORDINATOR, organisation=partnership.organisation()
        )
        applies = AccessionDeclaration.objects.get(pk=rows[DRAFT])
        clients["Z"], applicant = partnership.signed_in(
            gmina, Role.APPLICANT, organisation=applies.organisation
        )
        AccessionDeclaration.objects.filter(pk=applies.pk).update(applicant=applicant)
    return Place(gmina, rows, foreign, clients)


def _browser(account: Account) -> Client:
    return accounts.with_fresh_factor(accounts.client_of(account))


def _rows() -> dict[str, UUID | str]:
    lead = partnership.lead()
    own = partnership.organisation()
    filed = partnership.filed(lead, own)
    draft = partnership.draft(lead, partnership.organisation())
    member = partnership.member(own)
    worker = partnership.worker(member)
    resignation = partnership.resignation(own)
    agreement = partnership.agreement(own)
    authorisation = partnership.authorisation(partnership.person(), own)
    draft = partnership.stated(lead, partnership.draft(lead, partnership.organisation()))
    return {
        AGREEMENT: agreement.pk,
        AUTHORISATION: authorisation.pk,
        SEAT: member.coordinators.get().pk,
        POST: worker.indicated_by.posts.get().pk,
        WORKER: worker.pk,
        RESIGNATION: resignation.pk,
        ORGANISATION: own.pk,
        FILED: filed.pk,
        DRAFT: draft.pk,
        ROLE: RoleAssignment.objects.get(person=lead).pk,
        TEMPLATE: ANNOTATED_DECLARATION.kind,
        FREE: partnership.organisation().pk,
        RESOURCE: partnership.resource(lead).pk,
        RECRUITMENT: partnership.asked().pk,
        FILE: StoredFile.objects.get(pk=filed.file_id).pk,
        CHANGE: partnership.amendment(meetings_count=2).pk,
        VOTING: _voting(own).pk,
    }


def _voting(of: Organisation) -> RegulationVersion:
    """A change on which the institution has a ballot and has not voted yet."""
    voting = partnership.amendment("VOTING", meetings_count=3)
    RegulationBallot.objects.create(regulation=voting, organisation=of, name=of.name)
    return voting
