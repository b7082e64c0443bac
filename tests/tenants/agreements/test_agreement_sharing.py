"""A draft is read by its parties from the day on which it is shared with them (POR preamble)."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kooperacja.audit.about import closed_to
from kooperacja.audit.models import Entry
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.agreements import perms
from tenants.agreements.actions import parties, sharing
from tenants.agreements.models import Agreement
from tenants.people.models import Organisation, Person, RoleAssignment
from tenants.registry.roles import Role
from tests.factories import agreements as make
from tests.factories import people as make_people
from tests.tenants.reading import text_of

AT = "/gmina/gogolin/porozumienia"
OF_PARTY = (Role.PARTNER_COORDINATOR, Role.PARTNER_HEAD, Role.PARTY)


@pytest.fixture
def school(in_partnership: TenantRef) -> Organisation:
    return make_people.organisation(name="Szkoła Podstawowa w Kamieniu")


def draft(of: Organisation) -> Agreement:
    agreement = make.whole("C", 2)
    make.party(agreement, of, signing_body="Gmina Przykładowa")
    return agreement


def unshared(agreement: Agreement, reason: str = "Wracamy do § 2.") -> Agreement:
    agreement.refresh_from_db()
    version = agreement.version
    return sharing.unshare(by=make.by(), agreement_id=agreement.pk, version=version, reason=reason)


def reads(person: Person, agreement: Agreement) -> bool:
    """The list, the page and what is beside the text say the same."""
    anew, agreement = Person.objects.get(pk=person.pk), Agreement.objects.get(pk=agreement.pk)
    said = {
        Agreement.objects.read_by(anew).exists(),
        perms.see_agreement(anew, agreement),
        perms.see_negotiation(anew, agreement),
    }
    assert len(said) == 1
    return said.pop()


def told(code: str) -> list[str]:
    """Addresses to which messages of this kind go."""
    rows = Outgoing.objects.filter(kind="MAIL", payload__code=code).order_by("pk")
    return [row.payload["email"] for row in rows]


# --- Who reads -----------------------------------------------------------------------------------


def test_the_people_of_the_parties_read_a_draft_while_it_is_shared(school: Organisation) -> None:
    people = [make_people.person(role, organisation=school) for role in OF_PARTY]
    office = make_people.person(Role.NETWORK_OFFICER)
    agreement = draft(school)
    for is_shared in (False, True, False):
        if is_shared:
            make.shared(agreement)
        elif Agreement.objects.get().shared_on:
            unshared(agreement)
        assert [reads(one, agreement) for one in people] == [is_shared] * 3
        assert reads(office, agreement)


def test_others_never_read_a_shared_draft(school: Organisation) -> None:
    other = make_people.organisation(name="Szpital w Krapkowicach")
    agreement = make.shared(draft(school))
    strangers = [make_people.person(role, organisation=other) for role in OF_PARTY]
    strangers += [make_people.person(role) for role in (Role.SOCIAL_WORKER, Role.DPO)]
    strangers += [make_people.person(Role.APPLICANT, organisation=school), make_people.person()]
    assert [reads(one, agreement) for one in strangers] == [False] * len(strangers)


def test_a_party_taken_out_and_an_ended_role_end_the_reading(school: Organisation) -> None:
    other = make_people.organisation(name="Szpital w Krapkowicach")
    agreement = draft(school)
    party = make.party(agreement, other)
    make.shared(agreement)
    gone, ended, stays = (
        make_people.person(Role.PARTNER_HEAD, organisation=of) for of in (other, school, school)
    )
    assert all(reads(one, agreement) for one in (gone, ended, stays))
    parties.remove_party(by=make.by(), party_id=party.pk, version=party.version)
    RoleAssignment.objects.filter(person=ended).update(ended_on=timezone.localdate())
    assert [reads(one, agreement) for one in (gone, ended, stays)] == [False, False, True]


def test_the_journal_leads_only_those_to_a_draft_who_read_it(school: Organisation) -> None:
    agreement = make.shared(draft(school))
    make.comment(agreement)
    entries = list(Entry.objects.filter(verb__startswith="AGREEMENT").order_by("pk"))
    dpo, lead = make_people.person(Role.DPO), make_people.person(Role.LEAD)
    assert closed_to(dpo, entries) == {agreement.pk, agreement.comments.get().pk}
    assert closed_to(lead, entries) == set()


# --- What is done ----------------------------------------------------------------------------------


def test_sharing_keeps_the_text_and_tells_whoever_speaks_for_a_party(school: Organisation) -> None:
    head, _, worker = (
        make_people.person(role, organisation=school)
        for role in (Role.PARTNER_HEAD, Role.APPLICANT, Role.PARTNER_WORKER)
    )
    agreement = draft(school)
    make.shared(agreement)
    with pytest.raises(AlreadySaved):
        make.shared(agreement)
    assert (Agreement.objects.get().shared_on, agreement.texts.count()) == (
        timezone.localdate(),
        1,
    )
    assert told("AGREEMENT_SHARED") == [head.email]
    assert worker.email not in told("AGREEMENT_SHARED")
    # Whoever becomes a party later hears of it too.
    other = make_people.organisation(name="Szpital")
    late = make_people.person(Role.PARTNER_COORDINATOR, organisation=other)
    make.party(agreement, other)
    assert told("AGREEMENT_SHARED") == [head.email, late.email]


def test_who_reads_no_more_hears_why_and_hears_again_of_the_next_time(
    school: Organisation,
) -> None:
    head = make_people.person(Role.PARTNER_HEAD, organisation=school)
    agreement = make.shared(draft(school))
    with pytest.raises(StaleForm):
        sharing.unshare(by=make.by(), agreement_id=agreement.pk, version=0, reason="x")
    unshared(agreement)
    mail = Outgoing.objects.get(kind="MAIL", payload__code="AGREEMENT_UNSHARED")
    assert "Powód: Wracamy do § 2." in mail.payload["text"]
    assert Entry.objects.get(verb="AGREEMENT_UNSHARED").why == "Wracamy do § 2."
    make.shared(agreement)
    assert told("AGREEMENT_SHARED") == [head.email] * 2


def test_nobody_else_shares_and_there_must_be_somebody_to_read(school: Organisation) -> None:
    agreement, partner = draft(school), make_people.person(Role.PARTNER_HEAD, organisation=school)
    with pytest.raises(Refused):
        make.shared(agreement, make_people.by(partner))
    alone = make.whole("A")
    with pytest.raises(Problem, match="Nie ma komu"):
        make.shared(alone)
    discarded = make.discarded(draft(make_people.organisation(name="Szpital")))
    with pytest.raises(Problem, match="nie można teraz zmienić"):
        make.shared(discarded)
    assert not Agreement.objects.exclude(shared_on=None).exists()
    assert not Entry.objects.filter(verb="AGREEMENT_SHARED").exists()


# --- What a party sees -----------------------------------------------------------------------------


@pytest.fixture
def head(in_partnership: TenantRef, school: Organisation) -> Client:
    client, _ = make_people.signed_in(in_partnership, Role.PARTNER_HEAD, organisation=school)
    return client


def opened(client: Client, agreement: Agreement) -> dict[str, Any]:
    pages = ("", "tekst/", "projekt.pdf", "projekt.docx", "roznice/", "uwagi/")
    return {page: client.get(f"{AT}/{agreement.pk}/{page}") for page in pages}


def test_before_it_is_shared_a_party_finds_nothing(head: Client, school: Organisation) -> None:
    agreement = draft(school)
    assert {one.status_code for one in opened(head, agreement).values()} == {403}
    page = text_of(head.get(f"{AT}/"))
    assert "Na razie nie ma porozumienia, które możesz czytać." in page
    assert "Nowe porozumienie" not in page


def test_a_party_reads_the_text_its_own_data_and_the_names_of_others(
    head: Client, school: Organisation, partnership: TenantRef
) -> None:
    agreement = make.shared(draft(school))
    pages = opened(head, agreement)
    assert {one.status_code for one in pages.values()} == {200}
    page = text_of(pages[""])
    assert "Gmina Przykładowa" in page
    assert "Instytucja Przykładowa nr 1" in page
    assert "Jan Przykładowy" not in page
    assert "Czego brakuje" not in page
    assert f"{AT}/{agreement.pk}/" in text_of(head.get(f"{AT}/"))
    # All that it may press is the way to the comments.
    html = pages[""].content.decode().partition("<main")[2]
    own = {f"{AT}/{agreement.pk}/{end}" for end in ("tekst/", "uwagi/nowa/", "roznice/")}
    files = {f"{AT}/{agreement.pk}/projekt.{kind}" for kind in ("pdf", "docx")}
    assert set(re.findall(rf'href="({AT}/[^"]+)"', html)) == own | files
    with inside(partnership):
        office, _ = make_people.signed_in(partnership, Role.LEAD)
    shown = text_of(office.get(f"{AT}/{agreement.pk}/"))
    assert "Jan Przykładowy" in shown and "Przestań udostępniać" in shown


def test_no_page_of_a_writer_opens_to_a_party(head: Client, school: Organisation) -> None:
    agreement = make.shared(draft(school))
    party, added = agreement.parties.first(), make.addition(agreement)
    writers = [f"{agreement.pk}/{page}/" for page in ("pola", "wersja", "odrzucenie", "strona")]
    writers += [f"{agreement.pk}/dodatek/", f"dodatki/{added.pk}/", f"strony/{party.pk}/"]
    writers += [f"{agreement.pk}/udostepnienie/", f"{agreement.pk}/udostepnienie/koniec/"]
    before = Agreement.objects.values().get()
    for page in ["nowe/", *writers]:
        asked = [head.get(f"{AT}/{page}"), head.post(f"{AT}/{page}", {"version": "1"})]
        assert [one.status_code for one in asked] == [403, 403], page
    assert Agreement.objects.values().get() == before
