"""A draft is written by several hands: late, twice, from elsewhere (POR)."""

from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.agreements.actions import additions, drafts, parties
from tenants.agreements.changes import changes, kept
from tenants.agreements.models import Addition, Agreement, ContactPerson, TextVersion
from tenants.agreements.text import Text
from tenants.people.references import clashes_of
from tenants.registry.roles import Role
from tests.factories import agreements as make
from tests.factories import people as make_people

pytestmark = pytest.mark.usefixtures("in_partnership")


def names(agreement: Agreement) -> list[str]:
    return [f"{one.position} {one.name}" for one in agreement.parties.all()]


def test_a_draft_sent_twice_is_begun_once() -> None:
    key: Any = uuid7()
    for _ in range(2):
        again = Agreement.objects.exists()
        with pytest.raises(AlreadySaved) if again else nullcontext():
            drafts.begin(by=make.by(), key=key, variant="C", known=make.KNOWN)
    assert Agreement.objects.count() == Entry.objects.filter(verb="AGREEMENT_BEGUN").count() == 1


def test_blanks_saved_late_lose_nothing() -> None:
    agreement = make.draft("A", place="w Krapkowicach")
    with pytest.raises(StaleForm):
        drafts.edit(
            by=make.by(), agreement_id=agreement.pk, version=0, values={"place": "w Walcach"}
        )
    assert Agreement.objects.get().place == "w Krapkowicach"


@pytest.mark.parametrize("rhythm", [{"meetings_count": 2}, {"meetings_period": "YEAR"}])
def test_a_draft_of_c_has_no_rhythm_but_that_of_its_text(rhythm: dict[str, Any]) -> None:
    agreement, free = make.draft("C"), make.draft("B")
    with pytest.raises(ValidationError, match="raz na kwartał"):
        drafts.edit(by=make.by(), agreement_id=agreement.pk, version=0, values=rhythm)
    drafts.edit(by=make.by(), agreement_id=free.pk, version=0, values=rhythm)
    same = Agreement.objects.get(pk=agreement.pk)
    assert (same.meetings_count, same.meetings_period, same.version) == (1, "QUARTER", 0)
    assert Agreement.objects.get(pk=free.pk).version == 1


@pytest.mark.parametrize("variant", ["A", "C"])
def test_meetings_rotate_only_where_the_text_of_the_variant_says_so(variant: str) -> None:
    agreement, free = make.draft(variant), make.draft("B")
    said: dict[str, Any] = {"by": make.by(), "version": 0, "values": {"place_policy": "ROTATING"}}
    with pytest.raises(ValidationError, match="podaje jedno miejsce") as refused:
        drafts.edit(agreement_id=agreement.pk, **said)
    assert list(refused.value.message_dict) == ["place_policy"]
    same = Agreement.objects.get(pk=agreement.pk)
    assert (same.place_policy, same.version) == ("FIXED", 0)
    drafts.edit(agreement_id=free.pk, **said)
    assert Agreement.objects.get(pk=free.pk).is_rotating


def test_who_does_not_write_it_changes_nothing() -> None:
    agreement = make.whole("A")
    before = (names(agreement), ContactPerson.objects.count(), Entry.objects.count())
    partner = make_people.by(make_people.person(Role.SOCIAL_WORKER))
    party = agreement.parties.first()
    said = {"place": "end", "heading": "", "text": "x"}
    tries = (
        lambda: drafts.edit(by=partner, agreement_id=agreement.pk, version=1, values={"place": ""}),
        lambda: drafts.discard(by=partner, agreement_id=agreement.pk, version=1, reason="x"),
        lambda: drafts.keep_text(by=partner, agreement_id=agreement.pk, key=uuid7()),
        lambda: parties.remove_party(by=partner, party_id=party.pk, version=0),
        lambda: make.party(agreement, who=partner),
        lambda: make.contact(party, who=partner),
        lambda: additions.add(by=partner, agreement_id=agreement.pk, key=uuid7(), values=said),
    )
    for attempt in tries:
        with pytest.raises(Refused):
            attempt()
    assert (names(agreement), ContactPerson.objects.count(), Entry.objects.count()) == before
    assert Agreement.objects.get().is_draft


def test_parties_stand_in_the_order_of_their_numbers() -> None:
    agreement = make.draft("A")
    first, second = (make.party(agreement, name=name) for name in ("Szkoła", "Szpital"))
    make.party(agreement, number=1, name="Ośrodek")
    assert names(agreement) == ["1 Ośrodek", "2 Szkoła", "3 Szpital"]
    values = make.said(name="Szpital")
    parties.edit_party(by=make.by(), party_id=second.pk, version=0, number=1, values=values)
    assert names(agreement) == ["1 Szpital", "2 Ośrodek", "3 Szkoła"]
    parties.remove_party(by=make.by(), party_id=second.pk, version=0)
    assert names(agreement) == ["1 Ośrodek", "2 Szkoła"]
    assert first.contacts.count() == 0


