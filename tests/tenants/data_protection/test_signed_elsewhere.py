"""The electronic signature of every kept file is checked and its report shown (§8, §9)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.documents.models import SignatureReport, SignedContainer, StoredFile
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.models.resignations import ResignationNotice
from tenants.data_protection.models import (
    ConfidentialityStatement,
    DataProcessingAgreement,
    ProcessingAuthorisation,
)
from tenants.partnership.models import Membership
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tenants.regulation.models import RegulationVote
from tests.factories import containers, voting
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.factories import signatures as pdf
from tests.tenants.reading import PARTNERSHIP, text_of

GOOD = "dokument nie zmienił się od podpisania"


@pytest.fixture
def school(in_partnership: TenantRef) -> Organisation:
    return make_partnership.member(
        make.organisation(name="Szkoła"), timezone.localdate()
    ).organisation


@pytest.fixture
def worker(school: Organisation) -> Person:
    return make_partnership.worker(Membership.objects.get(organisation=school)).person


def today() -> str:
    return timezone.localdate().isoformat()


def agreement(school: Organisation, worker: Person) -> tuple[str, dict[str, Any]]:
    said = {"purpose": "Pomoc", "data_kinds": "imiona", "person_categories": "rodziny"}
    days = {"signed_on": today(), "from_on": today()}
    row = {"key": uuid7(), "organisation": school.pk, "kind": "ENTRUSTMENT"}
    return "ochrona-danych/umowy/nowa/", {**row, **said, **days, "scope": "FAMILIES"}


def authorisation(school: Organisation, worker: Person) -> tuple[str, dict[str, Any]]:
    said = {"position": "pedagog", "purpose": "Pomoc", "granted_by_name": "Ewa Lider"}
    days = {"granted_on": today(), "from_on": today()}
    row = {"key": uuid7(), "subject": f"{worker.pk}:{school.pk}", "scope": "FAMILIES"}
    return "ochrona-danych/upowaznienia/nowe/", {**row, **said, **days}


def statement(school: Organisation, worker: Person) -> tuple[str, dict[str, Any]]:
    row = {"subject": f"{worker.pk}:{school.pk}", "signed_on": today()}
    return "ochrona-danych/oswiadczenia/nowe/", row


def paper_vote(school: Organisation, worker: Person) -> tuple[str, dict[str, Any]]:
    version = voting.opened(Person.objects.get(role_assignments__role=Role.LEAD))
    ballot = voting.ballot(version, school)
    row = {"ballot": ballot.pk, "choice": "YES", "cast_on": today()}
    return f"regulamin/{version.pk}/glos-z-pisma/", row


Asked = Callable[[Organisation, Person], tuple[str, dict[str, Any]]]
KINDS: list[tuple[Asked, Any]] = [
    (agreement, DataProcessingAgreement),
    (authorisation, ProcessingAuthorisation),
    (statement, ConfidentialityStatement),
    (paper_vote, RegulationVote),
]


def send(client: Client, at: str, form: dict[str, Any], content: bytes, said: str = "on") -> Any:
    data = {**form, "file": pdf.upload(content)} | ({"is_electronic": said} if said else {})
    return client.post(PARTNERSHIP + at, data, follow=True)


@pytest.mark.parametrize(("asked", "model"), KINDS, ids=lambda one: one.__name__)
def test_a_good_signature_is_kept_with_its_report(
    keeper: Client, school: Organisation, worker: Person, asked: Asked, model: Any
) -> None:
    page = send(keeper, *asked(school, worker), pdf.signed("Jan Dyrektor"))

    assert page.status_code == 200
    assert "Jan Dyrektor" in text_of(page)
    assert (GOOD in text_of(page)) == (model is not ConfidentialityStatement)
    assert SignatureReport.objects.get().file == model.objects.get(file__isnull=False).file


CONTAINERS = {"umowa.asice": containers.asice, "umowa.xades": containers.enveloping}


@pytest.mark.parametrize("name", CONTAINERS)
@pytest.mark.parametrize(("asked", "model"), KINDS, ids=lambda one: one.__name__)
def test_a_container_is_kept_beside_its_document_and_leads_to_it(
    keeper: Client, school: Organisation, worker: Person, asked: Asked, model: Any, name: str
) -> None:
    at, form = asked(school, worker)
    sent = pdf.upload(CONTAINERS[name]())
    sent.name = name
    data = {**form, "file": sent, "is_electronic": "on"}
    page = keeper.post(PARTNERSHIP + at, data, follow=True)

    assert page.status_code == 200
    assert "Jan Dyrektor" in text_of(page)
    kept = SignedContainer.objects.get()
    assert kept.file == model.objects.get(file__isnull=False).file
    if model is not ConfidentialityStatement:
        assert "Dokument i podpisy przysłano w jednym pliku: " in text_of(page)
        assert f'/pliki/z-podpisem/{kept.pk}/">{name}</a>' in text_of(page)


BAD = {
    "W tym pliku nie ma podpisu elektronicznego.": pdf.page,
    "Ten dokument zmieniono po podpisaniu": lambda: pdf.rewritten(pdf.signed("Jan")),
}


@pytest.mark.parametrize("said", BAD)
@pytest.mark.parametrize(("asked", "model"), KINDS, ids=lambda one: one.__name__)
def test_without_a_good_signature_nothing_is_kept_and_the_form_stays(
    keeper: Client, school: Organisation, worker: Person, asked: Asked, model: Any, said: str
) -> None:
    at, form = asked(school, worker)
    before = StoredFile.objects.count()
    page = send(keeper, at, form, BAD[said]())

    assert page.status_code == 422
    assert said in text_of(page)
    assert str(form.get("purpose", today())) in text_of(page)
    assert not model.objects.exists()
    assert StoredFile.objects.count() == before


@pytest.mark.parametrize(("asked", "model"), KINDS, ids=lambda one: one.__name__)
def test_a_scan_is_kept_as_it_is(
    keeper: Client, school: Organisation, worker: Person, asked: Asked, model: Any
) -> None:
    page = send(keeper, *asked(school, worker), pdf.page(), said="")

    assert page.status_code == 200
    assert model.objects.get().file is not None
    assert "Podpisy elektroniczne" not in text_of(page)


def test_who_speaks_of_a_signed_file_must_give_it(
    keeper: Client, school: Organisation, worker: Person
) -> None:
    at, form = authorisation(school, worker)
    page = keeper.post(PARTNERSHIP + at, {**form, "is_electronic": "on"})

    assert page.status_code == 422
    assert "Dołącz plik z podpisem elektronicznym." in text_of(page)
    assert not ProcessingAuthorisation.objects.exists()


def test_ones_own_statement_shows_its_report(
    in_partnership: TenantRef, school: Organisation
) -> None:
    client, person = make.signed_in(in_partnership, Role.PARTNER_WORKER, organisation=school)
    keeper, _ = make.signed_in(in_partnership, Role.LEAD)
    send(keeper, *statement(school, person), pdf.signed("Jan Dyrektor"))

    page = text_of(client.get(PARTNERSHIP + "ochrona-danych/moje/"))

    assert "Podpisy elektroniczne: Szkoła" in page
    assert GOOD in page


def test_the_adopted_change_shows_who_signed_it(keeper: Client, school: Organisation) -> None:
    lead = Person.objects.get(role_assignments__role=Role.LEAD)
    version = voting.opened(lead)
    voting.voted(version, school)
    voting.vote(version, lead)
    dates = {"adopted_on": today(), "adopted_place": "Gogolin", "in_force_from": today()}
    at = f"regulamin/{version.pk}/zamkniecie/"
    assert send(keeper, at, dates, pdf.page()).status_code == 422
    version.refresh_from_db()
    assert (version.state, version.signed_file) == ("VOTING", None)

    page = text_of(send(keeper, at, dates, pdf.signed("Ewa Lider")))

    assert "Podpisany regulamin (podpis elektroniczny)" in page
    assert "Podpisy elektroniczne: regulamin" in page


def test_the_resignation_shows_its_report(keeper: Client, school: Organisation) -> None:
    at = f"instytucje/{school.pk}/rezygnacja/"
    form = {
        "key": uuid7(),
        "mode": "QUALIFIED",
        "signatory_name": "Jan Dyrektor",
        "signatory_function": "dyrektor",
        "signed_on": today(),
        "received_on": today(),
        "answered": f"Jan Dyrektor|dyrektor|{today()}|{today()}",
    }
    page = send(keeper, at, form, pdf.signed("Jan Dyrektor"), said="")

    assert ResignationNotice.objects.exists()
    assert GOOD in text_of(page)
