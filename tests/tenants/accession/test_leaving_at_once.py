"""Leaving at the same moment as something else, with real commits (REG §1.6, §1.7)."""

from typing import Any

from django.utils import timezone
from uuid6 import uuid7

from kooperacja.documents.models import StoredFile
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from tenants.accession.actions import decisions, leaving
from tenants.accession.models.resignations import ResignationNotice
from tenants.data_protection import actions
from tenants.data_protection.models import ProcessingAuthorisation
from tenants.partnership.models import Membership, Partnership, PartnershipCoordinator
from tenants.people.models import Organisation, Person, RoleAssignment
from tenants.registry.roles import Role
from tests.factories import accession as make_accession
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.tenants.accession.test_at_once import at_once, tenant

__all__ = ["tenant"]


def resign(person: Person, of: Organisation, paper: Any = None) -> ResignationNotice:
    day = timezone.localdate()
    return leaving.resign(
        by=make.by(person),
        key=uuid7(),
        organisation_id=of.pk,
        signatory_name="Jan Dyrektor",
        file=paper or make.pdf(),
        mode="PAPER_SCAN",
        signatory_function="dyrektor",
        signed_on=day,
        received_on=day,
    )


def test_of_two_resignations_one_is_filed(tenant: TenantRef) -> None:
    with inside(tenant):
        first, second, of = make.lead(), make.lead(), make.organisation()
        make_partnership.member(of)
        files = StoredFile.objects.count()

    results = at_once(tenant, lambda: resign(first, of), lambda: resign(second, of))

    (told,) = [one for one in results if isinstance(one, Problem)]
    assert told.title == "Ta instytucja złożyła już rezygnację"
    with inside(tenant):
        assert ResignationNotice.objects.count() == 1
        assert StoredFile.objects.count() == files + 1
        assert Outgoing.objects.filter(kind="FIGURES").count() == 1


def test_resigning_and_being_admitted_leave_no_half_of_either(tenant: TenantRef) -> None:
    with inside(tenant):
        lead, of = make.lead(), make.organisation()
        filed = make_accession.filed(lead, of)

    def accept() -> Any:
        return decisions.accept_declaration(by=make.by(lead), declaration_id=filed.pk)

    at_once(tenant, lambda: resign(lead, of), accept)

    with inside(tenant):
        membership = Membership.objects.get()
        has_resigned = ResignationNotice.objects.exists()
        assert (membership.ended_on is not None) == has_resigned
        assert PartnershipCoordinator.objects.filter(ended_on=None).exists() != has_resigned
        roles = RoleAssignment.objects.filter(organisation=of, ended_on=None)
        assert roles.exists() != has_resigned


def test_nobody_is_admitted_to_a_partnership_that_is_being_dissolved(tenant: TenantRef) -> None:
    with inside(tenant):
        lead, of = make.lead(), make.organisation()
        make_partnership.member(of)
        resign(lead, of)
        filed = make_accession.filed(lead)

    def accept() -> Any:
        return decisions.accept_declaration(by=make.by(lead), declaration_id=filed.pk)

    def dissolve() -> Any:
        return leaving.dissolve(by=make.by(lead))

    at_once(tenant, accept, dissolve)

    with inside(tenant):
        is_dissolved = Partnership.objects.get().state == "DISSOLVED"
        assert not (is_dissolved and Membership.objects.on(timezone.localdate()).exists())


def test_two_authorisations_at_once_have_numbers_of_their_own(tenant: TenantRef) -> None:
    with inside(tenant):
        lead, people = make.lead(), [make.person(Role.SOCIAL_WORKER) for _ in range(2)]
    day = timezone.localdate()

    def grant(whom: Person) -> Any:
        return lambda: actions.grant_authorisation(
            by=make.by(Person.objects.get(pk=lead.pk)),
            key=uuid7(),
            subject_id=whom.pk,
            organisation_id=None,
            until=None,
            values={
                "scope": "FAMILIES",
                "position": "pracownik socjalny",
                "purpose": "wsparcie rodzin",
                "granted_by_name": "Lidia Liderska",
                "granted_on": day,
                "from_on": day,
            },
        )

    results = at_once(tenant, *(grant(whom) for whom in people))

    assert sorted(one.number for one in results) == [1, 2]
    with inside(tenant):
        assert ProcessingAuthorisation.objects.count() == 2
