"""An electronically signed declaration: its report is shown, a broken one is not filed (REG §1.5)."""

import json
import re
from typing import Any

import pytest
from django.utils import timezone

from kooperacja.audit.models import Entry
from kooperacja.documents.models import SignatureReport
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.people.models import Person
from tenants.registry.roles import Role
from tests.factories import accession as make_accession
from tests.factories import people as make
from tests.factories import revisions, signing
from tests.factories import signatures as pdf
from tests.tenants.reading import PARTNERSHIP, text_of


@pytest.fixture
def draft(lead: Person) -> AccessionDeclaration:
    return make_accession.draft(lead)


def file(place: TenantRef, declaration: AccessionDeclaration, content: bytes, mode: str) -> Any:
    client, _ = make.signed_in(place, Role.NETWORK_OFFICER)
    day = timezone.localdate().isoformat()
    sent = {"mode": mode, "signed_on": day, "received_on": day, "regulation_id": "on"}
    url = f"{PARTNERSHIP}deklaracje/{declaration.pk}/zlozenie/"
    return client.post(url, {**sent, "file": pdf.upload(content)}, follow=True)


@pytest.mark.parametrize("mode", ["QUALIFIED", "TRUSTED"])
def test_the_report_of_the_signature_is_shown_on_the_declaration(
    in_partnership: TenantRef, draft: AccessionDeclaration, mode: str
) -> None:
    page = file(in_partnership, draft, pdf.signed("Jan Dyrektor"), mode)

    said = text_of(page)
    assert "Jan Dyrektor" in said
    assert "dokument nie zmienił się od podpisania" in said
    assert "nie sprawdzono, czy wystawca jest na liście zaufanych" in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (pdf.page, "W tym pliku nie ma podpisu elektronicznego."),
        (lambda: pdf.rewritten(pdf.signed("Jan")), "Ten dokument zmieniono po podpisaniu"),
    ],
)
def test_a_declaration_without_a_good_signature_is_not_filed(
    in_partnership: TenantRef, draft: AccessionDeclaration, content: Any, said: str
) -> None:
    page = file(in_partnership, draft, content(), "QUALIFIED")

    assert page.status_code == 422
    assert said in text_of(page)
    with inside(in_partnership):
        draft.refresh_from_db()
        assert (draft.state, draft.file) == ("DRAFT", None)


def test_a_scan_is_kept_as_it_is(in_partnership: TenantRef, draft: AccessionDeclaration) -> None:
    page = file(in_partnership, draft, pdf.page(), "PAPER_SCAN")

    assert page.status_code == 200
    assert "Podpisy elektroniczne" not in text_of(page)


def by_seal() -> bytes:
    """Podpis zaufany, with a PESEL wherever one may stand; an office put a stamp on it later."""
    named = signing.subject(
        signing.MINISTER, organization="Ministerstwo", serial=f"PNOPL-{signing.PESEL}"
    )
    by = signing.signer(named=named, key=signing.rsa_key(), kind=signing.WithoutNull)
    about = {"reason": signing.REASON, "name": f"ANNA PRZYKŁADOWA {signing.PESEL}"}
    return revisions.annotated(signing.signed(by, field=f"Podpis {signing.PESEL}", **about))


def test_the_page_names_the_person_of_a_seal_and_never_the_pesel(
    in_partnership: TenantRef, draft: AccessionDeclaration, caplog: Any, capfd: Any
) -> None:
    page = file(in_partnership, draft, by_seal(), "TRUSTED")

    said = text_of(page)
    assert "ANNA PRZYKŁADOWA" in said
    assert "podpis zaufany" in said
    assert "Po podpisaniu na stronie 1 dodano uwagę albo pieczątkę." in said
    with inside(in_partnership):
        stored = json.dumps(SignatureReport.objects.get().signatures)
        journal = " ".join(str(one) for one in Entry.objects.values_list("data", "object_label"))
    logged = caplog.text + "".join(capfd.readouterr())
    for text in (page.content.decode(), stored, journal, logged):
        assert signing.PESEL not in text
        assert not re.search(r"(?<![\w-])\d{11}(?![\w-])", text)


def test_another_signer_and_day_are_remarked_and_not_refused(
    in_partnership: TenantRef, draft: AccessionDeclaration
) -> None:
    said = text_of(file(in_partnership, draft, pdf.signed("Ktoś Zupełnie Inny"), "QUALIFIED"))

    assert f"Formularz mówi, że podpisuje {draft.signatory.full_name}" in said
    assert "w podpisie jest Ktoś Zupełnie Inny." in said
    assert "Formularz mówi, że dokument jest z" not in said


@pytest.mark.parametrize("step", ["przyjecie", "zwrot", "odmowa"])
def test_the_question_before_a_decision_repeats_what_is_to_be_checked(
    in_partnership: TenantRef, draft: AccessionDeclaration, step: str
) -> None:
    file(in_partnership, draft, pdf.signed("Jan Dyrektor", "Ewa Księgowa"), "QUALIFIED")

    client, _ = make.signed_in(in_partnership, Role.LEAD)
    page = client.get(f"{PARTNERSHIP}deklaracje/{draft.pk}/{step}/")
    assert page.status_code == 200
    said = text_of(page)
    assert "Co sprawdzić w podpisie elektronicznym" in said
    assert "a w podpisach są Jan Dyrektor, Ewa Księgowa." in said
    assert "Formularz mówi, że to kwalifikowany podpis elektroniczny, a certyfikat nie mówi" in said
    assert "a\N{NO-BREAK SPACE}w\N{NO-BREAK SPACE}podpisach" in page.content.decode()


def test_the_question_about_a_scan_asks_for_no_check(
    in_partnership: TenantRef, draft: AccessionDeclaration
) -> None:
    file(in_partnership, draft, pdf.page(), "PAPER_SCAN")

    client, _ = make.signed_in(in_partnership, Role.LEAD)
    page = client.get(f"{PARTNERSHIP}deklaracje/{draft.pk}/przyjecie/")
    assert page.status_code == 200
    assert "Co sprawdzić" not in text_of(page)
