"""What anybody may know of an agreement in force, and where parties made it public (POR §2.3.5)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.agreements.actions import consents, parties, publicity
from tenants.agreements.models import Agreement, ContactPerson, Party, PublicConsent, Publicity
from tenants.people.models import RoleAssignment
from tenants.registry.roles import Role
from tests.factories import agreement_later as later
from tests.factories import agreement_life as life
from tests.factories import agreements as make
from tests.factories import people as make_people
from tests.tenants.reading import text_of

AT = "/gmina/gogolin/porozumienia"
TODAY = timezone.localdate()


@pytest.fixture
def agreement(in_partnership: TenantRef) -> Agreement:
    return later.in_force()


def seen() -> str:
    """The page as a stranger reads it."""
    answer = Client().get(f"{AT}/publicznie/")
    assert answer.status_code == 200
    return text_of(answer)


def first(agreement: Agreement) -> tuple[Party, ContactPerson]:
    party = agreement.parties.all()[0]
    return party, party.contacts.get()


def test_anybody_reads_the_parties_and_nothing_of_people(agreement: Agreement) -> None:
    later.prepared(agreement, later.hospital())
    make.draft("A")
    page = seen()
    assert "Instytucja Przykładowa nr 1, z siedzibą w Krapkowicach" in page
    assert "Instytucja Przykładowa nr 2" in page
    assert "Szpital Przykładowy" not in page  # it has not signed
    assert "Instytucja Przykładowa nr 3" not in page  # nor has this
    for words in ("Jan Przykładowy", "jan@example.pl", "77 000", "Anna Przykładowa", later.WHY):
        assert words not in page


def test_whoever_acceded_stands_there_with_the_day(agreement: Agreement) -> None:
    later.acceded(agreement, later.hospital())
    assert "Szpital Przykładowy, z siedzibą w Krapkowicach (od " in seen()


def test_the_seat_of_a_protected_place_is_nowhere_on_the_page(agreement: Agreement) -> None:
    party, _ = first(agreement)
    said = {"by": make.by(), "party_id": party.pk, "version": party.version}
    publicity.set_seat(**said, hides_seat=True)
    with pytest.raises(StaleForm):
        publicity.set_seat(**said, hides_seat=False)
    page = seen()
    assert "Instytucja Przykładowa nr 1, z siedzibą" not in page
    assert "Instytucja Przykładowa nr 1" in page
    assert "Instytucja Przykładowa nr 2, z siedzibą" in page


@pytest.mark.parametrize("where", ["in force", "draft", "left"])
def test_a_place_protected_in_one_agreement_is_told_in_no_other(
    in_partnership: TenantRef, where: str
) -> None:
    shelter = make_people.organisation(name="Dom Przykładowy")
    later.in_force(3, 2, "C", shelter)
    other = make.draft("A") if where == "draft" else later.in_force(4, 3, "A", shelter)
    party = other.parties.filter(organisation=shelter).first() or make.party(other, shelter)
    publicity.set_seat(by=make.by(), party_id=party.pk, version=0, hides_seat=True)
    if where == "left":
        life.leave(party)
    assert ("Dom Przykładowy, z siedzibą" in seen()) == (where == "left")


def test_a_withdrawn_consent_is_off_the_page_at_the_next_request(agreement: Agreement) -> None:
    _, contact = first(agreement)
    consent = later.agreed(contact)
    assert seen().count("Jan Przykładowy, pedagog, tel. 77 000 00 00") == 1
    consents.withdraw(by=make.by(), contact_id=contact.pk)
    assert "Jan Przykładowy" not in seen()
    with pytest.raises(AlreadySaved):
        consents.withdraw(by=make.by(), contact_id=contact.pk)
    consent.refresh_from_db()
    assert consent.withdrawn_at is not None
    assert (consent.actor_name, consent.withdrawn_by_name) != ("", "")
    later.agreed(contact)
    assert PublicConsent.objects.filter(contact=contact).count() == 2
    assert "Jan Przykładowy" in seen()


def test_other_data_or_an_end_take_the_person_off(agreement: Agreement) -> None:
    _, contact = first(agreement)
    later.agreed(contact)
    contact.refresh_from_db()
    values = {"full_name": "Ktoś Inny"}
    parties.edit_contact(
        by=make.by(), contact_id=contact.pk, version=contact.version, values=values
    )
    assert "Ktoś Inny" not in seen()
    later.agreed(contact)
    assert "Ktoś Inny" in seen()
    contact.refresh_from_db()
    said = {"contact_id": contact.pk, "version": contact.version, "ended_on": TODAY}
    parties.end_contact(by=make.by(), **said)
    assert "Ktoś Inny" not in seen()
    with pytest.raises(Problem, match="nie można teraz opublikować"):
        later.agreed(contact)


def test_a_consent_is_for_the_data_that_were_seen_and_not_of_tomorrow(agreement: Agreement) -> None:
    _, contact = first(agreement)
    said = {"contact_id": contact.pk, "key": uuid7(), "agreed_on": TODAY}
    with pytest.raises(StaleForm):
        consents.agree(by=make.by(), version=9, **said)
    with pytest.raises(ValidationError, match="już się zgodziła"):
        later.agreed(contact, on=TODAY + timedelta(days=1))
    joining = later.prepared(agreement).party
    assert joining is not None
    with pytest.raises(Problem, match="nie można teraz opublikować"):
        later.agreed(make.contact(joining))
    assert not PublicConsent.objects.exists()


def test_the_person_withdraws_it_alone_and_strangers_do_nothing(in_partnership: TenantRef) -> None:
    own, other = make_people.organisation(), make_people.organisation()
    agreement = later.in_force(3, 2, "C", own, other)
    party = agreement.parties.get(organisation=own)
    browser, person = make_people.signed_in(in_partnership, Role.PARTNER_WORKER, organisation=own)
    contact = make.contact(party, person=person, full_name="Ewa Nowa")
    left = make_people.head(own)
    RoleAssignment.objects.filter(person=left).update(ended_on=TODAY)
    for stranger in map(make_people.by, (make_people.head(other), left)):
        with pytest.raises(Refused):
            later.agreed(contact, stranger)
    with pytest.raises(Refused):
        later.agreed(contact, make_people.by(person))
    later.agreed(contact, make_people.by(make_people.head(own)))
    with pytest.raises(Refused):
        consents.withdraw(by=make_people.by(make_people.head(other)), contact_id=contact.pk)
    assert "Ewa Nowa" in seen()
    at = f"{AT}/osoby/{contact.pk}/zgoda/cofniecie/"
    assert at in text_of(browser.get(f"{AT}/{agreement.pk}/osoby/"))
    assert browser.post(at, {}).status_code == 302
    assert "Ewa Nowa" not in seen()


def test_another_unit_tells_nothing_of_it(agreement: Agreement, powiat: TenantRef) -> None:
    later.agreed(first(agreement)[1])
    answer = Client().get("/powiat/krapkowicki/porozumienia/publicznie/")
    assert "Instytucja Przykładowa" not in text_of(answer)
    assert "Instytucja Przykładowa" in seen()


def test_each_party_says_where_it_made_it_public(in_partnership: TenantRef) -> None:
    own, other = make_people.organisation(), make_people.organisation()
    agreement = later.in_force(3, 2, "C", own, other)
    party = agreement.parties.get(organisation=own)
    head, _ = make_people.signed_in(in_partnership, Role.PARTNER_HEAD, organisation=own)
    form: dict[str, Any] = {
        "key": str(uuid7()),
        "published_on": TODAY.isoformat(),
        "description": "Wiadomość na stronie szkoły",
    }
    at = f"{AT}/strony/{party.pk}/upublicznienie/"
    assert "Podaj adres strony albo dołącz plik" in text_of(head.post(at, form))
    for _ in range(2):
        file = make_people.pdf("wydruk.pdf")
        assert head.post(at, {**form, "file": file}).status_code == 302
    row = Publicity.objects.get()
    page = text_of(head.get(f"{AT}/{agreement.pk}/upublicznienie/"))
    assert "Wiadomość na stronie szkoły" in page
    assert f"przystąpienie: {agreement.parties.get(organisation=other).name}." in page
    assert head.get(f"/gmina/gogolin/dokumenty/pliki/{row.file_id}/").status_code == 200
    with pytest.raises(Refused):
        later.publicised(party, make_people.by(make_people.head(other)))
    with pytest.raises(ValidationError, match="już to opublikowano"):
        later.publicised(party, published_on=TODAY + timedelta(days=1))
    with pytest.raises(Problem, match="nie obowiązuje"):
        later.publicised(agreement.parties.order_by("position").last())
    assert Publicity.objects.count() == 1
