"""The office sends a draft on its page; whoever signs takes the right file (POR-C signatures)."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils import timezone

from kooperacja.audit.models import Entry
from kooperacja.documents.models import Document, StoredFile
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.agreements import files, perms
from tenants.agreements.models import Agreement, Party, Signature
from tenants.agreements.signed import file_to_continue, turn_of
from tenants.people.models import Organisation
from tenants.registry.roles import Role
from tests.factories import agreements as make
from tests.factories import people as make_people
from tests.tenants.agreements.test_agreement_pages import AT

COPIES = {"copies": "COUNTERPARTS", "copies_count": ""}


@pytest.fixture
def office(partnership: TenantRef) -> Client:
    with inside(partnership):
        client, _ = make_people.signed_in(partnership, Role.NETWORK_OFFICER)
    return client


def between(count: int) -> tuple[Agreement, list[Organisation]]:
    """A draft of institutions of the register, in which nothing is missing."""
    agreement = make.draft("A", **{**make.BLANKS, "force": "LAST"})
    of = [make_people.organisation(name=f"Instytucja nr {number}") for number in range(count)]
    for one in of:
        make.contact(make.party(agreement, one))
    agreement.refresh_from_db()
    return agreement, of


def read(client: Client, path: str) -> str:
    return client.get(f"{AT}/{path}").content.decode().replace("\u00a0", " ")


def test_it_goes_to_sign_and_comes_back_on_its_pages(
    partnership: TenantRef, office: Client
) -> None:
    with inside(partnership):
        agreement, _ = between(3)
        at = f"{AT}/{agreement.pk}"
        assert "Liczba Stron, które go podpisują: 3." in read(office, f"{agreement.pk}/do-podpisu/")
        said = {"version": agreement.version, **COPIES}
        for _ in range(2):
            assert office.post(f"{at}/do-podpisu/", said)["Location"].endswith(f"{agreement.pk}/")
        page = read(office, f"{agreement.pk}/")
        assert "do podpisu, nie obowiązuje" in page.lower()
        assert "projekt.pdf" not in page
        make.signed(agreement.parties.all()[0])
        asked = read(office, f"{agreement.pk}/cofniecie/")
        assert "Liczba podpisów, które staną się nieważne: 1." in asked
        back = {"version": agreement.version + 1, "reason": "Zmienia się miejsce spotkań."}
        for _ in range(2):
            assert office.post(f"{at}/cofniecie/", back).status_code == 302
        assert Agreement.objects.get().is_draft
        assert Document.objects.count() == 1
        assert "projekt.pdf" in read(office, f"{agreement.pk}/")


def test_the_page_names_what_lacks_and_a_wrong_number_of_copies(
    partnership: TenantRef, office: Client
) -> None:
    with inside(partnership):
        empty, (agreement, _) = make.draft("C"), between(3)
        answer = office.get(f"{AT}/{empty.pk}/do-podpisu/")
        assert answer.status_code == 409
        assert "Do uzupełnienia: miejsce zawarcia;" in answer.content.decode()
        said = {"version": agreement.version, "copies": "ROUND", "copies_count": "2"}
        answer = office.post(f"{AT}/{agreement.pk}/do-podpisu/", said)
        assert (answer.status_code, "co najmniej 3" in answer.content.decode()) == (422, True)
        assert not Document.objects.exists()


def test_the_party_whose_turn_it_is_takes_the_file_with_the_earlier_signatures(
    partnership: TenantRef, office: Client
) -> None:
    with inside(partnership):
        agreement = make.sent(between(4)[0])
        first, second, third, last = agreement.parties.all()
        assert agreement.document is not None
        assert file_to_continue(agreement)[0] == agreement.document.pdf
        assert files.name_to_sign(agreement) == (
            f"Porozumienie nr POR-1-{timezone.localdate().year}, wariant A – do podpisu, "
            "nie obowiązuje, bez podpisów.pdf"
        )
        make.signed(first, "QUALIFIED")
        newest = make.signed(second, "TRUSTED", entered_at=timezone.now() + timedelta(minutes=1))
        make.signed(third, entered_at=timezone.now() + timedelta(minutes=2))
        assert file_to_continue(agreement)[0] == newest.file
        assert turn_of(agreement.parties.all()) == last
        assert "z podpisami 2 z 4 Stron" in read(office, f"{agreement.pk}/")
        Party.objects.filter(pk=last.pk).update(state="REFUSED")
        assert turn_of(agreement.parties.all()) is None


def test_a_file_that_is_taken_is_in_the_journal_and_says_how_far_it_is(
    partnership: TenantRef, office: Client
) -> None:
    with inside(partnership):
        agreement = make.sent(between(2)[0])
        answer = office.get(f"{AT}/{agreement.pk}/do-podpisu.pdf")
        assert answer.content.startswith(b"%PDF-")
        name = unquote(answer["Content-Disposition"])
        assert "do podpisu, nie obowiązuje, bez podpisów.pdf" in name
        assert Entry.objects.filter(verb="FILE_READ").count() == 1
        for path in ("projekt.pdf", "projekt.docx", "obowiazuje.pdf"):
            assert office.get(f"{AT}/{agreement.pk}/{path}").status_code == 409
        make.brought_into_force(agreement, timezone.localdate())
        assert "obowiązuje od" in files.name_to_sign(Agreement.objects.get())
        answer = office.get(f"{AT}/{agreement.pk}/obowiazuje.pdf")
        assert "obowiązuje od" in unquote(answer["Content-Disposition"])
        assert "Tekst, który obowiązuje" in read(office, f"{agreement.pk}/")


def test_a_scan_is_for_the_office_and_its_party_alone(partnership: TenantRef) -> None:
    with inside(partnership):
        draft, (school, hospital) = between(2)
        agreement = make.sent(draft)
        first, second = agreement.parties.all()
        scan, electronic = make.signed(first), make.signed(second, "QUALIFIED")
        stranger = make_people.organisation(name="Ktoś trzeci")
        people = {
            one: make_people.person(Role.PARTNER_COORDINATOR, organisation=one)
            for one in (school, hospital, stranger)
        }

        def may(signature: Signature) -> list[bool]:
            return [perms.see_signed_file(person, signature) for person in people.values()]

        assert may(scan) == [True, False, False]
        assert may(electronic) == [True, True, False]
        # A member reads an agreement in force, and still no file of its signatures.
        make.brought_into_force(agreement, timezone.localdate())
        scan.party.agreement.refresh_from_db()
        electronic.party.agreement.refresh_from_db()
        assert may(electronic) == [True, True, False]


def test_whoever_is_no_party_takes_no_file(partnership: TenantRef) -> None:
    with inside(partnership):
        agreement = make.sent(between(2)[0])
        signature = make.signed(agreement.parties.all()[0])
        client, _ = make_people.signed_in(
            partnership, Role.PARTNER_COORDINATOR, organisation=make_people.organisation()
        )
        before = StoredFile.objects.count(), Entry.objects.filter(verb="FILE_READ").count()
        for path in (f"{agreement.pk}/do-podpisu.pdf", f"podpisy/{signature.pk}/"):
            assert client.get(f"{AT}/{path}").status_code == 403
        after = StoredFile.objects.count(), Entry.objects.filter(verb="FILE_READ").count()
        assert after == before
