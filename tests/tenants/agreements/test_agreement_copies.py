"""Where each copy of an agreement is once it is signed, and how it came there (POR preamble)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from uuid6 import uuid7

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from tenants.agreements.actions import copies
from tenants.agreements.forms.copies import HandoverForm
from tenants.agreements.models import Agreement, CopyHandover
from tenants.agreements.places import places_of
from tenants.registry.roles import Role
from tests.factories import agreement_later as later
from tests.factories import agreement_life as life
from tests.factories import agreements as make
from tests.factories import people as make_people
from tests.factories import signatures as pdf
from tests.tenants.agreements.test_agreement_pages import AT
from tests.tenants.reading import text_of


def in_force(count: int = 2, **sent: Any) -> Agreement:
    """Signed on paper by all of its parties."""
    agreement = make.sent(make.whole("A", count), **sent)
    for party in agreement.parties.all():
        make.entered(party)
    return Agreement.objects.get(pk=agreement.pk)


@pytest.mark.usefixtures("in_partnership")
def test_a_round_set_lies_in_the_office_until_each_copy_is_handed_over() -> None:
    agreement = in_force(copies="ROUND", copies_count=3)
    assert [one.holder for one in places_of(agreement)] == ["nasz ośrodek"] * 3
    first = agreement.parties.first()
    make.handed(agreement, copy=2, party=first, way="EDELIVERY")
    second = places_of(agreement)[1]
    assert (second.holder, second.since) == (first.name, localdate())
    assert second.how == "przez e-Doręczenia"
    # It came back by hand: the last entry counts, the one before stays.
    make.handed(agreement, copy=2, way="PERSON")
    assert places_of(agreement)[1].holder == "nasz ośrodek"
    assert agreement.handovers.count() == 2


@pytest.mark.usefixtures("in_partnership")
def test_of_counterparts_each_party_has_the_one_that_it_signed() -> None:
    agreement = make.sent(make.whole("A", 3, force="ENOUGH", enough=2))
    paper, electronic, _ = agreement.parties.all()
    make.entered(paper)
    make.signed(electronic, "TRUSTED")
    make.brought_into_force(agreement, localdate())
    agreement.refresh_from_db()
    kept, sent, unsigned = places_of(agreement)
    assert (kept.holder, kept.since) == (paper.name, localdate())
    assert (sent.holder, unsigned.holder) == ("", "")
    assert "elektroniczny" in sent.how
    assert unsigned.how == "Strona nie podpisała"


@pytest.mark.usefixtures("in_partnership")
def test_the_copy_of_a_party_with_a_successor_stays_the_one_that_it_signed() -> None:
    agreement = in_force(3)
    party = agreement.parties.first()
    life.merge(party, make_people.organisation())
    assert places_of(agreement)[0].holder == party.name


@pytest.mark.usefixtures("in_partnership")
def test_only_a_copy_that_there_is_goes_to_a_party_of_it_on_a_day_that_follows() -> None:
    agreement, other = in_force(), make.whole("A").parties.first()
    day = localdate()
    make.handed(agreement)
    for wrong in (
        {"copy": 3},
        {"party": other},
        {"handed_on": day + timedelta(days=1)},
        {"handed_on": day - timedelta(days=1)},
    ):
        with pytest.raises(ValidationError) as refused:
            make.handed(agreement, **wrong)
        assert [*refused.value.message_dict] == [*wrong]
    with pytest.raises(Problem):
        make.handed(make.sent(make.whole("A")))
    assert CopyHandover.objects.count() == 1


@pytest.mark.usefixtures("in_partnership")
def test_whoever_only_accedes_gets_no_copy_until_it_has_signed() -> None:
    agreement = later.in_force()
    Agreement.objects.filter(pk=agreement.pk).update(copies_count=3)
    agreement.refresh_from_db()
    accession = later.prepared(agreement, make_people.organisation())
    form = HandoverForm(agreement=agreement, copy=1)
    assert accession.party not in form.fields["party"].queryset
    with pytest.raises(ValidationError) as refused:
        make.handed(agreement, party=accession.party)
    assert [*refused.value.message_dict] == ["party"]
    assert not CopyHandover.objects.exists()
    later.withdrawn(accession)
    party = later.acceded(agreement)
    assert party in HandoverForm(agreement=agreement, copy=1).fields["party"].queryset
    make.handed(agreement, party=party)


@pytest.mark.usefixtures("in_partnership")
def test_only_the_office_enters_it() -> None:
    agreement = in_force()
    stranger = make_people.by(
        make_people.person(Role.PARTNER_HEAD, organisation=make_people.organisation())
    )
    values = {"copy": 1, "party": None, "way": "POST", "handed_on": localdate()}
    with pytest.raises(Refused):
        copies.hand_over(by=stranger, agreement_id=agreement.pk, key=uuid7(), values=values)
    assert not CopyHandover.objects.exists()


def test_the_receipt_is_the_partys_and_the_offices(partnership: TenantRef) -> None:
    with inside(partnership):
        office, _ = make_people.signed_in(partnership, Role.NETWORK_OFFICER)
        first, second = (make_people.organisation(name=f"Instytucja nr {n}") for n in "12")
        draft = make.draft("A", **{**make.BLANKS, "force": "LAST"})
        for of in (first, second):
            make.contact(make.party(draft, of))
        draft.refresh_from_db()
        agreement = make.sent(draft, copies="ROUND")
        for party in agreement.parties.all():
            make.entered(party)
        at = f"{AT}/{agreement.pk}/egzemplarze"
        own, other = (
            make_people.signed_in(partnership, Role.PARTNER_HEAD, organisation=of)[0]
            for of in (first, second)
        )
        said = {
            "key": str(uuid7()),
            "copy": "1",
            "party": str(agreement.parties.get(organisation=first).pk),
            "way": "PERSON",
            "handed_on": localdate().isoformat(),
        }
        for _ in range(2):
            said["receipt"] = pdf.upload(pdf.page())
            assert office.post(f"{at}/przekazanie/", said).status_code == 302
        row = CopyHandover.objects.get()
        file = f"/gmina/gogolin/dokumenty/pliki/{row.receipt_id}/"
        answers = [client.get(f"{at}/").content.decode() for client in (office, own, other)]
        assert [str(row.receipt_id) in page for page in answers] == [True, True, False]
        assert all("Instytucja nr 1, od" in page for page in answers)
        asked = f"{at}/przekazanie/?egzemplarz={'9' * 5000}"
        assert office.get(asked).status_code == 200
        assert (own.get(file).status_code, other.get(file).status_code) == (200, 403)


def test_whoever_is_no_party_is_told_who_reads_where_the_copies_are(
    partnership: TenantRef,
) -> None:
    with inside(partnership):
        agreement = in_force(copies="ROUND")
        of = make_people.organisation()
        member, _ = make_people.signed_in(partnership, Role.PARTNER_HEAD, organisation=of)
        answer = member.get(f"{AT}/{agreement.pk}/egzemplarze/")
    assert answer.status_code == 403
    assert "Gdzie jest który egzemplarz, widzą ośrodek i osoby ze Stron" in text_of(answer)
