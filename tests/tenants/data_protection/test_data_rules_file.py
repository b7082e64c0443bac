"""Annex 3 is given as a document of its own, as PDF and DOCX (REG §8.3)."""

import io
from typing import Any
from uuid import uuid4

import pikepdf
import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kooperacja.documents.page import page_of
from kooperacja.documents.papers import fields_in
from kooperacja.tenancy.ref import TenantRef
from tenants.data_protection.papers import DATA_RULES, data_rules_context
from tenants.registry.roles import Role
from tenants.regulation.models import RegulationVersion
from tenants.regulation.text import annex_text
from tests.factories import people as make
from tests.kooperacja.documents.test_word import said_in, word_of, words_of_docx
from tests.tenants.reading import PARTNERSHIP
from tests.tenants.regulation.test_regulation_document import version


@pytest.fixture
def reader(in_partnership: TenantRef) -> Client:
    client, _ = make.signed_in(
        in_partnership, Role.PARTNER_WORKER, organisation=make.organisation()
    )
    return client


def address(regulation: RegulationVersion, kind: str) -> str:
    return f"{PARTNERSHIP}regulamin/{regulation.pk}/zalacznik-3.{kind}"


def context_of(regulation: RegulationVersion) -> dict[str, Any]:
    return data_rules_context(regulation, annex_text(regulation))


def test_both_formats_say_the_same() -> None:
    for number in (None, 3):
        context = context_of(version(number=number))
        printed = said_in(page_of(DATA_RULES, context))
        assert "".join(words_of_docx(word_of(DATA_RULES, context))) == "".join(printed)


def test_each_rule_is_a_point_with_its_number() -> None:
    points = context_of(version())["points"]

    assert [one["number"] for one in points] == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert points[2]["text"].startswith("Poznane informacje zachowuje się w tajemnicy")


def test_words_without_numbers_stay_whole() -> None:
    points = data_rules_context(version(), "Wstęp.\n\n a) litera\n2026 rok")["points"]

    assert points == [
        {"number": "", "text": "Wstęp."},
        {"number": "a)", "text": "litera"},
        {"number": "", "text": "2026 rok"},
    ]


def test_the_example_has_the_fields_of_the_real_annex() -> None:
    assert set(DATA_RULES.fields) == set(fields_in(context_of(version())))


def test_it_is_taken_from_the_page_of_the_rules_and_from_the_regulation(reader: Client) -> None:
    regulation = RegulationVersion.objects.get()
    pages = ("ochrona-danych/zalacznik-3/", "regulamin/", f"regulamin/{regulation.pk}/")

    for page in pages:
        text = reader.get(PARTNERSHIP + page).content.decode()
        for kind in ("pdf", "docx"):
            assert f'href="{address(regulation, kind)}"' in text, page


def test_the_print_is_tagged(reader: Client) -> None:
    file = reader.get(address(RegulationVersion.objects.get(), "pdf"))

    assert file.headers["Content-Disposition"] == 'attachment; filename="zalacznik-3-wersja-1.pdf"'
    with pikepdf.open(io.BytesIO(file.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "pl"


def test_a_version_without_the_annex_has_no_file(reader: Client) -> None:
    regulation = RegulationVersion.objects.get()
    assert reader.get(address(regulation, "odt")).status_code == 404
    RegulationVersion.objects.update(clauses=[{"ref": "1", "text": "Przepisy"}])

    assert reader.get(address(regulation, "pdf")).status_code == 404
    assert "zalacznik-3." not in reader.get(PARTNERSHIP + "regulamin/").content.decode()
    assert reader.get(f"{PARTNERSHIP}regulamin/{uuid4()}/zalacznik-3.pdf").status_code == 404


def test_the_word_file_costs_few_queries(reader: Client) -> None:
    at = address(RegulationVersion.objects.get(), "docx")
    reader.get(at)

    with CaptureQueriesContext(connections["default"]) as asked:
        assert reader.get(at).status_code == 200
    assert len(asked) == 4
