"""The office gives a document its own Word form; what was issued before stays as it was."""

import io
from dataclasses import replace
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from uuid6 import uuid7

from kooperacja import offers
from kooperacja.documents import guarded, storage
from kooperacja.documents.actions import issue
from kooperacja.documents.fits import try_forms
from kooperacja.documents.models import Document, OfficeTemplate, StoredFile
from kooperacja.documents.papers import fields_in, offered, paper_of
from kooperacja.documents.wordcheck import check_template
from kooperacja.documents.wordform import form
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.actions import decisions
from tenants.accession.papers import ANNOTATED_DECLARATION
from tenants.people.models import Person
from tenants.registry.roles import Role
from tests.factories import accession as make_accession
from tests.factories import people as make
from tests.kooperacja.documents.test_papers import LETTER
from tests.offering import offer

KIND = ANNOTATED_DECLARATION.kind
ALL = offers._all()
FILES = "/gmina/gogolin/dokumenty/pliki/"
TEMPLATES = "/gmina/gogolin/partnerstwo/osrodek/szablony/"


def word(text: str) -> bytes:
    document, made = docx.Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(made)
    return made.getvalue()


def give(client: Client, text: str, *, after: int = 0) -> Any:
    upload = SimpleUploadedFile("nasz szablon.docx", word(text))
    return client.post(f"{TEMPLATES}{KIND}/", {"file": upload, "after": after})


def words_of(document: Document) -> str:
    assert document.docx is not None
    content = storage.read(document.docx.path, pk=document.docx.pk)
    return "\n".join(one.text for one in docx.Document(io.BytesIO(content)).paragraphs)


def accepted(place: TenantRef, lead: Person) -> Document:
    with inside(place):  # a browser has been elsewhere in the meantime
        declaration = make_accession.filed(lead)
        decisions.accept_declaration(by=make.by(lead), declaration_id=declaration.pk)
    return Document.objects.get(kind=KIND, subject=declaration.pk)


@pytest.fixture
def admin(in_partnership: TenantRef) -> Client:
    client, _ = make.signed_in(in_partnership, Role.TENANT_ADMIN)
    return client


def test_the_offices_form_is_used_from_now_on(
    in_partnership: TenantRef, admin: Client, lead: Person
) -> None:
    before = accepted(in_partnership, lead)
    kept = words_of(before)
    answer = give(admin, "NASZ WZÓR: {{ organisation.name }}")
    assert answer.status_code == 302
    after = accepted(in_partnership, lead)
    assert "NASZ WZÓR: Instytucja" in words_of(after)
    assert after.office_template == OfficeTemplate.objects.get()
    before.refresh_from_db()
    assert words_of(before) == kept
    admin.post(f"{TEMPLATES}{KIND}/powrot/", {"after": 1})
    assert "NASZ WZÓR" not in words_of(accepted(in_partnership, lead))


def test_a_wrong_template_is_refused_with_its_place_and_ours_stays(admin: Client) -> None:
    answer = give(admin, "Podmiot {{ organisation.nazwa }}")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "akapit 1 („Podmiot {{ organisation.nazwa }}”)" in page
    assert not OfficeTemplate.objects.exists()


def test_of_two_who_change_a_template_the_later_learns_of_the_other(admin: Client) -> None:
    assert give(admin, "Pierwszy {{ place }}").status_code == 302
    answer = give(admin, "Drugi {{ place }}")
    assert answer.status_code == 409
    assert "Ktoś zmienił ten szablon w międzyczasie" in answer.content.decode()
    assert OfficeTemplate.objects.count() == 1


def test_a_template_given_since_the_page_was_read_is_not_put_away(admin: Client) -> None:
    give(admin, "Pierwszy {{ place }}")
    page = admin.get(f"{TEMPLATES}{KIND}/powrot/")
    read = page.context["form"]["after"].value()
    OfficeTemplate.objects.create(
        kind=KIND, version=2, file=OfficeTemplate.objects.get().file, fields=[], made_by_name="test"
    )

    answer = admin.post(f"{TEMPLATES}{KIND}/powrot/", {"after": read})

    assert answer.status_code == 409
    assert OfficeTemplate.objects.filter(file=None).count() == 0


@pytest.mark.parametrize("after", [1, 2**31 - 2, 2**31 - 1, 10**30])
def test_a_version_that_nobody_saw_is_refused(admin: Client, after: int) -> None:
    answer = give(admin, "Pierwszy {{ place }}", after=after)

    assert answer.status_code in {409, 422}
    assert not OfficeTemplate.objects.exists()


def test_a_form_without_a_field_is_used_only_if_that_is_meant(admin: Client) -> None:
    answer = give(admin, "Nic do wypełnienia")
    assert answer.status_code == 422
    assert "nie ma żadnego pola" in answer.content.decode()
    assert not OfficeTemplate.objects.exists()
    upload = SimpleUploadedFile("nasz.docx", word("Nic do wypełnienia"))
    sent = {"file": upload, "after": 0, "without_fields": "on"}
    assert admin.post(f"{TEMPLATES}{KIND}/", sent).status_code == 302


