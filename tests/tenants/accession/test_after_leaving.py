"""Whoever leaves hears of it, and is told when and why the place of work ended (REG §1.5, §1.6)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.inbox.models import OutgoingMessage
from kooperacja.notifications.models import Outgoing
from kooperacja.outbox.drain import drain, handlers
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.actions import decisions
from tenants.accession.actions.leaving import resign
from tenants.people.models import Organisation, Person
from tenants.registry.models import Access
from tenants.registry.roles import Role
from tests.factories import accession as make_accession
from tests.factories import accounts
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.tenants.reading import HOME, PARTNERSHIP, text_of


@pytest.fixture
def member(in_partnership: TenantRef) -> Organisation:
    institution = make.organisation(name="Dom Kultury")
    make_partnership.member(institution)
    return institution


def resigned(by: Person, member: Organisation) -> None:
    today = timezone.localdate()
    resign(
        by=make.by(by),
        key=uuid7(),
        organisation_id=member.pk,
        file=make.pdf(),
        signatory_name="Jan Dyrektor",
        mode="PAPER_SCAN",
        signed_on=today,
        received_on=today,
        signatory_function="dyrektor",
        reason="",
        case_mark="",
    )


def deliver(tenant: TenantRef) -> None:
    with inside(tenant):
        drain(Outgoing, handlers())
    drain(OutgoingMessage, handlers())


def signed_in_again(person: Person) -> Client:
    account = Access.objects.filter(person_id=person.pk).select_related("account")[0].account
    return accounts.client_of(account)


def test_the_institution_hears_of_a_resignation_that_the_office_entered(
    lead: Person, member: Organisation, partnership: TenantRef
) -> None:
    _, head = make.signed_in(partnership, Role.PARTNER_HEAD, organisation=member)

    resigned(lead, member)

    sent = Outgoing.objects.filter(dedupe__startswith="resignation-confirmed:")
    said = " ".join(str(message.payload) for message in sent)
    assert head.email in said or str(head.account_id) in said
    assert "Jan Dyrektor, dyrektor" in said


def test_the_account_is_told_when_the_place_ended_and_why(
    lead: Person, member: Organisation, partnership: TenantRef
) -> None:
    _, head = make.signed_in(partnership, Role.PARTNER_HEAD, organisation=member)
    resigned(lead, member)
    deliver(partnership)
    client = signed_in_again(head)

    for page in (client.get("/konto/"), client.get(HOME)):
        said = text_of(page)
        assert "ustanie członkostwa w Partnerstwie" in said
        assert "kierujący instytucją" in said
        assert "Nie masz jeszcze" not in said
    assert client.get(HOME).status_code == 403

    old = timezone.now() - timedelta(days=31)
    Access.objects.update(granted_at=old, ended_at=old)
    assert "Nie masz jeszcze żadnego miejsca pracy" in text_of(client.get("/konto/"))
    assert "Twoje konto nie ma tu żadnej roli" in text_of(client.get(HOME))


def test_another_account_is_told_nothing_of_it(
    lead: Person, member: Organisation, partnership: TenantRef
) -> None:
    make.signed_in(partnership, Role.PARTNER_HEAD, organisation=member)
    resigned(lead, member)
    deliver(partnership)
    stranger = accounts.client_of(accounts.account())

    for page in ("/konto/", HOME):
        said = text_of(stranger.get(page))
        assert "Dom Kultury" not in said
        assert "ustanie członkostwa" not in said


def returned(lead: Person) -> Any:
    filed = make_accession.filed(lead)
    return decisions.return_declaration(
        by=make.by(lead), declaration_id=filed.pk, reason="Brakuje pełnomocnictwa."
    )


@pytest.mark.parametrize("step", ["podpis", "koordynator", "zlozenie"])
def test_the_reason_of_a_return_stands_on_each_step(
    keeper: Client, lead: Person, step: str
) -> None:
    declaration = returned(lead)

    page = text_of(keeper.get(f"{PARTNERSHIP}deklaracje/{declaration.pk}/{step}/"))

    assert "Powód: Brakuje pełnomocnictwa." in page


def test_what_was_handed_in_before_stays_listed(keeper: Client, lead: Person) -> None:
    declaration = returned(lead)
    former = declaration.file_id
    make_accession.file(declaration, lead)

    page = keeper.get(f"{PARTNERSHIP}deklaracje/{declaration.pk}/").content.decode()

    assert f"/pliki/{former}/" in page
    assert "Złożona wcześniej" in page
