"""The people of the parties change after force; each change is a version of the list (POR §3.3)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from kooperacja.audit.actor import SYSTEM
from kooperacja.documents.models import DOCX, PDF
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from tenants.agreements.actions import annex, parties
from tenants.agreements.annexed import lines_of
from tenants.agreements.changes import kept
from tenants.agreements.frozen import text_of
from tenants.agreements.later_papers import printed_annex
from tenants.agreements.models import Agreement, AnnexVersion, ContactPerson, Party
from tenants.registry.roles import Role
from tenants.teams.models import Seat, Team
from tests.budget import cases
from tests.factories import agreement_force as make_force
from tests.factories import agreement_later as later
from tests.factories import agreement_life as life
from tests.factories import agreements as make
from tests.factories import people as make_people
from tests.factories import support
from tests.tenants.reading import text_of as words_of

AT = "/gmina/gogolin/porozumienia"
TODAY = timezone.localdate()


def names(agreement: Agreement) -> list[list[str]]:
    return [[line["name"] for line in one.lines] for one in agreement.annexes.all()]


def ended(contact: ContactPerson, on: date, who: Any = None) -> ContactPerson:
    contact.refresh_from_db()
    return parties.end_contact(
        by=who or make.by(), contact_id=contact.pk, version=contact.version, ended_on=on
    )


@pytest.mark.usefixtures("in_partnership")
def test_the_list_is_made_when_it_comes_into_force_and_with_each_change() -> None:
    last = TODAY - timedelta(days=1)
    agreement = make_force.sent(make.whole("C", 3, force="DEADLINE", sign_by=last), on=last)
    first, second, third = agreement.parties.all()
    for one in (first, second):
        make_force.signed(one, on=last)
    agreement = make_force.looked_at(agreement)
    frozen = kept(text_of(agreement).everything())
    assert names(agreement) == [["Jan Przykładowy"] * 2]
    new = make.contact(first, full_name="Ewa Nowa")
    parties.edit_contact(
        by=make.by(), contact_id=new.pk, version=0, values={"function": "pedagożka"}
    )
    ended(first.contacts.order_by("pk")[0], TODAY)
    Agreement.objects.update(force="LAST")  # nobody signs it any more
    later.signed(later.prepared_again(third))
    assert [one.why for one in agreement.annexes.all()] == ["FORCE", *["PEOPLE"] * 3, "ACCESSION"]
    assert names(agreement)[-1] == ["Ewa Nowa", "Jan Przykładowy", "Jan Przykładowy"]
    assert [one.number for one in agreement.annexes.all()] == [1, 2, 3, 4, 5]
    assert kept(text_of(Agreement.objects.get()).everything()) == frozen


def test_people_of_whoever_is_only_about_to_accede_are_known_to_the_parties_alone(
    in_partnership: TenantRef,
) -> None:
    own, stranger, hospital = (make_people.organisation() for _ in range(3))
    agreement = later.in_force(3, 2, "C", own)
    joining = later.prepared(agreement, hospital).party
    late = later.prepared_again(agreement.parties.get(position=3)).party
    assert joining is not None and late is not None
    make.contact(joining, full_name="Ewa Przystępująca")
    make.contact(late, full_name="Ewa Spóźniona")
    readers = [
        make_people.signed_in(in_partnership, Role.PARTNER_HEAD, organisation=of)[0]
        for of in (own, hospital, stranger)
    ]
    readers.append(support.signed_in(in_partnership, support.confirmed(in_partnership))[0])
    pages = [words_of(one.get(f"{AT}/{agreement.pk}/osoby/")) for one in readers]
    assert ["Ewa Przystępująca" in page for page in pages] == [True, True, False, False]
    assert ["Ewa Spóźniona" in page for page in pages] == [True, False, False, False]
    assert all("Jan Przykładowy" in page for page in pages)


@pytest.mark.usefixtures("in_partnership")
def test_an_institution_names_others_however_many_it_named_before() -> None:
    party = later.in_force().parties.all()[0]
    ContactPerson.objects.filter(party=party).update(ended_on=TODAY)
    values = make.named(ended_on=TODAY)
    ContactPerson.objects.bulk_create(
        ContactPerson(party=party, **values) for _ in range(parties.MOST_CONTACTS)
    )
    make.contact(party)
    assert party.contacts.filter(ended_on=None).count() == 1


@pytest.mark.usefixtures("in_partnership")
def test_it_is_made_at_once_when_a_party_goes_and_says_why() -> None:
    agreement = later.in_force(4, 4)
    first, second, third, _ = agreement.parties.all()
    life.leave(first, 5)
    assert not agreement.annexes.filter(why="LEFT").exists()
    life.leave(second)
    life.merge(third, make_people.organisation())
    whys = [(one.why, len(one.lines)) for one in agreement.annexes.all()]
    assert whys[-2:] == [("LEFT", 3), ("MERGED", 2)]
    last = agreement.annexes.last()
    annex.refresh_at(by=SYSTEM, agreement_id=agreement.pk)
    assert agreement.annexes.last() == last


@pytest.mark.usefixtures("in_partnership")
@pytest.mark.parametrize("has_people", [True, False])
def test_whoever_hears_of_an_accession_hears_of_a_new_list_only_if_there_is_one(
    has_people: bool,
) -> None:
    agreement = later.in_force()
    annex.refresh_at(by=SYSTEM, agreement_id=agreement.pk)
    accession = later.prepared(agreement, make_people.organisation(email="s@example.pl"))
    if has_people:
        make.contact(accession.party)
    later.signed(accession)
    mail = Outgoing.objects.filter(payload__code="AGREEMENT_ACCEDED").first()
    assert ("powstał na nowo" in mail.payload["text"]) is has_people


@pytest.mark.usefixtures("in_partnership")
def test_a_party_changes_its_own_people_and_nobody_elses() -> None:
    own, other = make_people.organisation(), make_people.organisation()
    agreement = later.in_force(3, 2, "C", own, other)
    head = make_people.by(make_people.head(own))
    mine, others = (agreement.parties.get(organisation=one) for one in (own, other))
    make.contact(mine, who=head, full_name="Ewa Nowa")
    annex_count = AnnexVersion.objects.count()
    left = make_people.by(make_people.head(own))
    left_person = left.person_id
    make_people.RoleAssignment.objects.filter(person=left_person).update(ended_on=TODAY)
    strangers = (head, make_people.by(make_people.person(Role.SOCIAL_WORKER)))
    for stranger in strangers:
        with pytest.raises(Refused):
            make.contact(others, who=stranger)
        with pytest.raises(Refused):
            ended(others.contacts.get(), TODAY, stranger)
    with pytest.raises(Refused):
        make.contact(mine, who=left)
    apart = agreement.parties.order_by("position").last()
    with pytest.raises(Problem, match="nie obowiązuje"):
        make.contact(apart)
    assert others.contacts.get().ended_on is None
    assert (AnnexVersion.objects.count(), apart.contacts.count()) == (annex_count, 1)


@pytest.mark.usefixtures("in_partnership")
def test_in_a_draft_and_before_the_parties_it_is_as_before() -> None:
    own = make_people.organisation()
    head = make_people.by(make_people.head(own))
    agreement = make.before(own)
    party = agreement.parties.get(organisation=own)
    with pytest.raises(Refused):
        make.contact(party, who=head)
    make.contact(party)
    make_force.sent(agreement)
    with pytest.raises(Problem, match="nie można teraz zmienić"):
        make.contact(party)
    assert not AnnexVersion.objects.exists()


@pytest.mark.usefixtures("in_partnership")
def test_in_a_a_person_who_is_named_later_takes_a_seat() -> None:
    own = make_people.organisation()
    agreement = later.in_force(3, 2, "A", own)
    person = make_people.head(own)
    one = make.contact(agreement.parties.get(organisation=own), person=person)
    team = Team.objects.get(rests_on=agreement.pk)
    assert Seat.objects.taken(TODAY).filter(team=team, person=person).exists()
    ended(one, TODAY)
    assert not Seat.objects.taken(TODAY).filter(team=team, person=person).exists()
    assert len(names(agreement)) == 2


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["add", "end", "edit", "accede", "night"]),
        st.integers(0, 9),
        st.integers(-2, 3),
        st.integers(0, 2),
    ),
    max_size=8,
)


@settings(max_examples=cases(6), deadline=None)
@given(changes=CHANGES)
def test_a_version_is_the_people_of_its_day(partnership: TenantRef, changes: Any) -> None:
    with inside(partnership), transaction.atomic():
        agreement = later.in_force(4, 2)
        day = TODAY
        for kind, which, shift, passes in changes:
            day += timedelta(days=passes)
            with time_machine.travel(f"{day}T12:00:00+01:00", tick=False):
                _changed(agreement, kind, which, day + timedelta(days=shift))
                night = replace(SYSTEM, day=day)
                annex.refresh_at(by=night, agreement_id=agreement.pk)
                last = agreement.annexes.order_by("number").last()
                assert last is not None
                assert last.lines == lines_of(agreement, day) == _expected(agreement, day)
                assert last.as_of <= day
        numbers = [one.number for one in agreement.annexes.all()]
        assert numbers == list(range(1, len(numbers) + 1))
        transaction.set_rollback(True)


def _changed(agreement: Agreement, kind: str, which: int, day: date) -> None:
    """One change, as the actions would write its rows."""
    contacts = ContactPerson.objects.filter(party__agreement=agreement).order_by("pk")
    contact = contacts[which % len(contacts)]
    if kind == "add":
        party = agreement.parties.all()[which % 4]
        row = make.named(full_name=f"Osoba {which}", from_on=day)
        ContactPerson.objects.create(party=party, **row)
    elif kind == "end":
        contact.end(day)
    elif kind == "edit":
        contacts.filter(pk=contact.pk).update(phone=f"77 000 00 {which:02}")
    elif kind == "accede":
        party = agreement.parties.all()[2 + which % 2]
        Party.objects.filter(pk=party.pk).update(state="ACCEDED", acceded_on=day)


def _expected(agreement: Agreement, day: date) -> list[dict[str, str]]:
    """Straight from the tables: the first two signed on the first day, the others when they acceded."""
    found = []
    for number, party in enumerate(agreement.parties.order_by("position")):
        since = TODAY if number < 2 else party.acceded_on
        if since is None or since > day:
            continue
        for one in party.contacts.order_by("from_on", "pk"):
            if one.from_on <= day and (one.ended_on is None or one.ended_on > day):
                found.append(
                    {
                        "contact": str(one.pk),
                        "institution": party.name,
                        "name": one.full_name,
                        "position": one.function,
                        "phone": one.phone,
                        "email": one.email,
                    }
                )
    return found


@pytest.fixture
def place(in_partnership: TenantRef) -> tuple[Client, Agreement, Party]:
    """A party's head at a browser, of an agreement in force with a list."""
    own = make_people.organisation()
    agreement = later.in_force(3, 2, "C", own)
    annex.refresh_at(by=SYSTEM, agreement_id=agreement.pk)
    browser, _ = make_people.signed_in(in_partnership, Role.PARTNER_HEAD, organisation=own)
    return browser, agreement, agreement.parties.get(organisation=own)


