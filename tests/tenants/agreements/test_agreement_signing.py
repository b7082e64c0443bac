"""Each party signs on paper or electronically, on a basis, refuses, thinks better of it (POR-C signatures)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.documents.errors import RejectedUpload
from kooperacja.documents.models import StoredFile
from kooperacja.documents.typeset import pdf_of_html
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.agreements.actions import signing
from tenants.agreements.bases import Basis, wrong_basis, wrong_day
from tenants.agreements.invented import sign_some
from tenants.agreements.models import Agreement, Party, Refusal, Signature
from tenants.agreements.signed import report_on, signing_shown
from tenants.registry.roles import Role
from tests.factories import agreements as make
from tests.factories import containers, revisions, revoked
from tests.factories import people as make_people
from tests.factories import signatures as pdf
from tests.factories import signing as make_signing

pytestmark = pytest.mark.usefixtures("in_partnership")
TODAY = timezone.localdate()


def sent(count: int = 3, **fields: Any) -> tuple[Agreement, list[Party]]:
    agreement = make.before_parties(make.whole("C", count, **fields))
    return agreement, list(agreement.parties.all())


def states(agreement: Agreement) -> list[str]:
    return [one.state for one in agreement.parties.all()]


def test_a_party_signs_once_and_is_told_who_did() -> None:
    agreement, (first, *_) = sent()
    key = uuid7()
    signature = make.entered(first, key=key)
    assert (states(agreement), signature.file.kind) == (
        ["SIGNED", "WAITING", "WAITING"],
        "PARTY_SIGNATURE",
    )
    with pytest.raises(AlreadySaved):
        make.entered(first, key=key)
    with pytest.raises(Problem, match="Ta Strona już podpisała") as told:
        make.entered(first, signer="Ktoś Inny")
    assert "Anna Przykładowa, dyrektor" in told.value.explanation
    assert Signature.objects.get() == signature
    assert Entry.objects.filter(verb="AGREEMENT_PARTY_SIGNED").count() == 1


@pytest.mark.parametrize("state", ["DRAFT", "IN_FORCE", "FAILED"])
def test_nobody_signs_what_does_not_wait_for_signatures(state: str) -> None:
    agreement, (first, *_) = sent()
    since = {"in_force_from": TODAY} if state == "IN_FORCE" else {}
    Agreement.objects.filter(pk=agreement.pk).update(state=state, **since)
    for attempt in (lambda: make.entered(first), lambda: make.turned_down(first)):
        with pytest.raises(Problem, match="nie czeka na podpisy"):
            attempt()
    assert states(agreement) == ["WAITING"] * 3
    assert not Signature.objects.exists()


def test_others_neither_sign_nor_refuse_for_a_party() -> None:
    own, other = make_people.organisation(), make_people.organisation()
    agreement = make.whole("C", 1)
    party = make.party(agreement, own)
    make.before_parties(agreement)
    head = make_people.by(make_people.head(own))
    strangers = (
        make_people.person(Role.PARTNER_HEAD, organisation=other),
        make_people.person(Role.SOCIAL_WORKER),
        make_people.person(Role.APPLICANT, organisation=own),
        make_people.person(),
    )
    for stranger in map(make_people.by, strangers):
        for act in (make.entered, make.turned_down):
            with pytest.raises(Refused):
                act(party, who=stranger)
    assert states(agreement) == ["WAITING", "WAITING"]
    with pytest.raises(Refused):
        make.entered(agreement.parties.exclude(pk=party.pk).get(), who=head)
    make.entered(party, who=head)
    assert states(agreement) == ["WAITING", "SIGNED"]


def test_a_draft_that_is_not_shared_is_unknown_to_its_parties() -> None:
    own = make_people.organisation()
    party = make.party(make.draft("C"), own)
    with pytest.raises(Refused):
        make.entered(party, who=make_people.by(make_people.head(own)))
    assert not Signature.objects.exists()


def test_a_refusal_is_taken_back_before_the_party_signs() -> None:
    agreement, (first, *_) = sent()
    make.turned_down(first)
    with pytest.raises(AlreadySaved):
        make.turned_down(first)
    with pytest.raises(Problem, match="odmawia podpisu"):
        make.entered(first)
    with pytest.raises(StaleForm):
        signing.come_back(by=make.by(), party_id=first.pk, version=0)
    assert states(agreement)[0] == "REFUSED"
    signing.come_back(by=make.by(), party_id=first.pk, version=1)
    with pytest.raises(AlreadySaved):
        signing.come_back(by=make.by(), party_id=first.pk, version=1)
    make.entered(first)
    with pytest.raises(Problem, match="już podpisała"):
        make.entered(first)
    refusal = Refusal.objects.get()
    assert (refusal.reason, refusal.withdrawn_on) == ("Rada się nie zgodziła", TODAY)
    assert states(agreement)[0] == "SIGNED"


def test_the_last_but_one_may_refuse() -> None:
    agreement, (first, second) = sent(2)
    make.turned_down(first)
    make.turned_down(second, reason="Nie zgadza się organ prowadzący")
    assert states(agreement) == ["REFUSED", "REFUSED"]


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "z przyszłości"), (-1, "dopiero"), (0, "")],
)
def test_the_day_lies_between_sending_and_today(days: int, words: str) -> None:
    day = TODAY + timedelta(days=days)
    assert words in (said := wrong_day(day, TODAY, None, TODAY, "Przekazano"))
    assert bool(said) == bool(words)
    late = wrong_day(
        TODAY, TODAY - timedelta(days=9), TODAY - timedelta(days=1), TODAY, "Przekazano"
    )
    assert "Ostatnim dniem na podpisy był" in late


@pytest.mark.parametrize(
    ("basis", "fields"),
    [
        (Basis("OFFICE", "", None, None, has_file=False), set()),
        (Basis("POWER", "", None, None, has_file=False), {"basis_on", "basis_file"}),
        (Basis("POWER", "", TODAY, None, has_file=True), set()),
        (Basis("RESOLUTION", "", TODAY, None, has_file=True), {"basis_number"}),
        (Basis("OFFICE", "1", TODAY + timedelta(days=1), None, has_file=False), {"basis_on"}),
        (Basis("POWER", "1", TODAY, TODAY, has_file=True), set()),
        (
            Basis("RESOLUTION", "1", TODAY, TODAY - timedelta(days=1), has_file=True),
            {"basis_until"},
        ),
    ],
)
def test_the_basis_covers_the_day(basis: Basis, fields: set[str]) -> None:
    assert wrong_basis(basis, TODAY).keys() == fields


def test_all_that_is_wrong_with_a_basis_is_said_at_once_and_nothing_is_kept() -> None:
    _, (first, *_) = sent()
    files = StoredFile.objects.count()
    yesterday = TODAY - timedelta(days=1)
    with pytest.raises(ValidationError) as wrong:
        make.entered(first, basis="POWER", basis_on=yesterday, basis_until=yesterday)
    assert wrong.value.message_dict.keys() == {"basis_until", "basis_file"}
    broken = pdf.upload(b"to nie PDF")
    with pytest.raises(RejectedUpload) as rejected:
        make.entered(first, basis="POWER", basis_on=yesterday, basis_file=broken)
    assert rejected.value.field == "basis_file"
    assert (StoredFile.objects.count(), Signature.objects.count()) == (files, 0)


def test_electronic_signatures_follow_each_other_on_one_file() -> None:
    agreement, (first, second, third) = sent()
    plain = pdf.page()
    one = make_signing.signed(make_signing.signer("Anna Przykładowa"), content=plain)
    make.entered(first, pdf.upload(one), mode="TRUSTED")
    make.entered(second)  # on paper meanwhile
    # Beside the first signature, or with a page more under it.
    for other, words in (
        (make_signing.electronic(plain, "Jan Inny"), "nie ma wcześniejszego podpisu"),
        (pdf.upload(one), "nie ma wcześniejszego podpisu"),
        (
            make_signing.electronic(revisions.with_page_more(one), "Jan", "Podpis2"),
            "zmieniono po podpisaniu",
        ),
    ):
        with pytest.raises(RejectedUpload, match=words) as rejected:
            make.entered(third, other, mode="TRUSTED")
        assert rejected.value.field == "file"
    assert states(agreement) == ["SIGNED", "SIGNED", "WAITING"]
    last = make.entered(third, make_signing.electronic(one, "Jan Inny", "Podpis2"), mode="TRUSTED")
    report = report_on(last)
    assert report is not None
    assert [one.who for one in report.signatures] == ["Anna Przykładowa", "Jan Inny"]


OTHER: dict[str, tuple[Callable[[], bytes], str]] = {
    "another document": (
        lambda: pdf.signed("Jan", content=pdf_of_html("<title>Inny</title><p>Inny.</p>")),
        "inny dokument",
    ),
    "a page more": (
        lambda: pdf.signed("Jan", content=revisions.with_page_more(pdf.page())),
        "inny",
    ),
    "not signed": (pdf.page, "nie ma podpisu elektronicznego"),
    "altered": (lambda: pdf.rewritten(pdf.signed("Jan")), "zmieniono po podpisaniu"),
    "appended": (lambda: revisions.with_page_more(pdf.signed("Jan")), "zmieniono po podpisaniu"),
    "SHA-1": (lambda: make_signing.signed(md="sha1"), "SHA-1"),
    "a container of another": (
        lambda: containers.asice(pdf_of_html("<title>Inny</title><p>Inny.</p>")),
        "inny dokument",
    ),
}


@pytest.mark.parametrize(("made", "words"), OTHER.values(), ids=OTHER)
def test_a_file_that_was_not_handed_out_is_refused(made: Callable[[], bytes], words: str) -> None:
    agreement, (first, *_) = sent()
    files = StoredFile.objects.count()
    with pytest.raises(RejectedUpload, match=words):
        make.entered(first, pdf.upload(made()), mode="QUALIFIED")
    assert (states(agreement), StoredFile.objects.count()) == (["WAITING"] * 3, files)


def test_a_signature_of_an_earlier_version_is_refused() -> None:
    agreement, (first, *_) = sent()
    make.before_parties(agreement, pdf_of_html("<title>Nowe</title><p>Inny tekst.</p>"))
    with pytest.raises(RejectedUpload, match="inna wersja"):
        make.entered(first, make_signing.electronic(pdf.page()), mode="TRUSTED")
    assert not Signature.objects.exists()


REPORTED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a container": (lambda: containers.asice(pdf.page()), "a certyfikat nie mówi, jaki to podpis"),
    "expired": (
        lambda: make_signing.signed(make_signing.signer(until=make_signing.LONG_AGO)),
        "nie był ważny w chwili podpisania",
    ),
    "revoked": (
        lambda: revoked.revoked("Jan Dyrektor", pdf.page()),
        "Jan Dyrektor: certyfikat unieważniono; poproś o podpis ważnym certyfikatem",
    ),
    "an unknown issuer": (
        lambda: make_signing.signed(make_signing.signer(by="Zaufane Inne Centrum")),
        "Jan Dyrektor: wystawcy nie ma na liście zaufanych",
    ),
    "another signer": (lambda: pdf.signed("Ktoś Inny"), "w podpisie jest Ktoś Inny"),
}


@pytest.fixture
def trusting(tmp_path: Any, settings: Any) -> None:
    settings.SIGNATURE_TRUST_DIR = str(tmp_path)
    (tmp_path / "centrum.pem").write_bytes(pdf.issuer().pem)


def remarks_on(content: bytes) -> str:
    agreement, parties = sent()
    make.entered(parties[0], pdf.upload(content), mode="QUALIFIED", signer="Jan Dyrektor")
    shown = signing_shown(make_people.lead(), agreement, list(agreement.parties.all()))
    assert shown["sides"][0].words.startswith("podpisano")
    return " ".join(shown["sides"][0].remarks)


@pytest.mark.parametrize(("made", "words"), REPORTED.values(), ids=REPORTED)
@pytest.mark.usefixtures("trusting")
def test_what_is_doubtful_is_kept_and_said(made: Callable[[], bytes], words: str) -> None:
    assert words in remarks_on(made())


@pytest.mark.usefixtures("trusting")
def test_of_a_valid_signature_nothing_is_remarked() -> None:
    qualified = [(make_signing.statements("1", "4", "6.1"), False)]
    by = make_signing.signer(extensions=qualified)
    assert remarks_on(make_signing.signed(by, content=pdf.page())) == ""


def test_the_demo_shows_one_that_signed_one_that_refused_and_one_that_waits() -> None:
    agreement, _ = sent()
    sign_some(make.by(), agreement, TODAY)
    assert states(agreement) == ["SIGNED", "REFUSED", "WAITING"]
