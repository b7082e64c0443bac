"""Files beside a signed declaration: a power of attorney and others (REG §1.5)."""

from typing import Any

import pytest
from django.test import Client
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.documents.models import StoredFile
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from tenants.accession.actions import annexes, decisions
from tenants.accession.models.annexes import DeclarationAnnex
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.accession.rules import MOST_ANNEXES
from tenants.people.models import Person
from tenants.registry.roles import Role
from tests.factories import accession as make_accession
from tests.factories import people as make
from tests.tenants.reading import HOME, PARTNERSHIP, text_of


def page_of(declaration: AccessionDeclaration, step: str = "") -> str:
    return f"{PARTNERSHIP}deklaracje/{declaration.pk}/{step}"


def sent(**changed: Any) -> dict[str, Any]:
    return {"key": uuid7(), "kind": "POWER", "file": make.pdf("pelnomocnictwo.pdf"), **changed}


def returned(lead: Person, declaration: AccessionDeclaration) -> AccessionDeclaration:
    return decisions.return_declaration(
        by=make.by(lead), declaration_id=declaration.pk, reason="Brakuje pełnomocnictwa."
    )


def file_status(client: Client, file: StoredFile) -> int:
    return client.get(f"{HOME}dokumenty/pliki/{file.pk}/").status_code


def test_the_office_adds_what_came_on_paper_and_the_page_lists_it(
    in_partnership: TenantRef, keeper: Client, lead: Person
) -> None:
    declaration = make_accession.draft(lead)

    page = keeper.post(page_of(declaration, "zalacznik/"), sent())

    assert page.headers["Location"] == page_of(declaration, "zlozenie/")
    step = text_of(keeper.get(page_of(declaration, "zlozenie/")))
    assert "Pełnomocnictwo: pelnomocnictwo.pdf</a>, do złożenia razem z deklaracją" in step
    with inside(in_partnership):
        make_accession.file(declaration, lead)
    said = text_of(keeper.get(page_of(declaration)))
    assert "Pełnomocnictwo: pelnomocnictwo.pdf</a>, złożono" in said
    verbs = Entry.objects.filter(verb="ANNEX_ADDED")
    assert verbs.count() == 1


def test_a_form_sent_twice_adds_one_file(keeper: Client, lead: Person) -> None:
    declaration = make_accession.draft(lead)
    form = sent()
    keeper.post(page_of(declaration, "zalacznik/"), form)
    stored = StoredFile.objects.count()

    again = {**form, "file": make.pdf()}
    page = keeper.post(page_of(declaration, "zalacznik/"), again, follow=True)

    assert "To już zapisano" in text_of(page)
    assert DeclarationAnnex.objects.count() == 1
    assert StoredFile.objects.count() == stored


def test_what_the_lider_asked_for_is_added_after_a_return(
    in_partnership: TenantRef, keeper: Client, lead: Person
) -> None:
    client, _, declaration = make_accession.invited(in_partnership, lead)
    make_accession.named(lead, declaration)
    make_accession.file(declaration, lead)
    with pytest.raises(Problem, match="nie można już zmienić"):
        make_accession.annex(lead, declaration)
    returned(lead, declaration)
    step = client.get(page_of(declaration, "zalacznik/"))
    assert "Powód: Brakuje pełnomocnictwa." in text_of(step)

    page = client.post(page_of(declaration, "zalacznik/"), sent(), follow=True)

    assert "Dodano załącznik" in text_of(page)
    annex = DeclarationAnnex.objects.get()
    assert file_status(client, annex.file) == file_status(keeper, annex.file) == 200


def test_it_is_taken_away_only_before_it_is_filed(
    in_partnership: TenantRef, keeper: Client, lead: Person
) -> None:
    declaration = make_accession.draft(lead)
    wrong, right = (make_accession.annex(lead, declaration) for _ in range(2))
    remove = f"{PARTNERSHIP}deklaracje/zalaczniki/%s/usuniecie/"

    assert keeper.post(remove % wrong.pk).status_code == 302

    assert keeper.get(remove % wrong.pk).status_code == 404
    assert file_status(keeper, wrong.file) == 403
    with inside(in_partnership):
        make_accession.file(declaration, lead)
        returned(lead, declaration)
    page = keeper.post(remove % right.pk)
    assert page.status_code == 409
    assert "nie można już usunąć" in text_of(page)
    assert list(DeclarationAnnex.objects.kept()) == [right]
    verb = Entry.objects.get(verb="ANNEX_REMOVED")
    assert "pelnomocnictwo.pdf" not in str(verb.object_label)


def test_nobody_but_who_reads_the_declaration_reads_it(
    in_partnership: TenantRef, lead: Person
) -> None:
    declaration = make_accession.draft(lead)
    annex = make_accession.annex(lead, declaration)
    own, _ = make.signed_in(
        in_partnership, Role.PARTNER_COORDINATOR, organisation=declaration.organisation
    )
    other, _ = make.signed_in(
        in_partnership, Role.PARTNER_COORDINATOR, organisation=make.organisation()
    )
    _, _, elsewhere = make_accession.invited(in_partnership, lead)

    assert file_status(own, annex.file) == 200
    assert file_status(other, annex.file) == 403
    applicant = Person.objects.get(pk=elsewhere.applicant_id)
    for act in (
        lambda by: make_accession.annex(by, declaration),
        lambda by: annexes.remove_annex(by=make.by(by), annex_id=annex.pk),
    ):
        with pytest.raises(Problem):
            act(applicant)
    assert DeclarationAnnex.objects.kept().count() == 1


def test_there_are_so_many_and_no_more(keeper: Client, lead: Person) -> None:
    declaration = make_accession.draft(lead)
    file = make_accession.annex(lead, declaration)
    DeclarationAnnex.objects.bulk_create(
        DeclarationAnnex(declaration=declaration, kind="OTHER", file=make.stored())
        for _ in range(MOST_ANNEXES - 1)
    )

    page = keeper.post(page_of(declaration, "zalacznik/"), sent())

    assert page.status_code == 409
    assert "Może ich mieć 10" in text_of(page)
    annexes.remove_annex(by=make.by(lead), annex_id=file.pk)
    assert keeper.post(page_of(declaration, "zalacznik/"), sent()).status_code == 302


def test_a_file_that_is_no_pdf_is_refused_beside_its_field(keeper: Client, lead: Person) -> None:
    declaration = make_accession.draft(lead)
    upload = make.pdf()
    upload.file.seek(0)
    upload.file.write(b"nieprawda")

    page = keeper.post(page_of(declaration, "zalacznik/"), sent(file=upload))

    assert page.status_code == 422
    assert "To nie jest plik PDF" in text_of(page)
    assert not DeclarationAnnex.objects.exists()
