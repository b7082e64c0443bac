"""The journal names institutions and documents, and may be taken away as a file."""

import csv
import io
import re
import zipfile
from datetime import date
from typing import Any

import pytest
from django.test import Client
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.audit.record import record
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.models.resignations import ResignationNotice
from tenants.partnership.actions import posts
from tenants.partnership.models import Membership
from tenants.registry.roles import Role
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.tenants.reading import HOME
from tests.tenants.reading import text_of as source_of

PAGE, FILES = HOME + "dziennik/", HOME + "partnerstwo/dziennik/"
DAY = date(2026, 11, 27)
LEAD = make.BY


def text_of(page: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", source_of(page)).split())


@pytest.fixture
def officer(partnership: TenantRef) -> Client:
    with inside(partnership):
        return make.signed_in(partnership, Role.DPO)[0]


@pytest.fixture
def house(partnership: TenantRef) -> Membership:
    with inside(partnership):
        return make_partnership.member(make.organisation(name="Dom Kultury „Wzór”"))


def _resignation(of: Membership) -> ResignationNotice:
    signatory = make.head(of.organisation)
    return ResignationNotice.objects.create(
        membership=of,
        signatory=signatory,
        signatory_function="dyrektor",
        mode="PAPER",
        signed_on=DAY,
        received_on=DAY,
        effective_on=DAY,
        file=make.stored("SIGNED_RESIGNATION"),
        recorded_by=signatory,
    )


def test_a_file_is_said_by_the_row_that_keeps_it(
    officer: Client, partnership: TenantRef, house: Membership
) -> None:
    with inside(partnership):
        notice = _resignation(house)
        record(by=LEAD, verb="FILE_READ", obj=notice.file)
    words = text_of(officer.get(PAGE))
    assert "pobrano plik PDF: Dom Kultury „Wzór”, rezygnacja z 27 listopada 2026 r." in words


def test_a_function_is_told_with_whose_it_is(
    officer: Client, partnership: TenantRef, house: Membership
) -> None:
    with inside(partnership):
        lead = make.lead()
        post = posts.add_post(
            by=make.by(lead),
            key=uuid7(),
            organisation_id=house.organisation_id,
            full_name="Pola Zmyślona",
            function="dyrektor",
            is_head=False,
            from_on=date(2025, 5, 1),
        )
        posts.end_post(by=make.by(lead), post_id=post.pk, ended_on=date(2025, 5, 2))
    words = text_of(officer.get(PAGE))
    assert "wpisano funkcję w instytucji Dom Kultury „Wzór” Pola Zmyślona, dyrektor" in words
    assert "zakończono funkcję w instytucji Dom Kultury „Wzór” Pola Zmyślona, dyrektor" in words


def test_a_row_of_an_institution_says_it(
    officer: Client, partnership: TenantRef, house: Membership
) -> None:
    with inside(partnership):
        seat = house.coordinators.get()
        record(by=LEAD, verb="MEMBERSHIP_CONSEQUENCE", obj=seat)
        words = f"{seat} (Dom Kultury „Wzór”)".replace("\N{NO-BREAK SPACE}", " ")
    assert words in text_of(officer.get(PAGE))


def test_an_exported_register_is_said_with_day_and_format(
    officer: Client, partnership: TenantRef
) -> None:
    data = {"day": [None, "2026-11-27"], "format": [None, "XLSX"]}
    with inside(partnership):
        record(by=LEAD, verb="REGISTER_EXPORTED", data=data)
    assert "rejestr członków na dzień 27 listopada 2026 r., XLSX" in text_of(officer.get(PAGE))


def test_entries_of_an_institution_are_found_with_its_rows_and_files(
    officer: Client, partnership: TenantRef, house: Membership
) -> None:
    with inside(partnership):
        other = make_partnership.member(make.organisation(name="Szkoła Wzorowa"))
        for membership, why in ((house, "jej wpis"), (other, "cudzy wpis")):
            notice = _resignation(membership)
            for obj in (membership.organisation, notice, notice.file):
                record(by=LEAD, verb="FILE_READ", obj=obj, why=why)
    words = text_of(officer.post(PAGE, {"instytucja": "wzor kultury"}, follow=True))
    assert words.count("jej wpis") == 3
    assert "cudzy wpis" not in words


def test_who_did_many_things_in_a_row_is_named_once(
    officer: Client, partnership: TenantRef, house: Membership
) -> None:
    with inside(partnership):
        for _ in range(5):
            record(by=LEAD, verb="MEMBER_RESIGNED", obj=house.organisation)
    assert officer.get(PAGE).content.decode().count(f"<h3>{LEAD.name}") == 1


def test_a_file_has_what_is_chosen_and_is_written_down(
    officer: Client, partnership: TenantRef, house: Membership
) -> None:
    with inside(partnership):
        record(by=LEAD, verb="MEMBER_RESIGNED", obj=house.organisation, why="=1+1")
    officer.post(PAGE, {"instytucja": "Dom Kultury"})
    lines = officer.get(f"{FILES}csv/").content.decode().removeprefix("\ufeff")
    heads, *rows = csv.reader(io.StringIO(lines), delimiter=";")
    assert heads == ["Kiedy", "Kto", "W jakiej roli", "Co zrobiono", "Czego dotyczy", "Dlaczego"]
    assert [row[4:] for row in rows] == [["Dom Kultury „Wzór”", "'=1+1"]]
    with inside(partnership):
        taken = Entry.objects.filter(verb="LIST_EXPORTED").get()
    assert taken.data["rows"] == [None, 1]
    officer.post(PAGE, {})
    assert "Dziennik, CSV, wierszy: 1" in text_of(officer.get(PAGE))


def test_the_spreadsheet_is_printed_across_with_its_headings(
    officer: Client, partnership: TenantRef
) -> None:
    file = officer.get(f"{FILES}xlsx/")
    with zipfile.ZipFile(io.BytesIO(file.content)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        book = parts.read("xl/workbook.xml").decode()
    assert 'orientation="landscape"' in sheet
    assert "fitToPage" in sheet
    assert "Print_Titles" in book


@pytest.mark.parametrize("role", [Role.NETWORK_OFFICER, Role.SOCIAL_WORKER])
def test_who_may_not_read_the_journal_takes_no_file(partnership: TenantRef, role: str) -> None:
    with inside(partnership):
        client, _ = make.signed_in(partnership, role)
    assert client.get(f"{FILES}xlsx/").status_code == 403
    with inside(partnership):
        assert not Entry.objects.filter(verb="LIST_EXPORTED").exists()
