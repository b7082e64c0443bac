"""After a text was taken back its parties change, and what they handed in stays theirs (POR-C signatures)."""

from typing import Any

import lxml.html
import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from kooperacja.documents.models import Document
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from kooperacja.writes import StaleForm
from tenants.agreements.actions import amendment_sending, amendment_signing, parties, sending
from tenants.agreements.exit import write_agreements
from tenants.agreements.models import Agreement, Party, Refusal, Signature
from tenants.people.models import Organisation
from tenants.people.references import clashes_of
from tenants.registry.roles import Role
from tests.factories import agreements as make
from tests.factories import amendments as make_amendment
from tests.factories import people as make_people
from tests.tenants.agreements.test_agreement_pages import Sheets
from tests.tenants.reading import text_of

AT, FILES = "/gmina/gogolin/porozumienia", "/gmina/gogolin/dokumenty/pliki"
TODAY = timezone.localdate()


class Scene:
    """Two of three parties answered, and then the text was taken back."""

    def __init__(self) -> None:
        self.own, self.other = make_people.organisation(), make_people.organisation()
        agreement = make.whole("C", 2)
        make.party(agreement, self.own)
        agreement = make.before_parties(agreement)
        self.refused, _, self.signed = agreement.parties.all()
        make.turned_down(self.refused)
        basis = {"basis": "POWER", "basis_number": "7/2026", "basis_on": TODAY}
        paper = make_people.pdf("pelnomocnictwo.pdf")
        self.signature = make.entered(self.signed, basis_file=paper, **basis)
        self.agreement = back(agreement)


def back(agreement: Agreement) -> Agreement:
    agreement.refresh_from_db()
    version, reason = agreement.version, "Zmiana Stron"
    return sending.take_back(
        by=make.by(), agreement_id=agreement.pk, version=version, reason=reason
    )


@pytest.fixture
def scene(in_partnership: TenantRef) -> Scene:
    return Scene()


def removed(party: Party) -> None:
    party.refresh_from_db()
    parties.remove_party(by=make.by(), party_id=party.pk, version=party.version)


def test_a_party_that_answered_may_be_taken_out_of_the_draft(scene: Scene, keeper: Client) -> None:
    removed(scene.refused)
    removed(scene.signed)
    [left] = scene.agreement.parties.all()
    assert (left.position, Signature.objects.count(), Refusal.objects.count()) == (1, 1, 1)
    assert "Instytucja Przykładowa nr 1" not in text_of(keeper.get(f"{AT}/{scene.agreement.pk}/"))
    [row] = lxml.html.fromstring(keeper.get(f"{AT}/").content).xpath("//main//tbody/tr")
    assert row.xpath("string(*[last()])").split()[-1] == "1"
    page = text_of(keeper.get(f"{AT}/podpisy/{scene.signature.pk}/"))
    assert "Ten podpis jest nieważny" in page
    make.party(scene.agreement, scene.own)
    make.party(scene.agreement, name=scene.refused.name)
    again = make.before_parties(scene.agreement)
    assert [one.state for one in again.parties.all()] == ["WAITING"] * 3


@pytest.mark.parametrize("of", ["other", "nobody", "office"])
def test_nobody_else_takes_over_the_papers_of_a_party(
    in_partnership: TenantRef, scene: Scene, of: str
) -> None:
    scene.signed.refresh_from_db()
    now = {"other": scene.other}.get(of)
    values = make.said(now, name="Inna Instytucja", is_office=of == "office")
    with pytest.raises(ValidationError, match="Usuń tę Stronę i dodaj nową"):
        parties.edit_party(
            by=make.by(), party_id=scene.signed.pk, version=scene.signed.version, number=3,
            values=values,
        )  # fmt: skip
    assert Party.objects.get(pk=scene.signed.pk).organisation == scene.own
    removed(scene.signed)
    make.party(scene.agreement, scene.other)
    make.shared(scene.agreement)
    for institution in (scene.own, scene.other):
        reader = browser(in_partnership, institution)
        for file in (scene.signature.file_id, scene.signature.basis_file_id):
            assert reader.get(f"{FILES}/{file}/").status_code == 403
        assert "7/2026" not in text_of(reader.get(f"{AT}/podpisy/{scene.signature.pk}/"))


def browser(place: TenantRef, of: Organisation) -> Client:
    return make_people.signed_in(place, Role.PARTNER_HEAD, organisation=of)[0]


def merging(source: Organisation, target: Organisation) -> str:
    return " ".join(clash.words for clash in clashes_of(source, target) if "Stron" in clash.words)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("DRAFT", "Usuń z projektu jedną z nich"),
        ("SIGNING", "Cofnij je do projektu"),
        ("IN_FORCE", "Dopóki ono obowiązuje"),
        ("FAILED", ""),
        ("DISCARDED", ""),
    ],
)
def test_two_parties_become_one_entry_where_their_agreement_lets_them(
    scene: Scene, state: str, words: str
) -> None:
    make.party(scene.agreement, scene.other)
    sent = make.before_parties(scene.agreement)
    values: dict[str, Any] = {"state": state}
    if state == "IN_FORCE":
        values["in_force_from"] = TODAY
    if state == "DISCARDED":
        values |= {"discarded_on": TODAY, "reason": "x"}
    Agreement.objects.filter(pk=sent.pk).update(**values)
    said = merging(scene.other, scene.own)
    assert (words in said) if words else not said


def test_an_earlier_text_is_no_paper_of_those_who_read_the_one_in_force(
    in_partnership: TenantRef, scene: Scene
) -> None:
    earlier = Document.objects.get()
    again = make.before_parties(scene.agreement)
    current = Document.objects.exclude(pk=earlier.pk).get()
    Agreement.objects.filter(pk=again.pk).update(state="IN_FORCE", in_force_from=TODAY)
    office = make_people.signed_in(in_partnership, Role.LEAD)[0]
    for reader, status in ((browser(in_partnership, scene.other), 403), (office, 200)):
        assert reader.get(f"{FILES}/{current.pdf_id}/").status_code == 200
        assert reader.get(f"{FILES}/{earlier.pdf_id}/").status_code == status


def test_nobody_signs_or_refuses_an_aneks_that_was_replaced_meanwhile(
    in_partnership: TenantRef,
) -> None:
    amendment = make_amendment.lying()
    side, opened = make_amendment.side(amendment), amendment.document_id
    amendment_sending.take_back(by=make.by(), amendment_id=amendment.pk, version=1, reason="Błąd")
    make_amendment.removed(amendment, "2.5")
    make_amendment.sent(amendment)
    with pytest.raises(Problem, match="jest już inny tekst"):
        make_amendment.entered(side, document=opened)
    with pytest.raises(StaleForm):
        amendment_signing.refuse(by=make.by(), side_id=side.pk, version=side.version, reason="Nie")
    assert [one.state for one in amendment.sides.all()] == ["WAITING"] * 3
    assert not Signature.objects.filter(document__kind="AMENDMENT").exists()


def test_the_exit_package_has_signatures_and_refusals(scene: Scene) -> None:
    pack = Sheets()
    write_agreements(pack)
    signed, refused = pack.rows["porozumienia/podpisy"]
    assert signed[1:4] == [scene.signed.name, "podpis", "Anna Przykładowa"]
    assert signed[7:11] == ["pełnomocnictwo", "7/2026", TODAY, None]
    assert refused[1:3] == [scene.refused.name, "odmowa"]
    assert (refused[11], refused[13]) == ("Rada się nie zgodziła", "cofniętym")
