"""Two prepare the accession of one institution, or sign and withdraw it, at the same moment (POR-C §4.3)."""

from django.core.exceptions import ValidationError

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from tenants.agreements.models import Accession, Party, Signature
from tests.factories import agreement_later as later
from tests.factories import people as make_people
from tests.tenants.accession.test_at_once import at_once, tenant

__all__ = ["tenant"]


def test_of_two_who_prepare_the_same_accession_one_is_told_that_it_is_there(
    tenant: TenantRef,
) -> None:
    with inside(tenant):
        one, two = make_people.by(make_people.lead()), make_people.by(make_people.lead())
        agreement, hospital = later.in_force(2), later.hospital()

    results = at_once(
        tenant, *(lambda by=by: later.prepared(agreement, hospital, by) for by in (one, two))
    )

    (told,) = [result for result in results if isinstance(result, Exception)]
    assert isinstance(told, ValidationError)
    assert "już przygotowano" in str(told)
    with inside(tenant):
        assert Accession.objects.count() == 1
        assert Party.objects.filter(organisation=hospital).count() == 1


def test_an_accession_is_never_both_signed_and_withdrawn(tenant: TenantRef) -> None:
    with inside(tenant):
        one, two = make_people.by(make_people.lead()), make_people.by(make_people.lead())
        accession = later.prepared(later.in_force(2), later.hospital(), one)

    results = at_once(
        tenant, lambda: later.signed(accession, one), lambda: later.withdrawn(accession, two)
    )

    assert sum(isinstance(result, Problem) for result in results) == 1
    with inside(tenant):
        accession.refresh_from_db()
        is_signed = accession.state == "SIGNED"
        assert Signature.objects.filter(document=accession.document).count() == is_signed
        assert Party.objects.filter(pk=accession.party_id, state="ACCEDED").exists() == is_signed
