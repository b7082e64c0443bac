"""A declaration that is long in coming, and one that came back (REG §1.5)."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from tenants.accession import rules, today
from tenants.accession.actions import applicants, decisions
from tenants.people.models import Person
from tenants.people.today import Awaited
from tenants.registry.roles import Role
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
        [sent] = Outgoing.objects.filter(dedupe__startswith="declaration-reminded-")
        assert (sent.kind, sent.payload["account_id"]) == ("INBOX", str(applicant.account_id))
        assert sent.payload["is_news"] is True


def test_after_four_reminders_nobody_is_reminded_and_the_lider_hears(
    keeper: Client, came_in: Came, lead: Person, partnership: TenantRef
) -> None:
    declaration, now = came_in[2], timezone.now()
    with inside(partnership):
        officer = make.person(Role.NETWORK_OFFICER)
        for days in range(4):
            assert [one.action for one in awaited(lead, 14)] == ["Przypomnij"]
            assert not Outgoing.objects.filter(dedupe__startswith="last-reminder:").exists()
            with time_machine.travel(now + timedelta(days=days)):
                by = make.by(officer)
                applicants.remind_applicant(by=by, declaration_id=declaration.pk)
        assert [one.action for one in awaited(lead, 14)] == [""]
        told = Outgoing.objects.filter(dedupe__startswith="last-reminder:", kind="MAIL")
        assert lead.email in told.values_list("payload__email", flat=True)
        before = Outgoing.objects.count()

    at = f"{PARTNERSHIP}deklaracje/{declaration.pk}/przypomnienie/"
    assert "Przypomniano już cztery razy" in text_of(keeper.get(at))
    with inside(partnership), time_machine.travel(now + timedelta(days=5)):
        with pytest.raises(Problem, match="cztery razy"):
            applicants.remind_applicant(by=by, declaration_id=declaration.pk)
        assert Outgoing.objects.count() == before


def test_who_hands_it_in_is_reminded_no_longer(
    keeper: Client, came_in: Came, lead: Person, partnership: TenantRef
) -> None:
    declaration = came_in[2]
    keeper.post(f"{PARTNERSHIP}deklaracje/{declaration.pk}/przypomnienie/")
    with inside(partnership):
        [sent] = Outgoing.objects.filter(dedupe__startswith="declaration-reminded-")
        make_accession.named(lead, declaration)
        make_accession.file(declaration, lead)
        done = Outgoing.objects.get(kind="INBOX_DONE")
        assert done.payload == {"source_ids": [str(sent.pk)]}


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
        assert not Outgoing.objects.filter(dedupe__startswith="declaration-reminded-").exists()


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
