"""A coordinator from paper may have no address: a person of the register, without an account."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.actions import declarations
from tenants.accession.actions.decisions import accept_declaration
from tenants.partnership.models import PartnershipCoordinator
from tenants.people.invited import standings
from tenants.people.models import Person
from tests.factories import accession as make_accession
from tests.factories import people as make
from tests.tenants.reading import PARTNERSHIP, text_of

PARISH = {"full_name": "Jan Wikary", "position": "wikariusz", "email": ""}


def test_the_office_names_one_and_nobody_is_invited(
    keeper: Client, lead: Person, in_partnership: TenantRef
) -> None:
    declaration = make_accession.draft(lead)
    sent = {**PARISH, "version": str(declaration.version)}
    url = f"{PARTNERSHIP}deklaracje/{declaration.pk}/koordynator/"
    assert keeper.post(url, sent).status_code == 302
    declaration.refresh_from_db()
    by = make.by(lead)

    # A request leaves the URLconf of the root behind, so the tenant is entered again.
    with inside(in_partnership):
        filed = make_accession.file(declaration, lead)
    asked = text_of(keeper.get(f"{PARTNERSHIP}deklaracje/{declaration.pk}/przyjecie/"))
    assert "Koordynator Partnerstwa (Jan Wikary) będzie w rejestrze bez konta." in asked
    with inside(in_partnership):
        accept_declaration(by=by, declaration_id=filed.pk, decided_on=by.today)

    seat = PartnershipCoordinator.objects.get()
    assert seat.person.full_name == "Jan Wikary"
    assert not Outgoing.objects.filter(kind="INVITATION").exists()
    role = seat.person.role_assignments.get()
    assert standings([role])[role.pk].words == "bez konta (nie podano adresu e-mail)"
    page = keeper.get(f"{PARTNERSHIP}instytucje/{filed.organisation_id}/")
    assert "bez konta" in text_of(page)


def test_who_fills_it_in_online_gives_an_address(lead: Person, in_partnership: TenantRef) -> None:
    _, applicant, declaration = make_accession.invited(in_partnership, lead)
    before = declaration.coordinator_id

    with pytest.raises(ValidationError, match="Podaj własny adres"):
        declarations.name_coordinator(
            by=make.by(applicant),
            declaration_id=declaration.pk,
            version=declaration.version,
            **PARISH,
        )

    declaration.refresh_from_db()
    assert declaration.coordinator_id == before
