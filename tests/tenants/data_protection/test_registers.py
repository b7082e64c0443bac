"""The registers of data protection: separate administrators, and each register as a file."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.tenancy.ref import TenantRef
from tenants.data_protection.actions import enter_agreement
from tenants.data_protection.gate import agreed_on
from tenants.data_protection.models import ConfidentialityStatement, DataProcessingAgreement
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tests.factories import accounts
from tests.factories import data_protection as make_papers
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.tenants.reading import PARTNERSHIP, text_of

PAGES = PARTNERSHIP + "ochrona-danych/"
BASIS = "art. 23zi ustawy wymyślonej na potrzeby próby"


@pytest.fixture
def school(in_partnership: TenantRef) -> Organisation:
    school = make.organisation(name="Szkoła Podstawowa nr 3")
    make_partnership.member(school)
    return school


@pytest.fixture
def proved(keeper: Client) -> Client:
    return accounts.with_fresh_factor(keeper)


def form(school: Organisation, **changed: Any) -> dict[str, Any]:
    day = timezone.localdate().isoformat()
    texts = dict.fromkeys(("purpose", "data_kinds", "person_categories"), "Wpisano.")
    row = {"key": str(uuid7()), "organisation": school.pk, "kind": "SEPARATE"}
    days = {"signed_on": day, "from_on": day, "scope": "FAMILIES", "file": make.pdf()}
    return {**row, **texts, **days, **changed}


def test_no_agreement_holds_before_it_was_signed(school: Organisation) -> None:
    day = make.ESTABLISHED
    with pytest.raises(IntegrityError, match="agreement_signed_first"), transaction.atomic():
        make_papers.agreement(school, day, signed_on=day + timedelta(days=1))
    assert not DataProcessingAgreement.objects.exists()


def rows_of(client: Client, register: str) -> list[list[str]]:
    """A register as CSV, its headings first."""
    content = client.get(f"{PAGES}{register}/?plik=csv").content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content), delimiter=";"))


def test_separate_administrators_say_on_what_law_they_share(
    proved: Client, school: Organisation
) -> None:
    page = proved.post(f"{PAGES}umowy/nowa/", form(school, legal_basis=BASIS), follow=True)

    assert "odrębni administratorzy (art. 4 pkt 7 i art. 24 RODO)" in text_of(page)
    assert BASIS in text_of(page)
    assert school.pk in agreed_on(timezone.localdate())


@pytest.mark.parametrize(
    ("kind", "basis", "said"),
    [
        ("SEPARATE", "", "Podaj podstawę prawną"),
        ("ENTRUSTMENT", BASIS, "tylko odrębnych administratorów"),
    ],
)
def test_the_law_belongs_to_separate_administrators_alone(
    proved: Client, school: Organisation, kind: str, basis: str, said: str
) -> None:
    page = proved.post(f"{PAGES}umowy/nowa/", form(school, kind=kind, legal_basis=basis))
    assert page.status_code == 422
    assert said in text_of(page)
    assert not DataProcessingAgreement.objects.exists()


def test_the_action_asks_for_the_law_too(lead: Person, school: Organisation) -> None:
    day = timezone.localdate()
    texts = dict.fromkeys(("purpose", "data_kinds", "person_categories"), "Wpisano.")
    values = {**texts, "kind": "SEPARATE", "scope": "FAMILIES", "signed_on": day, "from_on": day}
    with pytest.raises(ValidationError):
        enter_agreement(
            by=make.by(lead),
            key=uuid7(),
            organisation_id=school.pk,
            upload=make.pdf(),
            until=None,
            values=values,
        )
    assert not DataProcessingAgreement.objects.exists()


def test_each_register_is_a_file_with_all_that_it_keeps(
    proved: Client, school: Organisation
) -> None:
    worker = make.person(Role.PARTNER_WORKER, organisation=school)
    make_papers.may_see(worker, school)

    agreements, authorisations, statements = (
        rows_of(proved, register) for register in ("umowy", "upowaznienia", "oswiadczenia")
    )

    assert agreements[0][-1] == "Powód zakończenia"
    assert agreements[1][0] == school.name
    assert {"Stanowisko", "Cel", "Kto nadał"} < set(authorisations[0])
    assert worker.full_name in authorisations[1]
    assert statements[0] == [
        *("Osoba", "Instytucja", "Od", "Ostatni dzień", "Jak złożono", "Kto zapisał")
    ]
    assert statements[1][:2] == [worker.full_name, school.name]
    assert Entry.objects.filter(verb="LIST_EXPORTED").count() == 3
    taken = proved.get(f"{PAGES}oswiadczenia/?plik=xlsx")
    assert taken.content.startswith(b"PK")


def test_a_kooperant_reads_and_takes_its_own_statements_alone(
    in_partnership: TenantRef, school: Organisation
) -> None:
    other = make.organisation(name="Inna Szkoła")
    for of in (school, other):
        ConfidentialityStatement.objects.create(
            person=make.person(), organisation=of, from_on=make.ESTABLISHED
        )
    client, _ = make.signed_in(in_partnership, Role.PARTNER_COORDINATOR, organisation=school)
    accounts.with_fresh_factor(client)

    assert "Inna Szkoła" not in text_of(client.get(f"{PAGES}oswiadczenia/"))
    assert [row[1] for row in rows_of(client, "oswiadczenia")[1:]] == [school.name]
