"""The pages on which parties sign, and what each reader sees of the others (POR-C signatures)."""

import re
from typing import Any

import lxml.html
import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.agreements.actions import sending
from tenants.agreements.models import Agreement, Party, Signature
from tenants.people.models import Organisation
from tenants.registry.roles import Role
from tests.factories import agreements as make
from tests.factories import people as make_people
from tests.factories import signatures as pdf
from tests.factories import signing as make_signing
from tests.tenants.reading import text_of

AT = "/gmina/gogolin/porozumienia"
FILES = "/gmina/gogolin/dokumenty/pliki"
TODAY = timezone.localdate()


class Scene:
    """Three institutions before whom an agreement lies, each with its head's browser."""

    def __init__(self, place: TenantRef) -> None:
        agreement = make.whole("C", 0)
        self.browsers: list[Client] = []
        for _ in range(3):
            of = make_people.organisation()
            make.party(agreement, of)
            self.browsers.append(browser(place, Role.PARTNER_HEAD, of))
        self.agreement = make.before_parties(agreement)
        self.parties: list[Party] = list(agreement.parties.all())


def browser(place: TenantRef, role: str, of: Organisation | None = None) -> Client:
    return make_people.signed_in(place, role, organisation=of)[0]


@pytest.fixture
def scene(in_partnership: TenantRef) -> Scene:
    return Scene(in_partnership)


def form(**fields: Any) -> dict[str, Any]:
    plain = {
        "key": str(uuid7()),
        "document": str(Agreement.objects.values_list("document", flat=True).get()),
        "signer": "Anna Przykładowa",
        "function": "dyrektor",
        "signed_on": TODAY.isoformat(),
        "mode": "PAPER_SCAN",
        "basis": "OFFICE",
        "file": make_people.pdf("moj skan.pdf"),
    }
    return plain | fields


def test_a_head_signs_refuses_and_comes_back(scene: Scene) -> None:
    head, other, _ = scene.browsers
    at = f"{AT}/strony/{scene.parties[0].pk}"
    shown = text_of(head.get(f"{at}/podpis/"))
    assert 'value="Anna Przykładowa"' in shown
    answer = head.post(f"{at}/odmowa/", {"version": 0, "reason": "Rada jeszcze nie obradowała"})
    assert answer.status_code == 302
    assert head.get(f"{at}/podpis/").status_code == 409
    assert head.post(f"{at}/powrot/", {"version": 1}).status_code == 302
    said = form()
    for _ in range(2):
        said["file"].seek(0)
        assert head.post(f"{at}/podpis/", said).status_code == 302
    assert Signature.objects.count() == 1
    page = text_of(other.get(f"{AT}/{scene.agreement.pk}/"))
    assert f"podpisano {TODAY.day}" in page.replace("\u00a0", " ")
    assert "Anna Przykładowa, dyrektor: podpis odręczny" in page


@pytest.mark.parametrize("step", ["podpis", "odmowa"])
def test_nobody_signs_or_refuses_a_text_that_was_replaced_meanwhile(
    in_partnership: TenantRef, scene: Scene, step: str
) -> None:
    head, party = scene.browsers[0], scene.parties[0]
    at = f"{AT}/strony/{party.pk}/{step}/"
    opened = hidden(head.get(at)) | {"reason": "Nie zgadzamy się na § 2"}
    with inside(in_partnership):
        sent_anew(scene.agreement)
    answer = head.post(at, form() | opened)
    assert answer.status_code == 409
    party.refresh_from_db()
    assert (party.state, party.signatures.count(), party.refusals.count()) == ("WAITING", 0, 0)
    again = hidden(head.get(at)) | {"reason": "Nie zgadzamy się na § 2"}
    assert head.post(at, form() | again).status_code == 302
    party.refresh_from_db()
    assert party.state == {"podpis": "SIGNED", "odmowa": "REFUSED"}[step]


def sent_anew(agreement: Agreement) -> None:
    """Its text was taken back, changed, and lies before the parties again."""
    agreement.refresh_from_db()
    sending.take_back(
        by=make.by(), agreement_id=agreement.pk, version=agreement.version, reason="Nowy obowiązek"
    )
    make.addition(agreement, text="Strony prowadzą wspólny kalendarz.")
    make.kept(Agreement.objects.get(pk=agreement.pk))
    make.before_parties(Agreement.objects.get(pk=agreement.pk))


def hidden(answer: Any) -> dict[str, Any]:
    """What the form of a page carries unseen."""
    fields = lxml.html.fromstring(answer.content).xpath("//main//input[@type='hidden']")
    return {one.get("name"): one.get("value") for one in fields}


def test_a_signature_is_followed_by_what_it_did_and_taken_back_for_a_reason_of_its_own(
    scene: Scene,
) -> None:
    head = scene.browsers[0]
    at = f"{AT}/strony/{scene.parties[0].pk}"
    assert "Powód odmowy" in text_of(head.get(f"{at}/odmowa/"))
    answer = head.post(f"{at}/podpis/", form(), follow=True)
    assert "Zapisano podpis. Podpisy: 1 z 3. Teraz podpisują pozostałe Strony" in text_of(answer)
    page = text_of(head.get(f"{at}/odmowa/"))
    assert "Powód wycofania podpisu" in page
    assert "Powód odmowy" not in page


