"""A party goes by another name, or a successor steps into its part; an agreement ends (POR)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from kooperacja.audit.actor import SYSTEM
from kooperacja.audit.models import Entry
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import Problem, Refused
from powiat.pzk.standing import snapshot
from tenants.agreements import indicators
from tenants.agreements.actions import ending
from tenants.agreements.annexed import lines_of
from tenants.agreements.cover import final_of
from tenants.agreements.exit import write_agreements
from tenants.agreements.forms.departures import SuccessorForm
from tenants.agreements.frozen import text_of as read
from tenants.agreements.models import Agreement, Departure, Ending, Party, Renaming, Signature
from tenants.agreements.standing import Standing, counted_parties, parties_in_force
from tenants.people.models import RoleAssignment
from tenants.registry.roles import Role
from tenants.teams.models import Seat, Team
from tests.factories import agreement_force as make_force
from tests.factories import agreement_later as later
from tests.factories import agreement_life as life
from tests.factories import agreements as make
from tests.factories import amendments as make_amendment
from tests.factories import people as make_people
from tests.tenants.agreements.test_agreement_pages import Sheets
from tests.tenants.reading import text_of

TODAY, day = life.TODAY, life.day
AT = "/gmina/gogolin/porozumienia"


@pytest.fixture
def agreement(in_partnership: TenantRef) -> Agreement:
    """C, in force between three."""
    return life.bound()


def names(agreement: Agreement, on: int = 0) -> list[str]:
    agreement = Agreement.objects.get(pk=agreement.pk)
    return [one.name for one in parties_in_force(agreement, day(on))]


def seated(agreement: Agreement, on: int = 0) -> set[str]:
    seats = Seat.objects.on(day(on)).filter(team__rests_on=agreement.pk)
    return {seat.organisation.name for seat in seats if seat.organisation}


def test_the_text_keeps_the_name_of_its_day_and_the_page_says_the_new_one(
    keeper: Client, agreement: Agreement
) -> None:
    party = agreement.parties.all()[0]
    before = [line.text for line in read(agreement).everything()]
    life.rename(party, "Szpital Połączony Przykładowy", -2)
    with pytest.raises(ValidationError, match="już tak się nazywa"):
        life.rename(party, "Szpital Połączony Przykładowy")
    with pytest.raises(ValidationError, match="wpisz ją jako następcę"):
        life.rename(party, agreement.parties.all()[1].name.upper())
    assert [line.text for line in read(agreement).everything()] == before
    assert Party.objects.get(pk=party.pk).name == party.name
    assert Renaming.objects.count() == 1
    page = text_of(keeper.get(f"{AT}/{agreement.pk}/"))
    assert "działa pod nazwą: Szpital Połączony Przykładowy. Dokument: uchwała nr 12/2026" in page


def test_a_successor_steps_in_with_the_number_and_a_seat_and_signs_nothing(
    agreement: Agreement,
) -> None:
    party, *others = agreement.parties.all()
    new, signatures = make_people.organisation(), Signature.objects.count()
    departure = life.merge(party, new, -3)
    successor = departure.successor
    assert successor is not None
    assert (successor.position, successor.stepped_in_on) == (party.position, day(-3))
    assert set(names(agreement)) == {new.name, *(one.name for one in others)}
    assert party.name in names(agreement, -4)
    assert new.name in seated(agreement)
    assert party.name not in seated(agreement)
    assert Signature.objects.count() == signatures
    agreement.refresh_from_db()
    assert agreement.ended_on is None


def test_of_two_parties_that_merge_the_one_that_stays_goes_on_alone(agreement: Agreement) -> None:
    first, second, third = agreement.parties.all()
    departure = life.merge(first, second.organisation)
    assert departure.successor == second
    assert agreement.parties.count() == 3
    assert names(agreement) == [second.name, third.name]
    life.merge(second, third.organisation)
    agreement.refresh_from_db()
    assert (agreement.state, names(agreement)) == ("ENDED", [])


def test_who_left_is_no_successor_and_a_day_to_come_neither(agreement: Agreement) -> None:
    first, second, _ = agreement.parties.all()
    life.leave(first)
    with pytest.raises(ValidationError, match="nie wiąże"):
        life.merge(second, first.organisation)
    with pytest.raises(ValidationError, match="już przejął"):
        life.merge(second, make_people.organisation(), 2)
    with pytest.raises(ValidationError, match="inna instytucja"):
        life.merge(second, second.organisation)
    assert len(names(agreement)) == 2


def wrong_successor(party: Party, *into: Any, **said: Any) -> list[str]:
    """The fields beside which it is said why this can be no successor; nothing is kept."""
    before = Party.objects.count(), Departure.objects.count()
    with pytest.raises(ValidationError) as refused:
        life.merge(Party.objects.get(pk=party.pk), *into, **said)
    assert (Party.objects.count(), Departure.objects.count()) == before
    return [*refused.value.message_dict]


def test_why_an_institution_is_no_successor_is_said_beside_the_field_that_names_it(
    in_partnership: TenantRef,
) -> None:
    draft = make.draft("C", **make.BLANKS)
    office = make.party(draft, is_office=True, name="Ośrodek Przykładowy")
    school, clinic = (make.party(draft, make_people.organisation()) for _ in range(2))
    typed, other = (make.party(draft, name=f"Fundacja {name}") for name in ("Pierwsza", "Druga"))
    parties = [office, school, clinic, typed, other]
    make_force.in_force(draft, dict.fromkeys(parties, day(-9)), day(-9))
    life.rename(school, "Szkoła Połączona Przykładowa", -2)
    assert wrong_successor(school, school.organisation) == ["organisation"]
    assert wrong_successor(school, name="szkoła  połączona przykładowa") == ["name"]
    assert wrong_successor(office, is_office=True, name="Ośrodek Inny") == ["is_office"]
    assert wrong_successor(typed, name="FUNDACJA PIERWSZA") == ["name"]
    for one in (office, clinic, other):
        life.leave(one)
    assert wrong_successor(school, is_office=True, name="Ośrodek Inny") == ["is_office"]
    assert wrong_successor(school, clinic.organisation) == ["organisation"]
    assert wrong_successor(school, name="Fundacja Druga") == ["name"]


def test_the_page_says_beside_its_field_that_the_office_is_no_party_any_more(
    in_partnership: TenantRef, keeper: Client
) -> None:
    draft = make.draft("C", **make.BLANKS)
    office = make.party(draft, is_office=True, name="Ośrodek Przykładowy")
    parties = [office, *(make.party(draft, make_people.organisation()) for _ in range(2))]
    make_force.in_force(draft, dict.fromkeys(parties, day(-9)), day(-9))
    life.leave(office)
    said = {"key": str(life.uuid7()), "file": make_people.pdf(), "from_on": TODAY().isoformat()}
    said |= {"basis": "uchwała nr 1/2026", "is_office": "on", "name": "Ośrodek Przykładowy"}
    answer = keeper.post(f"{AT}/strony/{parties[1].pk}/nastepca/", said)
    # The browser keeps no file, so that it is to be chosen again.
    wrong = {*answer.context["form"].errors}
    assert (answer.status_code, wrong) == (422, {"is_office", "file"})


def test_a_party_whose_leave_lies_ahead_has_another_name_until_it_leaves(
    keeper: Client, agreement: Agreement
) -> None:
    party, other, _ = agreement.parties.all()
    life.leave(party, 5)
    page = text_of(keeper.get(f"{AT}/{agreement.pk}/"))
    assert f"strony/{party.pk}/nazwa/" in page
    assert f"strony/{party.pk}/nastepca/" not in page
    assert keeper.get(f"{AT}/strony/{party.pk}/nazwa/").status_code == 200
    life.rename(party, "Szpital Połączony Przykładowy", -1)
    assert Party.objects.get(pk=party.pk).name_now == "Szpital Połączony Przykładowy"
    with pytest.raises(ValidationError, match="i tak przestaje"):
        life.rename(party, "Szpital Jeszcze Inny", 5)
    for again in (life.leave, life.merge):
        with pytest.raises(Problem, match="Koniec udziału tej Strony już wpisano"):
            again(Party.objects.get(pk=party.pk))
    life.leave(other)
    with pytest.raises(Problem, match="Koniec udziału"):
        life.rename(other, "Szkoła Inna Przykładowa")
    assert Renaming.objects.count() == 1


def test_an_agreement_ends_on_its_day_with_team_seats_and_roles(agreement: Agreement) -> None:
    party = agreement.parties.all()[0]
    person = make_people.person(Role.PARTY, organisation=party.organisation)
    Agreement.objects.update(created_at=timezone.now() - timedelta(days=20))
    kept = life.end(agreement, 3)
    assert (len(names(agreement, 2)), names(agreement, 3)) == (3, [])
    assert (len(seated(agreement, 2)), seated(agreement, 3)) == (3, set())
    life.go_on(kept)
    assert len(names(agreement, 9)) == 3
    life.end(agreement, -1)
    agreement.refresh_from_db()
    assert (agreement.state, agreement.ended_on) == ("ENDED", day(-1))
    assert Team.objects.get(rests_on=agreement.pk).ended_on == day(-1)
    assert person.role_assignments.get().ended_on == TODAY()
    assert {one.end_kind for one in agreement.parties.all()} == {"AGREEMENT"}
    assert Entry.objects.filter(verb="AGREEMENT_CEASED").count() == 1
    with pytest.raises(Problem, match="nie obowiązuje"):
        life.leave(party)
    counted = indicators.by_variant_and_state
    assert (counted(TODAY()), counted(day(-2))) == ({"C_ENDED": 1}, {"C_IN_FORCE": 1})


def test_at_night_what_was_to_end_ends_once(agreement: Agreement) -> None:
    life.end(agreement, 1)
    Ending.objects.update(from_on=TODAY())
    Agreement.objects.update(ended_on=TODAY())
    for _ in range(2):
        for key in ending.to_settle(TODAY()):
            ending.settle_at(by=SYSTEM, agreement_id=key)
    agreement.refresh_from_db()
    assert agreement.state == "ENDED"
    assert Entry.objects.filter(verb="AGREEMENT_CEASED").count() == 1


def test_an_ended_agreement_is_read_by_its_parties_and_members_and_signed_by_nobody(
    in_partnership: TenantRef, agreement: Agreement
) -> None:
    party, other, _ = agreement.parties.select_related("organisation")
    make.party(make.draft("A"), party.organisation)  # so that its people stay
    left = make.party(make.draft("A"), other.organisation)
    life.leave(other, -1)
    life.end(agreement)
    reader, _ = make_people.signed_in(in_partnership, Role.PARTY, organisation=party.organisation)
    gone, _ = make_people.signed_in(in_partnership, Role.PARTY, organisation=left.organisation)
    page = text_of(reader.get(f"{AT}/{agreement.pk}/"))
    assert "Nie obowiązuje" in page
    assert "Wpisz odejście" not in page
    assert reader.get(f"{AT}/{agreement.pk}/tekst/").status_code == 200
    assert gone.get(f"{AT}/{agreement.pk}/").status_code == 403


def test_only_the_office_enters_names_successors_and_ends(agreement: Agreement) -> None:
    party = agreement.parties.all()[0]
    head = make_people.head(party.organisation)
    RoleAssignment.objects.create(
        person=head, role=Role.PARTY, organisation=party.organisation, from_on=day(-9)
    )
    who = make.by_of(head)
    with pytest.raises(Refused):
        life.rename(party, "Inna", who=who)
    with pytest.raises(Refused):
        life.merge(party, make_people.organisation(), who=who)
    with pytest.raises(Refused):
        life.end(agreement, who=who)
    assert len(names(agreement)) == 3


def test_the_office_enters_them_on_their_pages(keeper: Client, agreement: Agreement) -> None:
    party, second, _ = agreement.parties.all()
    given = {"from_on": TODAY().isoformat(), "basis": "uchwała nr 1/2026"}

    def send(at: str, **fields: str) -> int:
        key, file = str(life.uuid7()), make_people.pdf()
        return keeper.post(f"{AT}/{at}", {"key": key, "file": file, **given, **fields}).status_code

    assert send(f"strony/{party.pk}/nazwa/", name="Nowa Szkoła Przykładowa") == 302
    of = str(make_people.organisation(name="Centrum Następca Przykładowe").pk)
    assert send(f"strony/{second.pk}/nastepca/", organisation=of) == 302
    page = text_of(keeper.get(f"{AT}/{agreement.pk}/"))
    assert "Następca: Centrum Następca Przykładowe. Dokument: uchwała nr 1/2026" in page
    assert send(f"{agreement.pk}/koniec/", reason="Strony tak postanowiły.") == 302
    assert "Nie obowiązuje" in text_of(keeper.get(f"{AT}/{agreement.pk}/"))


def test_the_list_of_parties_marks_who_left_leaves_succeeded_and_joins(
    keeper: Client, agreement: Agreement
) -> None:
    first, second, _ = agreement.parties.all()
    heir = make_people.organisation(name="Szpital Następny Przykładowy")
    make_people.person(Role.NETWORK_OFFICER, email="biuro@example.pl")
    life.leave(first, 3)
    life.merge(second, heir, -1)
    later.acceded(agreement)
    later.prepared(agreement, make_people.organisation())
    page = keeper.get(f"{AT}/{agreement.pk}/")
    shown = " ".join(text_of(page).split())
    for said in (
        f"Stroną od {pl_date(day(-1))} jako następca: {second.name}",
        f"Nie będzie Stroną od {pl_date(day(3))}",
        f"Nie jest Stroną od {pl_date(day(-1))}",
        f"Następca: {heir.name}",
        "przystępuje, jeszcze nie podpisano",
        f"przystąpiono {pl_date(TODAY())}",
    ):
        assert " ".join(said.split()) in shown
    mail = Outgoing.objects.filter(payload__code="AGREEMENT_PARTY_LEAVES", kind="MAIL").first()
    assert mail is not None
    assert "Nie będzie Stroną od" in mail.payload["text"]
    with pytest.raises(Problem) as refusal:
        life.leave(Party.objects.get(pk=first.pk))
    assert "nie będzie Stroną od" in refusal.value.explanation


def test_the_list_of_agreements_counts_those_whom_each_binds(
    keeper: Client, agreement: Agreement
) -> None:
    first, second, _ = agreement.parties.all()
    life.merge(first, make_people.organisation(), -1)
    later.acceded(agreement)
    later.prepared(agreement, make_people.organisation())
    life.leave(second)
    late = make.whole("C", 4, force="DEADLINE", sign_by=day(-5))
    days = zip(late.parties.all(), (day(-6), day(-5), day(-2)), strict=False)
    make_force.in_force(late, dict(days), day(-4))
    make.whole("B", 4)
    found = Agreement.objects.annotate(found=counted_parties(TODAY())).order_by("created_at", "pk")
    assert [one.found for one in found] == [3, 2, 4]
    assert [len(Standing(one).bound(TODAY())) for one in found[:2]] == [3, 2]


def test_the_seat_that_a_party_hides_stays_hidden_with_its_successor(
    agreement: Agreement,
) -> None:
    party, other, _ = agreement.parties.all()
    Party.objects.filter(pk=party.pk).update(hides_seat=True)
    party.refresh_from_db()
    for one in (party, other):
        form = SuccessorForm(party=one)
        assert form["hides_seat"].initial is one.hides_seat
    successor = life.merge(party, make_people.organisation()).successor
    assert successor is not None and successor.hides_seat


def test_what_is_made_or_read_later_bears_the_new_name(
    keeper: Client, agreement: Agreement, django_assert_num_queries: Any
) -> None:
    party, other, _ = agreement.parties.all()
    make.contact(party, from_on=day(-5))
    life.rename(other, "Stara Przykładowa", -3)
    life.rename(party, "Szpital Połączony Przykładowy", -2)
    life.rename(party, "Szpital Dopiero Przykładowy", 2)
    new = "Szpital Połączony Przykładowy"
    assert new in text_of(Client().get(f"{AT}/publicznie/"))
    assert new in text_of(keeper.get(f"{AT}/{agreement.pk}/osoby/"))
    assert [one["institution"] for one in lines_of(agreement, TODAY())] == [new]
    assert [one["institution"] for one in lines_of(agreement, day(-3))] == [party.name]
    known = snapshot(agreement, TODAY())
    assert known is not None
    assert new in [one.name for one in known.parties]
    amendment = make_amendment.lying(agreement)
    assert amendment.document is not None
    context = amendment.document.context
    assert context["parties"][0]["text"].startswith(f"{new}, z siedzibą")
    assert new in str(context["cover"]["parties"])
    assert new in str(later.prepared(agreement, later.hospital()).document.context["parties"])
    with django_assert_num_queries(1):
        names = [one.name_on(TODAY()) for one in agreement.parties.with_names()]
    assert names[:2] == [new, "Stara Przykładowa"]


def test_an_ended_agreement_is_read_whole_as_it_was_on_its_last_day(
    in_partnership: TenantRef, keeper: Client, agreement: Agreement
) -> None:
    party = agreement.parties.all()[0]
    make.contact(party, from_on=day(-5))
    Agreement.objects.filter(pk=agreement.pk).update(number="POR/7/2026")
    life.end(agreement)
    at = f"{AT}/{agreement.pk}"
    page = text_of(keeper.get(f"{at}/"))
    assert "Porozumienie nr POR/7/2026, wariant C, nie obowiązuje od" in page
    assert "(anulowany)" not in page + text_of(keeper.get(f"{AT}/"))
    between = page.partition("Do końca obowiązywało między Stronami:")[2].partition("</ul>")[0]
    assert f"{party.label}: {party.name}" in between
    assert "Tekst, który obowiązywał, z tym, kto podpisał" in page
    assert "Jan Przykładowy" in (people := text_of(keeper.get(f"{at}/osoby/")))
    assert "Dodaj osobę" not in people
    publicised = text_of(keeper.get(f"{at}/upublicznienie/"))
    assert party.name in publicised
    assert "Wpisz, gdzie upubliczniono" not in publicised
    agreement.refresh_from_db()
    final = final_of(agreement)
    assert (len(final["signed"]), bool(final["ended_on"])) == (3, True)


def test_the_exit_package_says_how_long_each_party_was_bound(agreement: Agreement) -> None:
    party, other, _ = agreement.parties.all()
    life.merge(party, make_people.organisation(), -2)
    life.rename(other, "Nowa Nazwa Przykładowa")
    pack = Sheets()
    write_agreements(pack)
    rows = {row[2]: row[7:] for row in pack.rows["porozumienia/strony"]}
    merged = [day(-9), day(-2), "przejęcie przez następcę", None]
    assert rows[party.name] == [party.name, "podpisano", *merged]
    assert rows[other.name][:4] == ["Nowa Nazwa Przykładowa", "podpisano", day(-9), None]
