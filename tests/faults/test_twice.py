"""Every form of the way in, sent twice at the same moment by a double click, makes one row."""

import re
from typing import Any

import pytest
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.accounts.models import Account
from kooperacja.audit.actor import named
from kooperacja.audit.models import Entry
from kooperacja.documents.models import StoredFile
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.partnership.models import Membership
from tenants.people.models import Organisation, Person, RoleAssignment
from tenants.registry import directory, invitations
from tenants.registry.actions import invite_administrator
from tenants.registry.models import Access, AdministratorProposal, Invitation, Tenant, Unit
from tenants.registry.roles import Role
from tests.factories import accession as make_accession
from tests.factories import accounts
from tests.factories import people as make
from tests.faults.browser import Answer, Browser
from tests.faults.conftest import PARTNERSHIP, Office, accept, at_once, signed_document

ALREADY = "To już zapisano; drugi raz nic się nie zmieniło."


def twice(browser: Browser, path: str, data: dict[str, Any] | None = None) -> list[Answer]:
    return at_once(*[lambda: browser.post(path, dict(data or {}))] * 2)


def saved_once(browser: Browser, path: str, data: dict[str, Any]) -> bool:
    """Sent twice at once and a third time later: each is led on, the last reads that all is done."""
    answers = [*twice(browser, path, data), browser.post(path, dict(data))]
    assert [answer.status for answer in answers] == [302] * 3, [a.text for a in answers]
    return ALREADY in browser.get(answers[2].location).text


def draft(office: Office) -> tuple[AccessionDeclaration, str]:
    with inside(office.tenant):
        made = make_accession.draft(make.lead())
    return made, f"{PARTNERSHIP}deklaracje/{made.pk}/"


def test_an_institution_is_entered_once(office: Office, lead: Browser) -> None:
    key = uuid7()
    data = {"key": key, "name": "Szkoła", "sector": "EDUCATION", "city": "Gogolin"}
    data |= {"regon": make.regon(key.int % 10**8)}
    assert saved_once(lead, PARTNERSHIP + "instytucje/nowa/", data)

    with inside(office.tenant):
        assert Organisation.objects.filter(regon=data["regon"]).count() == 1
        assert Entry.objects.filter(verb="ORGANISATION_ADDED", object_id=key).count() == 1


def test_a_declaration_is_begun_once(office: Office, lead: Browser) -> None:
    with inside(office.tenant):
        organisation = make.organisation()
    data = {"key": uuid7(), "organisation": organisation.pk}

    assert saved_once(lead, PARTNERSHIP + "deklaracje/nowa/", data)

    with inside(office.tenant):
        assert organisation.declarations.count() == 1
        assert organisation.declarations.get().steps.count() == 1


@pytest.mark.parametrize("email", ["jan@example.pl", ""])
def test_the_signatory_is_named_once(office: Office, lead: Browser, email: str) -> None:
    declaration, url = draft(office)
    name = f"Jan {uuid7()}"
    version = declaration.version
    data = {"version": version, "full_name": name, "function": "dyrektor"}

    assert saved_once(lead, url + "podpis/", {**data, "email": email})

    with inside(office.tenant):
        assert Person.objects.filter(full_name=name).count() == 1
        assert AccessionDeclaration.objects.get(pk=declaration.pk).version == version + 1


def test_the_coordinator_is_named_once(office: Office, lead: Browser) -> None:
    declaration, url = draft(office)
    email = f"{uuid7()}@example.pl"
    version = declaration.version
    data = {"version": version, "full_name": "Ewa", "position": "pedagog", "email": email}

    assert saved_once(lead, url + "koordynator/", data)

    with inside(office.tenant):
        assert Person.objects.filter(email=email).count() == 1
        assert AccessionDeclaration.objects.get(pk=declaration.pk).version == version + 1


