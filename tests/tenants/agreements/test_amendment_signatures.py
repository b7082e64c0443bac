"""Signatures under an aneks are read by those whom it concerns, and by nobody else (POR-C signatures)."""

from collections.abc import Callable

import pytest
from django.test import Client

from kooperacja.documents.storage import content_of
from kooperacja.tenancy.ref import TenantRef
from tenants.agreements import perms
from tenants.agreements.exit import write_agreements
from tenants.agreements.models import Agreement, Amendment, Signature
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tests.factories import agreement_force as make_force
from tests.factories import agreement_later as later
from tests.factories import agreement_life as life
from tests.factories import agreements as make_draft
from tests.factories import amendments as make
from tests.factories import people as make_people
from tests.factories import signatures as pdf
from tests.tenants.agreements.test_agreement_pages import Sheets
from tests.tenants.reading import text_of

AT, FILES = "/gmina/gogolin/porozumienia", "/gmina/gogolin/dokumenty/pliki"


class Scene:
    """An aneks before two of three bound parties, a fourth that never signed the agreement."""

    def __init__(self) -> None:
        draft = make_draft.draft("C", **make_draft.BLANKS)
        houses = [make_people.organisation() for _ in range(4)]
        parties = [make_draft.party(draft, of) for of in houses]
        signed = dict.fromkeys(parties[:3], life.day(-9))
        self.agreement: Agreement = make_force.in_force(draft, signed, life.day(-9))
        self.heads = [make_people.person(Role.PARTNER_HEAD, organisation=of) for of in houses]
        named = [str(one.pk) for one in parties[:2]]
        self.amendment = make.lying(self.agreement, signers="NAMED", named=named)
        assert self.amendment.document is not None
        content = pdf.signed("Jan Dyrektor", content=content_of(self.amendment.document.pdf))
        self.signature = make.entered(
            self.amendment.sides.all()[0], pdf.upload(content), mode="QUALIFIED"
        )

    def readers(self) -> list[Person]:
        """Of those that sign, of one that is only bound, of one that is not, of a stranger."""
        stranger = make_people.person(Role.PARTNER_HEAD, organisation=make_people.organisation())
        return [*self.heads, stranger]

    def seen(self, may: Callable[[Person, Signature], bool]) -> list[bool]:
        return [may(one, Signature.objects.get(pk=self.signature.pk)) for one in self.readers()]


@pytest.fixture
def scene(in_partnership: TenantRef) -> Scene:
    return Scene()


def test_a_party_that_the_agreement_does_not_bind_reads_no_signature_under_its_aneks(
    scene: Scene,
) -> None:
    bound = [True, True, True, False, False]
    assert scene.seen(perms.see_signing) == bound
    assert scene.seen(perms.see_signed_file) == bound
    make.entered(scene.amendment.sides.all()[1])
    assert Amendment.objects.get().state == "IN_FORCE"
    # Every member reads the aneks now, and still not how it was signed.
    assert [perms.see_amendment(one, Amendment.objects.get()) for one in scene.readers()] == [
        True
    ] * 5
    assert scene.seen(perms.see_signing) == bound
    assert scene.seen(perms.see_signed_file) == bound


def test_the_door_of_files_and_the_page_go_by_the_same_rule(
    in_partnership: TenantRef, scene: Scene
) -> None:
    houses: list[Organisation] = [
        one.organisation for one in scene.agreement.parties.select_related("organisation")
    ]
    for of, status in ((houses[1], 200), (houses[3], 403)):
        browser, _ = make_people.signed_in(in_partnership, Role.PARTNER_HEAD, organisation=of)
        assert browser.get(f"{FILES}/{scene.signature.file_id}/").status_code == status
        assert browser.get(f"{AT}/podpisy/{scene.signature.pk}/").status_code == status


def test_under_one_that_was_taken_back_only_its_party_and_the_office_read_it(scene: Scene) -> None:
    taken = {"by": make_draft.by(), "amendment_id": scene.amendment.pk, "reason": "Błąd"}
    make.amendment_sending.take_back(**taken, version=1)
    assert scene.seen(perms.see_signed_file) == [True, False, False, False, False]
    assert scene.seen(perms.see_signing) == [False] * 5
    office = make_people.person(Role.NETWORK_OFFICER)
    assert perms.see_signing(office, Signature.objects.get(pk=scene.signature.pk))


def test_the_exit_package_says_under_which_paper_each_signature_is(scene: Scene) -> None:
    taken = {"by": make_draft.by(), "amendment_id": scene.amendment.pk, "reason": "Błąd"}
    make.amendment_sending.take_back(**taken, version=1)
    again = make.sent(scene.amendment)
    make.turned_down(again.sides.all()[1])
    make.entered(again.sides.all()[0])
    later.acceded(scene.agreement)
    first, *_ = scene.agreement.parties.all()
    successor = life.merge(first, make_people.organisation()).successor
    assert successor is not None
    pack = Sheets()
    write_agreements(pack)
    rows = pack.rows["porozumienia/podpisy"]
    assert [(row[2], row[13]) for row in rows] == [
        *(("podpis", "obecnym") for _ in range(3)),
        ("podpis", "cofniętym tekstem aneksu nr 1"),
        ("podpis", "aneksem nr 1"),
        ("podpis", "przystąpieniem"),
        ("odmowa", "aneksem nr 1"),
    ]
    signs = {row[2]: row[8] for row in pack.rows["porozumienia/strony"]}
    assert (signs[first.name], signs[successor.name]) == ("podpisano", "")


def test_a_signature_that_was_taken_back_stays_void_when_its_party_accedes_later(
    in_partnership: TenantRef, keeper: Client
) -> None:
    agreement = make_draft.before_parties(make_draft.whole("C", 3, force="ENOUGH", enough=2))
    first, second, third = agreement.parties.all()
    content = pdf.signed("Jan Dyrektor", content=pdf.page())
    taken = make_draft.entered(first, pdf.upload(content), mode="QUALIFIED")
    make_draft.turned_down(first)
    for one in (second, third):
        make_draft.entered(one)
    later.signed(later.prepared_again(first))
    agreement = Agreement.objects.get()
    first.refresh_from_db()
    assert (agreement.state, first.state) == ("IN_FORCE", "ACCEDED")
    valid = Signature.objects.valid_for(agreement)
    assert {one.party for one in valid} == {second, third}
    page = text_of(keeper.get(f"{AT}/podpisy/{taken.pk}/"))
    assert "Strona wycofała ten podpis" in page
    assert "Strona wycofała ten podpis" not in text_of(keeper.get(f"{AT}/podpisy/{valid[0].pk}/"))
