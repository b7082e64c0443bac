"""The address of a protected place stays in the unit that says so (POR-C §2.4.6)."""

from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.guard.checking import check
from kooperacja.guard.kinds import Kind
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.agreements.actions import linking, parties, publicity
from tenants.agreements.models import Party, Publicity
from tenants.exchange.actions import find_institution
from tenants.exchange.models import InstitutionNote
from tenants.exchange.outbox import institution
from tenants.people.actions import organisations
from tenants.people.models import Organisation, OrganisationMerge
from tenants.registry.roles import Role
from tests.factories import agreement_later as later
from tests.factories import agreement_life as life
from tests.factories import agreements as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.tenants.reading import text_of

NEW = "/gmina/gogolin/partnerstwo/instytucje/nowa/"
WHERE = {"street": "ul. Ukryta 7", "postal_code": "47-300", "city": "Krapkowice"}
SHELTER = {"name": "Dom Przykładowy", "sector": "NGO", "regon": make_people.regon(771), **WHERE}
NOWHERE = dict.fromkeys(WHERE, "")


def enter(**changed: str) -> Organisation:
    return organisations.add_organisation(
        by=make_people.by(make_people.lead()), key=uuid7(), values={**SHELTER, **changed}
    )


def told(unit: TenantRef) -> dict[str, str]:
    """The address that other units find, once the workers have carried what this one says."""
    for message in Outgoing.objects.filter(kind="INSTITUTION").order_by("created_at", "id"):
        institution(message, unit)
    return found()


def found() -> dict[str, str]:
    known = find_institution(regon=SHELTER["regon"])
    assert known is not None
    assert known.name == SHELTER["name"]
    return {name: getattr(known, name) for name in WHERE}


def hide(party: Party, *, hides_seat: bool = True) -> None:
    version = Party.objects.get(pk=party.pk).version
    publicity.set_seat(by=make.by(), party_id=party.pk, version=version, hides_seat=hides_seat)


def test_other_units_forget_the_address_of_a_place_that_is_protected(
    in_partnership: TenantRef,
) -> None:
    shelter = enter()
    assert told(in_partnership) == WHERE
    party = later.in_force(3, 2, "C", shelter).parties.get(organisation=shelter)
    hide(party)
    assert told(in_partnership) == NOWHERE
    assert list(InstitutionNote.objects.values_list(*WHERE)) == [("", "", "")]
    sent = Outgoing.objects.filter(kind="INSTITUTION").order_by("created_at", "id")
    assert set(WHERE).isdisjoint([*sent][-1].payload)
    organisations.edit_organisation(
        by=make.by(), organisation_id=shelter.pk, version=shelter.version, values={"krs": "1"}
    )
    assert told(in_partnership) == NOWHERE
    hide(party, hides_seat=False)
    assert told(in_partnership) == WHERE


def test_what_was_said_before_it_was_hidden_and_comes_late_tells_nothing(
    in_partnership: TenantRef,
) -> None:
    hide(later.in_force(3, 2, "C", shelter := enter()).parties.get(organisation=shelter))
    assert told(in_partnership) == NOWHERE
    first, *_ = Outgoing.objects.filter(kind="INSTITUTION").order_by("created_at", "id")
    assert first.payload["street"] == WHERE["street"]
    institution(first, in_partnership)
    assert found() == NOWHERE
    for name in ("hides_seat", "said_at"):  # as the release before said it
        del first.payload[name]
    institution(first, in_partnership)
    assert found() == NOWHERE


def test_where_one_unit_says_so_no_other_tells_where_it_is(
    in_partnership: TenantRef, powiat: TenantRef
) -> None:
    with inside(powiat):
        make_partnership.found(powiat)
        enter(nip="1990016015")
        assert told(powiat) == WHERE
    hide(later.in_force(3, 2, "C", shelter := enter()).parties.get(organisation=shelter))
    told(in_partnership)
    keeper, _ = make_people.signed_in(in_partnership, Role.NETWORK_OFFICER)
    page = text_of(keeper.get(NEW, {"regon": SHELTER["regon"]}))
    answer = keeper.get(NEW, {"regon": SHELTER["regon"]}).content.decode()
    assert "zna już ktoś" in page
    assert 'value="Dom Przykładowy"' in answer
    assert not any(words in answer for words in WHERE.values())


def test_a_party_that_is_added_hidden_is_told_and_one_that_is_removed_no_more(
    in_partnership: TenantRef,
) -> None:
    party = make.party(make.draft("C"), enter(), hides_seat=True)
    assert told(in_partnership) == NOWHERE
    version = Party.objects.get(pk=party.pk).version
    parties.remove_party(by=make.by(), party_id=party.pk, version=version)
    assert told(in_partnership) == WHERE


def test_a_party_of_a_draft_that_is_hidden_later_is_told(in_partnership: TenantRef) -> None:
    party = make.party(make.draft("C"), shelter := enter())
    values = make.said(shelter, hides_seat=True)
    said = {"party_id": party.pk, "version": party.version, "number": 1, "values": values}
    parties.edit_party(by=make.by(), **said)
    assert told(in_partnership) == NOWHERE


def test_an_institution_that_accedes_hidden_is_told(in_partnership: TenantRef) -> None:
    later.prepared(later.in_force(), enter(), hides_seat=True)
    assert told(in_partnership) == NOWHERE


