"""Duties with a day stand in the text and become arrangements of the team (POR §2.3.6)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import Problem
from tenants.agreements.actions import duties, parties
from tenants.agreements.consolidated import text_of
from tenants.agreements.forms.additions import NewAdditionForm
from tenants.agreements.models import Addition, Agreement, AmendedClause, Party
from tenants.agreements.text import Text
from tenants.meetings.models.arrangements import Arrangement
from tests.factories import agreements as make
from tests.factories import amendments as make_amendments
from tests.factories import people as make_people

pytestmark = pytest.mark.usefixtures("in_partnership")
PLACE = "duty:2.3"
DUE = localdate() + timedelta(days=40)


@pytest.fixture
def draft(in_partnership: TenantRef) -> Agreement:
    """A of two institutions of the register and a third one; signatures of two are enough."""
    agreement = make.draft("A", **{**make.BLANKS, "force": "ENOUGH", "enough": 2})
    for name in ("Szkoła Przykładowa", "Szpital Przykładowy", "Klub Przykładowy"):
        make.contact(make.party(agreement, make_people.organisation(name=name)))
    agreement.refresh_from_db()
    return agreement


def duty(agreement: Agreement, text: str, party: Party | None = None, **fields: Any) -> Addition:
    return make.addition(agreement, PLACE, text, due_on=DUE, party=party, **fields)


def in_force(agreement: Agreement) -> Agreement:
    """Signed by the first two."""
    agreement.refresh_from_db()
    for party in make.sent(agreement).parties.all()[:2]:
        make.entered(party)
    return Agreement.objects.get(pk=agreement.pk)


def test_the_parties_sign_the_day_and_who_does_it(draft: Agreement) -> None:
    _, second, _ = draft.parties.all()
    added = duty(draft, "festyn sąsiedzki;", second)
    line = next(one for one in Text(draft).lines if one.key == f"own:{added.pk}")
    assert line.text == f"festyn sąsiedzki (termin: {pl_date(DUE)}, wykonuje Partner nr 2)."
    parties.remove_party(by=make.by(), party_id=second.pk, version=second.version)
    added.refresh_from_db()
    assert (added.party, added.due_on) == (None, DUE)


def test_in_force_each_is_an_arrangement_of_its_party_or_of_the_lider(draft: Agreement) -> None:
    first, _, third = draft.parties.all()
    own, common = duty(draft, "dyżury", first), duty(draft, "festyn")
    unsigned = duty(draft, "konkurs", third)
    make.addition(draft, PLACE, "współpraca bez terminu")
    assert not Arrangement.objects.exists()
    agreement = in_force(draft)
    assert agreement.in_force_from == localdate()
    for added in (own, common, unsigned):
        added.refresh_from_db()
    assert own.arrangement is not None and common.arrangement is not None
    assert (own.arrangement.organisation, own.arrangement.due_on) == (first.organisation, DUE)
    assert (common.arrangement.organisation, common.arrangement.person) == (None, None)
    assert own.arrangement.team.rests_on == agreement.pk
    assert (own.arrangement.source_label, own.arrangement.source_url) == (
        "obowiązek z porozumienia",
        agreement.url,
    )
    # Who did not sign is not bound; and nothing is made twice.
    assert unsigned.arrangement is None
    duties.arrange(make.by(), agreement)
    assert Arrangement.objects.count() == 2


def test_a_duty_whose_day_is_over_stops_the_sending(draft: Agreement) -> None:
    added = duty(draft, "festyn")
    Addition.objects.filter(pk=added.pk).update(due_on=localdate() - timedelta(days=1))
    draft.refresh_from_db()
    with pytest.raises(Problem) as refused:
        make.sent(draft)
    assert "obowiązku" in refused.value.explanation
    assert Agreement.objects.get(pk=draft.pk).is_draft


def test_signing_that_took_longer_than_the_duty_still_brings_it_into_force(
    draft: Agreement,
) -> None:
    added = duty(draft, "festyn")
    draft.refresh_from_db()
    agreement = make.sent(draft)
    Addition.objects.filter(pk=added.pk).update(due_on=localdate() - timedelta(days=1))
    for party in agreement.parties.all()[:2]:
        make.entered(party)
    arrangement = Arrangement.objects.get()
    assert arrangement.is_overdue(localdate())
    assert Agreement.objects.get(pk=draft.pk).state == "IN_FORCE"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"place": "end", "due_on": DUE.isoformat()}, "due_on"),
        ({"place": "after:4.2", "due_on": DUE.isoformat()}, "due_on"),
        ({"place": PLACE, "party": "first"}, "due_on"),
    ],
)
def test_only_a_duty_has_a_day_and_only_with_it_a_party(
    draft: Agreement, fields: dict[str, str], wrong: str
) -> None:
    if "party" in fields:
        fields = {**fields, "party": str(draft.parties.all()[0].pk)}
    places = [(one, one) for one in ("end", "after:4.2", PLACE)]
    data = {"key": "01900000-0000-7000-8000-000000000009", "text": "Treść.", **fields}
    form = NewAdditionForm(data, agreement=draft, places=places)
    assert [*form.errors] == [wrong]


def test_a_party_of_another_agreement_takes_nothing_on(draft: Agreement) -> None:
    with pytest.raises(ValidationError):
        duty(draft, "festyn", make.whole("A").parties.first())
    assert not Addition.objects.exists()


def test_a_duty_of_whoever_signs_after_force_follows_that_signature(draft: Agreement) -> None:
    third = draft.parties.all()[2]
    added = duty(draft, "konkurs", third)
    in_force(draft)
    assert not Arrangement.objects.exists()
    make.entered(third)
    added.refresh_from_db()
    assert added.arrangement is not None
    assert added.arrangement.organisation == third.organisation


def added_later(agreement: Agreement, **fields: Any) -> AmendedClause:
    """A duty that an aneks in force since today adds."""
    amendment = make_amendments.begun(agreement)
    said = {"place": PLACE, "heading": "", "text": "wspólny dyżur", "due_on": DUE, **fields}
    change = make_amendments.change(amendment, "ADDED", **said)
    make_amendments.all_signed(make_amendments.sent(amendment))
    change.refresh_from_db()
    return change


def test_a_duty_of_an_aneks_is_an_arrangement_of_its_party_too(draft: Agreement) -> None:
    agreement = in_force(draft)
    second = agreement.parties.all()[1]
    change = added_later(agreement, party=second)
    assert change.arrangement is not None
    assert (change.arrangement.organisation, change.arrangement.due_on) == (
        second.organisation,
        DUE,
    )
    line = next(one for one in text_of(agreement).lines if one.key == change.clause)
    assert line.text == f"wspólny dyżur (termin: {pl_date(DUE)}, wykonuje Partner nr 2)."
    duties.arrange(make.by(), agreement)
    assert Arrangement.objects.count() == 1


def test_a_party_that_is_not_bound_takes_no_duty_of_an_aneks(draft: Agreement) -> None:
    agreement = in_force(draft)
    third = agreement.parties.all()[2]
    with pytest.raises(ValidationError):
        added_later(agreement, party=third)
    assert not AmendedClause.objects.exists()


def test_a_duty_of_all_is_nobodys_alone_and_one_without_a_seat_says_whose(
    draft: Agreement,
) -> None:
    typed = draft.parties.all()[1]
    Party.objects.filter(pk=typed.pk).update(organisation=None)
    common, own = duty(draft, "festyn"), duty(draft, "konkurs", typed)
    in_force(draft)
    for added in (common, own):
        added.refresh_from_db()
    assert common.arrangement is not None and own.arrangement is not None
    runs = "(pilnuje osoba, która prowadzi zespół)"
    assert common.arrangement.owner == f"Strony wspólnie {runs}"
    assert own.arrangement.owner == f"Strona bez miejsca w zespole {runs}"
    assert str(own.arrangement.text) == "konkurs (wykonuje Partner nr 2: Szpital Przykładowy)"