def test_a_field_that_may_be_empty_stands_under_a_condition(admin: Client) -> None:
    page = give(admin, "Przyjęto {{ acceptance.date }}").content.decode()
    assert "pole acceptance.date jest puste, gdy deklaracji jeszcze nie przyjęto" in page
    guarded = "{% if acceptance %}Przyjęto {{ acceptance.date }}{% endif %}"
    assert give(admin, guarded).status_code == 302


def test_a_busy_server_says_so_at_once_and_keeps_nothing(
    admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guarded, "A_TENANT", 0)
    answer = give(admin, "Podmiot {{ organisation.name }}")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "15")
    assert "Tylko kilka plików można sprawdzać naraz" in answer.content.decode()
    assert not OfficeTemplate.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_partner_changes_no_template(in_partnership: TenantRef) -> None:
    client, _ = make.signed_in(in_partnership, Role.PARTNER_HEAD, organisation=make.organisation())
    assert give(client, "Cudzy").status_code == 403
    assert client.get(TEMPLATES).status_code == 403
    assert not OfficeTemplate.objects.exists()


def test_an_unknown_document_has_no_template(admin: Client) -> None:
    assert admin.get(f"{TEMPLATES}NIE_MA/").status_code == 404
    assert admin.get(f"{TEMPLATES}NIE_MA/platforma/").status_code == 404


def test_the_example_has_the_fields_of_the_real_document(
    in_partnership: TenantRef, lead: Person
) -> None:
    document = accepted(in_partnership, lead)
    paper = paper_of(KIND)
    assert paper is not None
    assert set(paper.fields) == set(fields_in(document.context))


@pytest.mark.parametrize("paper", offered(), ids=lambda one: one.kind)
def test_every_template_of_ours_may_be_the_offices(paper: Any) -> None:
    check_template(form(paper), paper.example)


def become(monkeypatch: pytest.MonkeyPatch, example: dict[str, Any]) -> None:
    """The paper has other fields from now on."""
    paper = replace(ANNOTATED_DECLARATION, example=example)
    given = [paper if one is ANNOTATED_DECLARATION else one for one in ALL]
    monkeypatch.setattr(offers, "_all", lambda: given)


def test_the_office_is_told_what_its_form_lacks_and_what_it_asks_in_vain(
    admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert give(admin, "NASZ WZÓR: {{ organisation.name }}").status_code == 302
    assert "wymaga poprawy" not in admin.get(TEMPLATES).content.decode()

    more = {**ANNOTATED_DECLARATION.example, "deadline": ""}
    become(monkeypatch, more)
    assert "sprawdzimy później" in admin.get(TEMPLATES).content.decode()
    page = admin.get(f"{TEMPLATES}{KIND}/").content.decode()
    assert "Sprawdzimy później, czy szablon nadal do niego pasuje" in page
    try_forms()
    assert "dokument ma nowe pola" in admin.get(TEMPLATES).content.decode()
    assert "dokument zyskał pola: deadline." in admin.get(f"{TEMPLATES}{KIND}/").content.decode()

    less = {**ANNOTATED_DECLARATION.example, "organisation": {"seat": ""}}
    become(monkeypatch, less)
    try_forms()
    assert "wymaga poprawy" in admin.get(TEMPLATES).content.decode()
    page = admin.get(f"{TEMPLATES}{KIND}/").content.decode()
    assert "pola organisation.name ten dokument nie ma" in page


def test_a_paper_needs_nothing_but_its_module_and_its_offer(
    in_partnership: TenantRef, admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The office's page of Word forms and the door of its files follow from them."""
    paper = replace(LETTER, may_read=lambda request, document: document.title == "Pismo")
    offer(monkeypatch, paper)
    assert "Pismo" in admin.get(TEMPLATES).content.decode()
    page = admin.get(f"{TEMPLATES}LETTER/").content.decode()
    assert "points[].text" in page
    ours = admin.get(f"{TEMPLATES}LETTER/platforma/").content
    upload = SimpleUploadedFile("nasz.docx", ours)
    assert admin.post(f"{TEMPLATES}LETTER/", {"file": upload, "after": 0}).status_code == 302

    with inside(in_partnership):
        issued = [
            issue(by=make.BY, paper=paper, subject=uuid7(), title=title, context=paper.example)
            for title in ("Pismo", "Cudze")
        ]
    for file_id in (issued[0].pdf_id, issued[0].docx_id):
        assert admin.get(f"{FILES}{file_id}/").status_code == 200
    assert admin.get(f"{FILES}{issued[1].pdf_id}/").status_code == 403


def test_a_refused_form_says_what_is_wrong_in_sentences_and_what_stays(admin: Client) -> None:
    content = give(admin, "{{ nie_ma_takiego.pola }}").content.decode().replace("\xa0", " ")
    assert "Tego szablonu nie można użyć. Treść" in content
    assert "Dotychczasowy szablon pozostaje w użyciu." in content
