"""Agreements, as programs of the office, of a party and of another member read them (POR)."""

import pytest
from django.utils.timezone import localdate

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.agreements.models import Agreement
from tenants.people.models import Organisation
from tenants.registry.roles import Role
from tests.api.conftest import Of
from tests.factories import agreement_later as later
from tests.factories import agreement_life as life
from tests.factories import agreements as make
from tests.factories import amendments as make_amendment
from tests.factories import people as make_people

DAY = localdate().isoformat()


@pytest.fixture
def path(partnership: TenantRef) -> str:
    return f"tenants/{partnership.code}/agreements/"


@pytest.fixture
def party(partnership: TenantRef) -> Organisation:
    with inside(partnership):
        return make_people.organisation(name="Szkoła Przykładowa", sector="EDUCATION")


@pytest.fixture
def agreement(partnership: TenantRef, party: Organisation) -> Agreement:
    """In force between two of three, of which the last has not signed."""
    with inside(partnership):
        draft = make.draft("C", **{**make.BLANKS, "force": "ENOUGH", "enough": 2})
        for of, name in ((party, party.name), (None, "Szpital"), (None, "Klub")):
            make.contact(make.party(draft, of, name=name))
        draft.refresh_from_db()
        agreement = make.sent(draft)
        for one in agreement.parties.all()[:2]:
            make.entered(one)
        return Agreement.objects.get()


def test_a_draft_is_the_offices_until_it_is_shared_and_then_its_parties(
    partnership: TenantRef, program_of: Of, path: str, party: Organisation
) -> None:
    office = program_of(partnership)
    school = program_of(partnership, Role.PARTNER_HEAD, organisation=party)
    with inside(partnership):
        draft = make.draft("A")
        make.party(draft, party)
    assert office.get(path).json()["count"] == 1
    assert school.get(path).json()["count"] == 0
    for below in ("", "parties/", "signatures/"):
        assert school.get(f"{path}{draft.pk}/{below}").status_code == 404
    with inside(partnership):
        make.shared(draft)
    (one,) = school.get(path, state="DRAFT").json()["results"]
    assert (one["id"], one["number"], one["shared_on"]) == (str(draft.pk), "", DAY)
    assert school.get(path, state="IN_FORCE").json()["count"] == 0


def test_what_is_in_force_is_read_with_its_number_text_and_parties(
    partnership: TenantRef, program_of: Of, path: str, agreement: Agreement, party: Organisation
) -> None:
    member = program_of(partnership, Role.SOCIAL_WORKER)
    one = member.get(f"{path}{agreement.pk}/").json()
    assert (one["number"], one["state"]) == (agreement.number, "IN_FORCE")
    assert one["units"] == make.KNOWN["units"]
    assert one["amended_by"] == "ALL"
    assert one["clauses"][0]["text"]
    assert "§ 4 ust. 3" in {clause["name"] for clause in one["clauses"]}
    first, second, third = member.get(f"{path}{agreement.pk}/parties/").json()["results"]
    assert (first["organisation"], first["sector"]) == (str(party.pk), "EDUCATION")
    assert (first["state"], first["signed_on"], first["bound_from"]) == ("SIGNED", DAY, DAY)
    assert (second["organisation"], second["sector"], second["bound_from"]) == (None, None, DAY)
    assert (third["state"], third["signed_on"], third["bound_from"]) == ("WAITING", None, None)
    assert (first["signed_under"], third["signed_under"]) == ("AGREEMENT", None)


def test_who_signed_and_how_is_read_by_the_office_and_the_parties_alone(
    partnership: TenantRef, program_of: Of, path: str, agreement: Agreement, party: Organisation
) -> None:
    at = f"{path}{agreement.pk}/signatures/"
    readers = [
        program_of(partnership),
        program_of(partnership, Role.PARTNER_HEAD, organisation=party),
    ]
    for reader in readers:
        first, _ = reader.get(at).json()["results"]
        assert (first["signer"], first["mode"]) == ("Anna Przykładowa", "PAPER_SCAN")
    first, second = program_of(partnership, Role.SOCIAL_WORKER).get(at).json()["results"]
    assert (first["signed_on"], second["signed_on"]) == (DAY, DAY)
    assert [one[name] for one in (first, second) for name in ("mode", "signer", "function")] == [
        *[None] * 6
    ]


