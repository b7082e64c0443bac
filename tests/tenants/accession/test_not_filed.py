"""A declaration that is long in coming, and one that came back (REG §1.5)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.accession import rules, today
from tenants.accession.actions import decisions
from tenants.people.models import Person
from tenants.people.today import Awaited
from tests.factories import accession as make_accession
from tests.factories import people as make
from tests.tenants.accession.conftest import Came
from tests.tenants.reading import HOME, PARTNERSHIP, text_of


def awaited(lead: Person, days: int) -> list[Awaited]:
    """As the Lider sees it so many days from now."""
    return list(today.to_be_filed(lead, timezone.localdate() + timedelta(days=days)))


def test_the_office_waits_for_it_after_fourteen_days(
    keeper: Client, came_in: Came, lead: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert awaited(lead, 13) == []
    (late,) = awaited(lead, 14)
    assert late.title == "Deklaracja: Szkoła nr 3"
    assert awaited(came_in[1], 14) == []

    monkeypatch.setattr(rules, "REMIND_AFTER", timedelta(0))
    said = text_of(keeper.get(HOME))

    assert "Deklaracja: Szkoła nr 3" in said
    assert f"{PARTNERSHIP}deklaracje/{came_in[2].pk}/przypomnienie/" in said


def test_a_reminder_is_sent_once_a_day(
    keeper: Client, came_in: Came, partnership: TenantRef
) -> None:
    _, applicant, declaration = came_in
    at = f"{PARTNERSHIP}deklaracje/{declaration.pk}/przypomnienie/"

    assert "Wysłano przypomnienie" in text_of(keeper.post(at, follow=True))
    assert "To już zapisano" in text_of(keeper.post(at, follow=True))

    with inside(partnership):
        sent = Outgoing.objects.filter(dedupe__startswith="declaration-reminded:")
        assert {str(applicant.account_id) in str(one.payload) for one in sent} == {True}
        mails = sent.values_list("kind").distinct().count()
        assert sent.count() == mails > 0


def test_what_was_handed_in_is_not_reminded_of(
    keeper: Client, came_in: Came, lead: Person, partnership: TenantRef
) -> None:
    declaration = came_in[2]
    with inside(partnership):
        make_accession.named(lead, declaration)
        make_accession.file(declaration, lead)
        assert awaited(lead, 60) == []

    page = keeper.post(f"{PARTNERSHIP}deklaracje/{declaration.pk}/przypomnienie/")
    assert page.status_code == 409
    with inside(partnership):
        assert not Outgoing.objects.filter(dedupe__startswith="declaration-reminded:").exists()


def test_the_reason_of_a_return_stands_on_the_institutions_own_data(
    came_in: Came, lead: Person, partnership: TenantRef
) -> None:
    client, _, declaration = came_in
    at = f"{PARTNERSHIP}instytucje/{declaration.organisation_id}/zmiana/"
    assert "Powód" not in text_of(client.get(at))
    with inside(partnership):
        make_accession.named(lead, declaration)
        make_accession.file(declaration, lead)
        decisions.return_declaration(
            by=make.by(lead), declaration_id=declaration.pk, reason="Zły adres siedziby."
        )

    assert "Powód: Zły adres siedziby." in text_of(client.get(at))
