"""Print, sign, attach: a draft goes to paper, the signed copy comes back to its version (REG §2.11)."""

import pytest
from django.test import Client
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.documents.models import StoredFile
from kooperacja.documents.page import page_of
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from tenants.exchange.clauses import framework
from tenants.people.models import Person
from tenants.registry.roles import Role
from tenants.regulation.actions.copies import attach_signed_copy
from tenants.regulation.models import RegulationVersion, SignedCopy
from tenants.regulation.papers import REGULATION, regulation_context
from tests.factories import people as make
from tests.factories import regulation as make_regulation
from tests.kooperacja.documents.test_word import said_in
from tests.tenants.reading import PARTNERSHIP, text_of


def printed(**fields: object) -> str:
    values = make_regulation.whole_regulation(**{"clauses": framework(), **fields})
    return " ".join(said_in(page_of(REGULATION, regulation_context(RegulationVersion(**values)))))


def test_a_draft_says_on_each_page_that_it_is_one() -> None:
    for number, said in ((None, "Regulamin PZK – projekt"), (1, "Regulamin PZK")):
        values = make_regulation.whole_regulation(clauses=framework(), number=number)
        page = page_of(REGULATION, regulation_context(RegulationVersion(**values)))
        assert f'data-short="{said}"' in page


def test_the_print_ends_with_the_annexes_after_settlements_list_and_signature() -> None:
    page = printed()
    order = ["§ 10. Rozwiązywanie sporów", "Ustalenia Partnerstwa", "Parametry", "Załączniki"]
    order += ["podpis osoby upoważnionej do reprezentowania Lidera", "Załącznik nr 3. Ochrona"]
    places = [page.index(one) for one in order]
    assert places == sorted(places)
    assert page.count("Ochrona danych osobowych – ogólne zasady") == 2
    without = [row for row in framework() if row["ref"] != "zał.3"]
    assert "Ochrona danych osobowych – ogólne zasady" not in printed(clauses=without)


def test_the_page_has_the_order_of_the_print(keeper: Client) -> None:
    RegulationVersion.objects.update(clauses=framework())
    order = ["Treść", "Ustalenia Partnerstwa", "Parametry", "Załącznik nr 3. Ochrona danych osobo"]
    for url in ("", f"{RegulationVersion.objects.get().pk}/"):
        page = text_of(keeper.get(f"{PARTNERSHIP}regulamin/{url}"))
        places = [page.index(f">{one}") for one in order]
        assert places == sorted(places)
        assert page.count("Załącznik nr 3. Ochrona") == 1


def test_a_draft_is_downloaded_and_an_adopted_version_has_its_own_document(keeper: Client) -> None:
    draft, adopted = make_regulation.amendment(), RegulationVersion.objects.get(number=1)
    page = text_of(keeper.get(f"{PARTNERSHIP}regulamin/{draft.pk}/"))
    for kind, magic in (("pdf", b"%PDF"), ("docx", b"PK")):
        address = f"{PARTNERSHIP}regulamin/{draft.pk}/projekt.{kind}"
        assert address in page
        assert keeper.get(address).content.startswith(magic)
    assert keeper.get(f"{PARTNERSHIP}regulamin/{adopted.pk}/projekt.pdf").status_code == 404


def test_copies_are_attached_after_the_adoption_and_all_stay(keeper: Client) -> None:
    version = RegulationVersion.objects.get(number=1)
    url = f"{PARTNERSHIP}regulamin/{version.pk}/"
    assert "Dołącz podpisany egzemplarz" in text_of(keeper.get(url))
    for name in ("pierwszy.pdf", "drugi.pdf"):
        form = {"key": str(uuid7()), "file": make.pdf(name)}
        assert keeper.post(f"{url}egzemplarz/", form).headers["Location"] == url

    page = text_of(keeper.get(url))
    newest, older = SignedCopy.objects.all()
    assert (newest.file.original_name, older.file.original_name) == ("drugi.pdf", "pierwszy.pdf")
    assert page.index(str(newest.file_id)) < page.index(str(older.file_id))
    assert page.count("Podpisany regulamin (skan), dołączony") == 2
    assert Entry.objects.filter(verb="SIGNED_COPY_ATTACHED", object_id=version.pk).count() == 2


def test_the_same_form_sent_twice_keeps_one_copy(keeper: Client) -> None:
    url = f"{PARTNERSHIP}regulamin/{RegulationVersion.objects.get(number=1).pk}/egzemplarz/"
    key = str(uuid7())
    for _ in range(2):
        keeper.post(url, {"key": key, "file": make.pdf()})
    assert SignedCopy.objects.count() == 1


def test_a_file_without_the_signature_it_claims_is_not_kept(keeper: Client) -> None:
    url = f"{PARTNERSHIP}regulamin/{RegulationVersion.objects.get(number=1).pk}/egzemplarz/"
    form = {"key": str(uuid7()), "file": make.pdf(), "is_electronic": "on"}
    assert keeper.post(url, form).status_code == 422
    assert not SignedCopy.objects.exists()


@pytest.mark.parametrize("state", ["DRAFT", "VOTING"])
def test_what_is_not_adopted_has_no_signed_copy(lead: Person, state: str) -> None:
    version = make_regulation.amendment(state)
    with pytest.raises(Problem):
        attach_signed_copy(
            by=make.by(lead), key=uuid7(), regulation_id=version.pk, upload=make.pdf()
        )
    assert not SignedCopy.objects.exists()


def test_who_keeps_no_papers_attaches_none(in_partnership: TenantRef) -> None:
    worker = make.person(Role.SOCIAL_WORKER)
    version, before = RegulationVersion.objects.get(number=1), StoredFile.objects.count()
    with pytest.raises(Refused):
        attach_signed_copy(
            by=make.by(worker), key=uuid7(), regulation_id=version.pk, upload=make.pdf()
        )
    assert (SignedCopy.objects.count(), StoredFile.objects.count()) == (0, before)
