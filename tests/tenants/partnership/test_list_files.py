"""A list leaves as a file of what was chosen, behind the second factor, and the journal says it."""

import csv
import io
import zipfile
from datetime import date

import pytest
from django.test import Client

from kooperacja.audit.models import Entry
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.sheets import CSV, XLSX, Sheet, content_of
from tenants.registry.roles import Role
from tests.factories import accounts
from tests.factories import people as make
from tests.tenants.reading import PARTNERSHIP, text_of

LIST = PARTNERSHIP + "instytucje/"


@pytest.fixture
def lead(partnership: TenantRef) -> Client:
    with inside(partnership):
        for name in ("Szkoła =1+1", "Żłobek", "=Przedszkole"):
            make.organisation(name=name)
        return make.signed_in(partnership, Role.LEAD)[0]


def test_a_list_leads_to_its_files_with_what_was_chosen(lead: Client) -> None:
    page = text_of(lead.get(LIST, {"szukaj": "zlobek"}))
    assert 'href="?szukaj=zlobek&amp;plik=xlsx"' in page


def test_a_file_has_the_rows_that_were_chosen_and_is_written_down(
    lead: Client, partnership: TenantRef
) -> None:
    answer = lead.get(LIST, {"szukaj": "przedszkole", "plik": "csv"})
    text = answer.content.decode().removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    heads, row = csv.reader(io.StringIO(text), delimiter=";")
    assert heads[0] == "Nazwa"
    assert row[0] == "'=Przedszkole"
    with inside(partnership):
        (entry,) = Entry.objects.filter(verb="LIST_EXPORTED")
    assert entry.data == {
        "list": [None, "Instytucje"],
        "format": [None, "CSV"],
        "rows": [None, 1],
    }


def test_nothing_leaves_before_the_second_factor(lead: Client, partnership: TenantRef) -> None:
    old = accounts.with_fresh_factor(lead, lasts=-3600)
    answer = old.get(LIST, {"plik": "xlsx"})
    assert answer.url.startswith("/konto/potwierdz/kod/")
    assert "pobierzesz: Instytucje (XLSX)" in text_of(old.get(answer.url))
    with inside(partnership):
        assert not Entry.objects.filter(verb="LIST_EXPORTED").exists()


def test_an_unknown_format_is_the_list_itself(lead: Client) -> None:
    assert "Instytucje" in text_of(lead.get(LIST, {"plik": "exe"}))


@pytest.mark.parametrize("file_format", [XLSX, CSV])
def test_a_list_of_nothing_is_a_file_too(file_format: str) -> None:
    assert content_of(Sheet("Lista", ("Nazwa",), []), file_format)


def test_days_and_numbers_stay_what_they_are() -> None:
    sheet = Sheet("Lista", ("Od", "Ile", "Brak"), [(date(2026, 1, 2), 3, None)])
    assert content_of(sheet, CSV).decode().splitlines()[1] == "2026-01-02;3;"


def test_a_long_title_is_whole_on_paper_and_cut_at_a_word_in_the_tab() -> None:
    title = "Rejestr członków & gości na dzień 29\xa0listopada 2026\xa0r."
    with zipfile.ZipFile(io.BytesIO(content_of(Sheet(title, ("A",), []), XLSX))) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
        tabs = book.read("xl/workbook.xml").decode()
    assert "Rejestr członków &amp;&amp; gości na dzień 29\xa0listopada 2026\xa0r.&amp;R" in page
    assert 'name="Rejestr członków &amp; gości na"' in tabs