def test_a_declaration_is_handed_in_once(office: Office, lead: Browser) -> None:
    declaration, url = draft(office)
    before = len(office.files())
    with inside(office.tenant):
        known = set(StoredFile.objects.values_list("pk", flat=True))

    assert saved_once(lead, url + "zlozenie/", signed_document())

    with inside(office.tenant):
        assert [step.state for step in declaration.steps.all()] == ["DRAFT", "FILED"]
        file = AccessionDeclaration.objects.get(pk=declaration.pk).file
        assert StoredFile.objects.exclude(pk__in=known).get() == file
    assert len(office.files()) == before + 1


def test_an_institution_is_admitted_once(office: Office, lead: Browser) -> None:
    declaration = office.filed()

    answers = at_once(lambda: accept(lead, declaration), lambda: accept(lead, declaration))

    done, told = sorted(answers, key=lambda answer: answer.status)
    assert (done.status, told.status) == (302, 409)
    assert "Drugi raz nic się nie zmieniło." in told.text
    assert "nie została zapisana" not in told.text
    with inside(office.tenant):
        assert Membership.objects.filter(declaration=declaration).count() == 1


def test_a_colleague_is_invited_once(office: Office, lead: Browser) -> None:
    data = {"full_name": "Nowa Osoba", "email": f"{uuid7()}@example.pl", "role": Role.DPO.value}

    assert saved_once(lead, PARTNERSHIP + "osrodek/zaproszenie/", data)

    with inside(office.tenant):
        role = RoleAssignment.objects.get(person__email=data["email"])
        assert Outgoing.objects.filter(dedupe=f"invitation:{role.pk}").count() == 1


def test_a_proposed_administrator_is_confirmed_once(office: Office) -> None:
    administrator, _ = office.person(Role.TENANT_ADMIN)
    place = Tenant.objects.get(pk=office.tenant.id)
    invite_administrator(by=named("Ewa"), tenant=place, email="nowa@example.pl", name="Jan")
    proposal = AdministratorProposal.objects.get(tenant=place)

    answer = f"{PARTNERSHIP}osrodek/administrator/{proposal.pk}/"
    assert saved_once(administrator, answer, {"agrees": "tak"})

    assert Invitation.objects.filter(email="nowa@example.pl").count() == 1


def test_an_invitation_is_accepted_once(office: Office) -> None:
    email = f"{uuid7()}@example.pl"
    place = Tenant.objects.get(pk=office.tenant.id)
    invitations.invite(
        by=named("Ewa"), email=email, full_name="Jan", tenant=place, role=Role.PARTNER_COORDINATOR
    )
    text = OutgoingMessage.objects.get(payload__email=email).payload["text"]
    link = re.search(r"/konto/zaproszenie/\S+", text)
    password = {"password1": accounts.PASSWORD, "password2": accounts.PASSWORD}

    assert link is not None
    answers = twice(office.site.stranger, link[0], {"full_name": "Jan Proszony", **password})

    done, told = sorted(answers, key=lambda answer: answer.status)
    assert (done.status, told.status) == (302, 410)
    assert "To zaproszenie zostało już wykorzystane" in told.text
    account = Account.objects.get(email=email)
    assert Access.objects.filter(account=account).count() == 1
    assert Invitation.objects.get(email=email).accepted_by == account


def test_a_tenant_is_opened_once(office: Office) -> None:
    day = timezone.localdate()
    unit = Unit.objects.create(
        code="160504", level="MUNICIPALITY", name="Walce", rodz="2", as_of=day
    )
    rops = office.coordinator()

    answers = twice(rops, "/region/gminy/160504/otworz/", {"admin_email": "", "admin_name": ""})

    done, told = sorted(answers, key=lambda answer: answer.status)
    assert (done.status, told.status) == (302, 409)
    assert "Tego nie można teraz zrobić" in told.text
    assert Tenant.objects.filter(unit=unit).count() == 1
    assert directory.find("walce") is not None