def test_what_is_wrong_is_said_beside_its_field(scene: Scene) -> None:
    head = scene.browsers[0]
    at = f"{AT}/strony/{scene.parties[0].pk}/podpis/"
    answer = head.post(at, form(basis="RESOLUTION", mode="TRUSTED"))
    said = text_of(answer)
    assert answer.status_code == 422
    for words in ("Podaj numer uchwały.", "Dołącz uchwałę w PDF."):
        assert words in said
    broken = pdf.upload(b"nic")
    said = text_of(head.post(at, form(basis="POWER", basis_on="2026-01-01", basis_file=broken)))
    assert "Plik podstawy (PDF): To nie jest plik PDF." in said
    assert not Signature.objects.exists()


def test_the_reason_of_a_refusal_is_for_the_office_and_those_who_signed(
    in_partnership: TenantRef, scene: Scene
) -> None:
    make.entered(scene.parties[0])
    make.turned_down(scene.parties[1], reason="Brak zgody organu prowadzącego")
    signed, refused, waiting = scene.browsers
    office = browser(in_partnership, Role.NETWORK_OFFICER)
    at = f"{AT}/{scene.agreement.pk}/"
    for reader, knows in ((signed, True), (refused, True), (office, True), (waiting, False)):
        page = text_of(reader.get(at))
        assert "odmowa podpisu z" in page
        assert ("Brak zgody organu prowadzącego" in page) == knows


def test_the_basis_and_a_scan_are_for_the_office_and_that_party(
    in_partnership: TenantRef, scene: Scene
) -> None:
    paper = make_people.pdf("uchwala.pdf")
    resolution = {"basis_number": "XII/45", "basis_on": TODAY, "basis_file": paper}
    signature = make.entered(scene.parties[0], basis="RESOLUTION", **resolution)
    office = browser(in_partnership, Role.LEAD)
    own, other, _ = scene.browsers
    stranger = browser(in_partnership, Role.PARTNER_HEAD, make_people.organisation())
    for reader, status, knows in (
        (office, 200, True),
        (own, 200, True),
        (other, 200, False),
        (stranger, 403, False),
    ):
        page = reader.get(f"{AT}/podpisy/{signature.pk}/")
        assert (page.status_code, "XII/45" in text_of(page)) == (status, knows)
        for file in (signature.file_id, signature.basis_file_id):
            answer = reader.get(f"{FILES}/{file}/")
            assert answer.status_code == (200 if knows else 403)
    disposition = own.get(f"{FILES}/{signature.file_id}/")["Content-Disposition"]
    assert "moj" not in disposition
    assert "porozumienie" in disposition


def test_an_electronic_file_is_for_all_parties(in_partnership: TenantRef, scene: Scene) -> None:
    content = make_signing.signed(make_signing.signer("Jan Inny"), content=pdf.page())
    signature = make.entered(scene.parties[0], pdf.upload(content), mode="TRUSTED")
    stranger = browser(in_partnership, Role.PARTNER_HEAD, make_people.organisation())
    for reader, status in ((scene.browsers[2], 200), (stranger, 403)):
        assert reader.get(f"{FILES}/{signature.file_id}/").status_code == status
    page = text_of(scene.browsers[2].get(f"{AT}/{scene.agreement.pk}/"))
    assert "Formularz mówi, że podpisuje Anna Przykładowa, a w podpisie jest Jan Inny." in page


def test_the_report_of_an_electronic_signature_is_read_by_the_parties(
    in_partnership: TenantRef, scene: Scene
) -> None:
    content = make_signing.signed(make_signing.signer("Jan Podpisujący"), content=pdf.page())
    first, second, _ = scene.parties
    signature = make.entered(first, pdf.upload(content), mode="TRUSTED", signer="Jan Podpisujący")
    on_paper = make.entered(second)
    office = browser(in_partnership, Role.NETWORK_OFFICER)
    stranger = browser(in_partnership, Role.PARTNER_HEAD, make_people.organisation())
    for reader, status in ((office, 200), *((one, 200) for one in scene.browsers), (stranger, 403)):
        answer = reader.get(f"{AT}/podpisy/{signature.pk}/")
        said = text_of(answer)
        assert answer.status_code == status
        for words in ("Podpisy elektroniczne", "<h3>Jan Podpisujący</h3>", "Wystawca certyfikatu"):
            assert (words in said) == (status == 200)
    assert "Podpisy elektroniczne" not in text_of(office.get(f"{AT}/podpisy/{on_paper.pk}/"))


def test_a_member_who_is_no_party_reads_only_who_signed(
    in_partnership: TenantRef, scene: Scene
) -> None:
    make.entered(scene.parties[0])
    make.turned_down(scene.parties[1], reason="Brak zgody organu prowadzącego")
    Agreement.objects.filter(pk=scene.agreement.pk).update(state="IN_FORCE", in_force_from=TODAY)
    member = browser(in_partnership, Role.PARTNER_HEAD, make_people.organisation())
    page = text_of(member.get(f"{AT}/{scene.agreement.pk}/"))
    assert "podpisano" in page
    for hidden in ("Szczegóły podpisu", "Brak zgody", "Wpisz podpis"):
        assert hidden not in page