def test_each_signature_says_under_what_it_is(
    partnership: TenantRef, program_of: Of, path: str, agreement: Agreement, party: Organisation
) -> None:
    with inside(partnership):
        fresh = later.acceded(agreement, later.hospital())
        withdrawn = later.prepared(agreement, make_people.organisation(name="Fundacja"))
        later.withdrawn(withdrawn)
        named = [str(one.pk) for one in agreement.parties.all()[:2]]
        aneks = make_amendment.lying(agreement, signers="NAMED", named=named)
        make_amendment.entered(make_amendment.side(aneks))
        stranger = make_people.organisation(name="Klub Seniora")
    at = f"{path}{agreement.pk}/signatures/"
    school = {"organisation": party}
    for reader in (program_of(partnership), program_of(partnership, Role.PARTNER_HEAD, **school)):
        *first, acceded, amended = reader.get(at).json()["results"]
        assert [(one["under"], one["amendment"]) for one in first] == [("AGREEMENT", None)] * 2
        assert (acceded["under"], acceded["party"]) == ("ACCESSION", str(fresh.pk))
        assert (amended["under"], amended["amendment"]) == ("AMENDMENT", str(aneks.pk))
        assert {one["signer"] for one in (*first, acceded, amended)} == {"Anna Przykładowa"}
    # An aneks that is not in force yet does not exist for whoever is no party.
    other = program_of(partnership, Role.PARTNER_HEAD, organisation=stranger)
    rows = other.get(at).json()["results"]
    assert [one["under"] for one in rows] == ["AGREEMENT", "AGREEMENT", "ACCESSION"]
    assert {one["signer"] for one in rows} == {None}
    with inside(partnership):
        make_amendment.entered(make_amendment.side(aneks, 1))
    rows = other.get(at).json()["results"]
    assert [(one["under"], one["signer"]) for one in rows[3:]] == [("AMENDMENT", None)] * 2


def test_whoever_acceded_later_is_bound_from_that_day_and_the_text_is_that_of_its_aneksy(
    partnership: TenantRef, program_of: Of, path: str
) -> None:
    with inside(partnership):
        agreement = make_amendment.agreement("C", 2)
        since = agreement.in_force_from
        amendment = make_amendment.begun(agreement)
        make_amendment.reworded(amendment, "4.3", "Nowa zgoda Stron.")
        make_amendment.since(amendment, localdate())
        later.acceded(agreement, later.hospital())
    member = program_of(partnership, Role.SOCIAL_WORKER)
    first, _, third = member.get(f"{path}{agreement.pk}/parties/").json()["results"]
    assert (first["bound_from"], first["acceded_on"]) == (since.isoformat(), None)
    assert (third["bound_from"], third["acceded_on"], third["signed_on"]) == (DAY, DAY, DAY)
    assert (first["signed_under"], third["signed_under"]) == ("AGREEMENT", "ACCESSION")
    one = member.get(f"{path}{agreement.pk}/").json()
    assert "Nowa zgoda Stron." in [clause["text"] for clause in one["clauses"]]
    (aneks,) = one["amendments"]
    assert (aneks["number"], aneks["state"], aneks["in_force_from"]) == (1, "IN_FORCE", DAY)
    assert one["ended_on"] is None


def test_a_successor_is_bound_from_its_day_and_its_predecessor_until_then(
    partnership: TenantRef, program_of: Of, path: str, party: Organisation
) -> None:
    with inside(partnership):
        agreement = life.bound()
        first, second, _ = agreement.parties.all()
        life.merge(first, party, -2)
        life.rename(second, "Nowa Nazwa Przykładowa", -1)
        make_amendment.begun(agreement)
        life.end(agreement, 5)
    at, since = f"{path}{agreement.pk}/", life.day(-9).isoformat()
    member = program_of(partnership, Role.SOCIAL_WORKER)
    rows = {one["id"]: one for one in member.get(f"{at}parties/").json()["results"]}
    day, end = life.day(-2).isoformat(), life.day(5).isoformat()
    gone = rows.pop(str(first.pk))
    assert (gone["bound_from"], gone["ended_on"], gone["end_kind"]) == (since, day, "MERGED")
    new = rows[gone["successor"]]
    assert (new["organisation"], new["bound_from"], new["ended_on"]) == (str(party.pk), day, end)
    assert rows[str(second.pk)]["name"] == "Nowa Nazwa Przykładowa"
    one = member.get(at).json()
    assert (one["ended_on"], one["amendments"]) == (end, [])
    assert len(program_of(partnership).get(at).json()["amendments"]) == 1