def test_an_institution_is_a_party_once() -> None:
    agreement, school = make.draft("A"), make_people.organisation(name="Szkoła")
    make.party(agreement, school)
    other = make.party(agreement, name="Szpital")
    for attempt in (
        lambda: make.party(agreement, school, name="Inna nazwa"),
        lambda: make.party(agreement, name="SZKOLA"),
        lambda: parties.edit_party(
            by=make.by(), party_id=other.pk, version=0, number=2, values=make.said(school)
        ),
    ):
        with pytest.raises(ValidationError, match="jest już Stroną"):
            attempt()
    assert names(agreement) == ["1 Szkoła", "2 Szpital"]


def test_two_parties_of_one_agreement_are_not_made_one_institution() -> None:
    agreement = make.draft("A")
    one, other = (make_people.organisation(name=name) for name in ("Szkoła", "Szkółka"))
    make.party(agreement, one)
    assert not any("Stronami" in clash.words for clash in clashes_of(one, other))
    make.party(agreement, other)
    assert any("Stronami" in clash.words for clash in clashes_of(one, other))


def test_of_two_who_edit_one_clause_the_second_is_told() -> None:
    clause = make.addition(make.draft("A"), "after:1.1", "Pierwsza treść.")
    for text in ("Moja treść.", "Twoja treść."):
        values = {"place": "after:1.1", "heading": "", "text": text}
        with nullcontext() if text.startswith("Moja") else pytest.raises(StaleForm):
            additions.edit(by=make.by(), addition_id=clause.pk, version=0, values=values)
    with pytest.raises(StaleForm):
        additions.remove(by=make.by(), addition_id=clause.pk, version=0)
    assert Addition.objects.get().text == "Moja treść."


def test_nothing_is_added_to_a_place_of_another_variant() -> None:
    with pytest.raises(ValidationError, match="nie ma takiego miejsca"):
        make.addition(make.draft("A"), "after:4.3")
    assert not Addition.objects.exists()


def test_a_person_is_named_from_a_day_to_another() -> None:
    agreement = make.whole("A")
    person = agreement.parties.first().contacts.get()
    assert sum("Jan Przykładowy" in line.text for line in Text(agreement).lines) == 2
    day = timezone.localdate()
    with pytest.raises(ValidationError):
        parties.end_contact(
            by=make.by(), contact_id=person.pk, version=0, ended_on=day - timedelta(days=1)
        )
    parties.end_contact(by=make.by(), contact_id=person.pk, version=0, ended_on=day)
    assert sum("Jan Przykładowy" in line.text for line in Text(agreement).lines) == 1
    assert Text(agreement).contacts[person.party] == []
    assert ContactPerson.objects.get(pk=person.pk).ended_on == day


def test_kept_texts_tell_what_changed_and_not_what_only_moved() -> None:
    agreement = make.whole("C")
    first = make.kept(agreement)
    with pytest.raises(Problem, match="już zachowany"):
        make.kept(agreement)
    make.addition(agreement, "after:4.1", "Własny ustęp.")
    make.addition(agreement, "duty:2.4", "wspólne szkolenia")
    drafts.edit(
        by=make.by(), agreement_id=agreement.pk, version=1, values={"meeting_place": "ratusz"}
    )
    agreement.refresh_from_db()
    found = changes(first.lines, kept(Text(agreement).everything()))
    assert [(one.name, one.how) for one in found] == [
        ("§ 2 ust. 3", "zmienione"),
        ("§ 2 ust. 4 pkt 7", "nowe"),
        ("§ 4 ust. 2", "nowe"),
    ]
    assert TextVersion.objects.get().number == 1


def test_a_discarded_draft_stays_as_it_is() -> None:
    agreement = make.whole("A")
    make.discarded(agreement)
    for attempt in (
        lambda: make.party(agreement, name="Szpital"),
        lambda: make.addition(agreement),
        lambda: make.kept(agreement),
        lambda: parties.remove_party(
            by=make.by(), party_id=agreement.parties.first().pk, version=0
        ),
    ):
        with pytest.raises(Problem, match="nie można teraz zmienić"):
            attempt()
    assert (len(names(agreement)), Addition.objects.count()) == (2, 0)