@pytest.mark.parametrize("step", ["podpis", "odmowa", "powrot"])
def test_others_are_turned_away_from_every_step(
    powiat: TenantRef, in_partnership: TenantRef, scene: Scene, step: str
) -> None:
    at = f"{AT}/strony/{scene.parties[0].pk}/{step}/"
    stranger = browser(in_partnership, Role.PARTNER_HEAD, make_people.organisation())
    sent = form(version="0", reason="x")
    for reader, status in (
        (scene.browsers[1], 403),
        (stranger, 404),
        (browser(in_partnership, Role.SOCIAL_WORKER), 404),
    ):
        assert reader.get(at).status_code == status
        assert reader.post(at, sent).status_code == status
    with inside(powiat):
        neighbour = browser(powiat, Role.LEAD)
    assert neighbour.post(at, sent).status_code in (403, 404)
    assert {one.state for one in scene.agreement.parties.all()} == {"WAITING"}


def test_twelve_parties_cost_no_more_than_three(in_partnership: TenantRef) -> None:
    agreement = make.going_round(make.before_parties(make.whole("C", 12)))
    for party in list(agreement.parties.all())[:5]:
        make.entered(party)
    office = browser(in_partnership, Role.LEAD)
    page = text_of(office.get(f"{AT}/{agreement.pk}/"))
    assert "5 z 12" in page
    assert page.count("Kolej tej Strony.") == 1


def test_a_refused_form_keeps_what_was_typed_and_names_the_files_to_choose_again(
    scene: Scene,
) -> None:
    at = f"{AT}/strony/{scene.parties[0].pk}/podpis/"
    papers = {"file": make_people.pdf("skan.pdf"), "basis_file": make_people.pdf("pelnomoc.pdf")}
    answer = scene.browsers[0].post(
        at, form(signer="Zofia „Ż” Ćwikła-Ďáblová", basis="POWER", basis_number="7/2026", **papers)
    )
    assert answer.status_code == 422
    said = text_of(answer)
    for words in (
        "Podaj dzień, w którym udzielono pełnomocnictwa.",
        "Wybierz jeszcze raz plik „skan.pdf”",
        "Wybierz jeszcze raz plik „pelnomoc.pdf”",
        'value="Zofia „Ż” Ćwikła-Ďáblová"',
        'value="7/2026"',
    ):
        assert words in said
    checked = lxml.html.fromstring(answer.content).xpath("//main//input[@checked]/@value")
    assert set(checked) == {"PAPER_SCAN", "POWER"}
    assert not Signature.objects.exists()


@pytest.mark.parametrize("page", ["odmowa", "cofniecie"])
def test_no_family_is_told_of_in_a_reason_that_other_institutions_read(
    in_partnership: TenantRef, scene: Scene, page: str
) -> None:
    at = f"{AT}/strony/{scene.parties[0].pk}" if page == "odmowa" else f"{AT}/{scene.agreement.pk}"
    reader = browser(in_partnership, Role.LEAD)
    version = scene.agreement.version if page == "cofniecie" else 0
    said = {"version": version, "reason": "Sprawa rodziny, PESEL 44051401359."}
    answer = reader.post(f"{at}/{page}/", said)
    assert (answer.status_code, bool(answer.context["form"].errors["reason"])) == (422, True)
    assert Party.objects.get(pk=scene.parties[0].pk).state == "WAITING"
    assert Agreement.objects.get(pk=scene.agreement.pk).is_signing
    assert reader.post(f"{at}/{page}/", {**said, "reason": "Zmiana Stron"}).status_code == 302


@pytest.mark.parametrize("state", ["SIGNING", "IN_FORCE"])
def test_the_page_asks_nothing_twice(in_partnership: TenantRef, scene: Scene, state: str) -> None:
    content = make_signing.signed(make_signing.signer("Jan Inny"), content=pdf.page())
    make.entered(scene.parties[0], pdf.upload(content), mode="TRUSTED")
    make.entered(scene.parties[1])
    since = {"in_force_from": TODAY} if state == "IN_FORCE" else {}
    Agreement.objects.filter(pk=scene.agreement.pk).update(state=state, **since)
    office = browser(in_partnership, Role.NETWORK_OFFICER)
    with CaptureQueriesContext(connections["default"]) as asked:
        office.get(f"{AT}/{scene.agreement.pk}/")
    tables = [found for one in asked if (found := _asked_of(one["sql"]))]
    assert sorted(tables) == sorted(set(tables))


def _asked_of(sql: str) -> str:
    """The table of agreements of which a query gives rows."""
    while (outer := re.sub(r"\([^()]*\)", "", sql)) != sql:  # what is asked within it
        sql = outer
    found = re.search(r'FROM "(agreements_(?:party|signature|refusal))"', sql)
    return found[1] if found else ""