def test_a_head_adds_mends_and_ends_a_person_on_the_pages(place: Any) -> None:
    head, agreement, party = place
    form = {
        "key": "01890000-0000-7000-8000-000000000001",
        "full_name": "Ewa Nowa",
        "function": "pedagog",
        "phone": "77 111 11 11",
        "from_on": TODAY.isoformat(),
    }
    at = f"{AT}/{agreement.pk}/osoby/"
    answer = head.post(f"{AT}/strony/{party.pk}/osoba/", form)
    assert (answer.status_code, answer.url) == (302, at)
    contact = party.contacts.get(full_name="Ewa Nowa")
    form |= {"version": 0, "function": "psycholog"}
    assert head.post(f"{AT}/osoby/{contact.pk}/", form).status_code == 302
    shown = words_of(head.get(at))
    assert "Ewa Nowa, psycholog" in shown
    assert "Wykaz osób, wersja 3 z" in shown
    changed = words_of(head.get(f"{at}roznice/?od=1&do=3"))
    assert "nowe" in changed
    assert "Ewa Nowa" in changed
    version = agreement.annexes.last()
    assert version is not None
    for kind in ("pdf", "docx"):
        assert head.get(f"{AT}/wykazy/{version.pk}/wykaz.{kind}").status_code == 200
    end = {"version": 1, "ended_on": TODAY.isoformat()}
    assert head.post(f"{AT}/osoby/{contact.pk}/koniec/", end).status_code == 302
    assert "Ewa Nowa" not in words_of(head.get(at))


@pytest.mark.usefixtures("in_partnership")
def test_a_version_is_printed_as_it_was_whatever_changed_since() -> None:
    agreement = later.in_force()
    annex.refresh_at(by=SYSTEM, agreement_id=agreement.pk)
    version = agreement.annexes.get()
    ContactPerson.objects.update(full_name="Ktoś Inny")
    for kind, start in ((PDF, b"%PDF"), (DOCX, b"PK")):
        assert printed_annex(version, kind, by=make.by()).startswith(start)
    assert {line["name"] for line in version.lines} == {"Jan Przykładowy"}
