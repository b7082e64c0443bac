"""Parties that sign or refuse at the same moment, with real commits (POR-C signatures)."""

from typing import Any

from kooperacja.documents.errors import RejectedUpload
from kooperacja.documents.models import StoredFile
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from kooperacja.writes import StaleForm
from tenants.agreements.models import Amendment, Refusal, Signature
from tests.factories import agreements as make
from tests.factories import amendments as make_amendments
from tests.factories import people as make_people
from tests.factories import signatures as pdf
from tests.tenants.accession.test_at_once import at_once, tenant

__all__ = ["tenant"]


def test_of_two_that_sign_the_same_file_at_once_one_is_told_to_take_it_again(
    tenant: TenantRef,
) -> None:
    with inside(tenant):
        one, two = make_people.by(make_people.lead()), make_people.by(make_people.lead())
        first, second = make.before_parties(make.whole("A", 2, one)).parties.all()
        files = StoredFile.objects.count()

    def sign(party: Any, by: Any, name: str) -> Any:
        content = pdf.signed(name)
        return lambda: make.entered(party, pdf.upload(content), by, mode="TRUSTED")

    results = at_once(tenant, sign(first, one, "Jan"), sign(second, two, "Ewa"))

    (told,) = [result for result in results if isinstance(result, RejectedUpload)]
    assert "nie ma wcześniejszego podpisu" in told.title
    with inside(tenant):
        assert Signature.objects.count() == 1
        assert StoredFile.objects.count() == files + 1


def test_a_party_never_both_signs_and_refuses(tenant: TenantRef) -> None:
    with inside(tenant):
        one, two = make_people.by(make_people.lead()), make_people.by(make_people.lead())
        party, _ = make.before_parties(make.whole("A", 2, one)).parties.all()

    results = at_once(
        tenant,
        lambda: make.entered(party, who=one),
        lambda: make.turned_down(party, two, version=party.version),
    )

    assert sum(isinstance(result, Problem | StaleForm) for result in results) == 1
    with inside(tenant):
        party.refresh_from_db()
        assert Signature.objects.count() == (party.state == "SIGNED")
        assert Refusal.objects.count() == (party.state == "REFUSED")


def test_of_two_aneksy_that_begin_at_once_one_is_told_of_the_other(tenant: TenantRef) -> None:
    with inside(tenant):
        one, two = make_people.by(make_people.lead()), make_people.by(make_people.lead())
        agreement = make.before_parties(make.whole("A", 2, one))
        make.brought_into_force(agreement, one.today)

    results = at_once(
        tenant,
        lambda: make_amendments.begun(agreement, one),
        lambda: make_amendments.begun(agreement, two),
    )

    (told,) = [result for result in results if isinstance(result, Problem)]
    assert "ma już otwarty aneks" in told.title
    with inside(tenant):
        assert Amendment.objects.count() == 1