def test_a_typed_party_that_is_linked_is_told(in_partnership: TenantRef) -> None:
    party = later.in_force().parties.all()[0]
    hide(party)
    version = Party.objects.get(pk=party.pk).version
    linking.link(by=make.by(), party_id=party.pk, version=version, organisation=enter())
    assert told(in_partnership) == NOWHERE


def test_a_successor_is_as_protected_as_whom_it_follows(in_partnership: TenantRef) -> None:
    party = later.in_force(3, 2, "C", make_people.organisation()).parties.all()[0]
    hide(party)
    life.merge(Party.objects.get(pk=party.pk), enter())
    assert told(in_partnership) == NOWHERE


SAID = "Spotkamy się w domu przy ul. Ukrytej 7, obok szkoły przy ul. Jawnej 3."


def kept_back() -> list[str]:
    """The addresses at which the guard stops a text that goes to everybody."""
    findings = check({"text": SAID}).findings["text"]
    assert {one.kind for one in findings} <= {Kind.ADDRESS}
    return [one.words for one in findings]


def test_the_guard_takes_no_protected_address_for_public(in_partnership: TenantRef) -> None:
    enter(name="Szkoła Przykładowa", regon=make_people.regon(772), street="ul. Jawna 3")
    shelter = enter()
    assert kept_back() == []
    party = later.in_force(3, 2, "C", shelter).parties.get(organisation=shelter)
    hide(party)
    assert kept_back() == ["ul. Ukrytej 7"]
    hide(party, hides_seat=False)
    assert kept_back() == []


def test_an_entry_that_was_merged_into_a_protected_one_tells_the_guard_nothing(
    in_partnership: TenantRef,
) -> None:
    enter(name="Szkoła Przykładowa", regon=make_people.regon(772), street="ul. Jawna 3")
    twice, shelter = enter(regon="", name="Dom Przykładowy (dawny wpis)"), enter()
    hide(later.in_force(3, 2, "C", shelter).parties.get(organisation=shelter))
    assert kept_back() == []
    OrganisationMerge.objects.create(
        source=twice, target=shelter, merged_on=timezone.localdate(), merged_by="Anna"
    )
    assert kept_back() == ["ul. Ukrytej 7"]


def test_a_text_for_the_parties_that_says_where_it_is_stops_until_its_writer_says_why(
    in_partnership: TenantRef,
) -> None:
    agreement = later.in_force(3, 2, "C", shelter := enter())
    party = agreement.parties.get(organisation=shelter)
    hide(party)
    keeper, _ = make_people.signed_in(in_partnership, Role.NETWORK_OFFICER)
    at = f"/gmina/gogolin/porozumienia/strony/{party.pk}/upublicznienie/"
    said = {"key": str(uuid7()), "published_on": str(timezone.localdate())}
    said |= {"address": "https://dom.example/", "description": "Dom przy ul. Ukrytej 7"}
    stopped = keeper.post(at, said)
    assert (stopped.status_code, "ul. Ukrytej 7" in text_of(stopped)) == (422, True)
    assert not Publicity.objects.exists()
    assert keeper.post(at, {**said, "description": "Strona domu"}).status_code == 302
    assert Publicity.objects.count() == 1


# --- Whoever is not signed in -------------------------------------------------------------------

SECRET = ("Tajno", "Ukryt", "47-399")
HIDDEN = {"street": "ul. Ukryta 7", "postal_code": "47-399", "city": "Tajnowo"}


def answered(at: str) -> tuple[int, str]:
    """The status of an address, and all that its answer says with its head."""
    answer = Client().get(at)
    return answer.status_code, f"{answer.headers} {answer.content.decode(errors='replace')}"


def test_a_stranger_learns_on_no_way_where_a_protected_party_is(in_partnership: TenantRef) -> None:
    agreement = later.in_force(3, 2, "C", shelter := enter(**HIDDEN))
    party = agreement.parties.get(organisation=shelter)
    Party.objects.filter(pk=party.pk).update(seat="w Tajnowie")
    at, unit, code = "/gmina/gogolin/porozumienia", "/gmina/gogolin", in_partnership.code
    public = f"{at}/publicznie/"
    assert "Tajno" in answered(public)[1]
    hide(party)
    told(in_partnership)
    status, said = answered(public)
    assert (status, shelter.name in said) == (200, True)
    searches = [f"{way}?szukaj=tajnow" for way in (public, "/katalog/", "/katalog/karty/")]
    programs = [f"/api/hsds/{name}" for name in ("organizations", "services", f"{code}/services")]
    closed = [f"{at}/{agreement.pk}/{way}" for way in ("", "tekst/", "projekt.pdf", "osoby/")]
    closed += [f"{at}/strony/{party.pk}/siedziba/", f"{at}/?szukaj=tajnow"]
    closed += [
        f"/api/v1/tenants/{code}/agreements/{agreement.pk}/{way}" for way in ("", "parties/")
    ]
    for way in (public, f"{unit}/dolacz/", *searches, *programs, *closed):
        status, said = answered(way)
        assert [word for word in SECRET if word in said] == [], way
        assert way not in closed or status in (302, 401, 403, 404), way
