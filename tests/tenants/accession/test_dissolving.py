"""The Lider dissolves the partnership once more than half have resigned (REG §1.7)."""

import pytest
from django.test import Client
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from kooperacja.writes import AlreadySaved
from tenants.accession.actions import leaving
from tenants.partnership.models import Membership, Partnership
from tenants.people.models import Organisation, Person
from tenants.people.rules import holds_on
from tenants.registry.roles import Role
from tests.factories import accession as make_accession
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.factories import voting
from tests.tenants.accession.conftest import TODAY
from tests.tenants.accession.test_leaving import resign, url_of
from tests.tenants.reading import text_of

HOME = "/gmina/gogolin/"
PAGES = HOME + "partnerstwo/"
pytestmark = pytest.mark.usefixtures("in_may")


def members(count: int) -> list[Organisation]:
    made = [make.organisation(name=f"Kooperant {number}") for number in range(count)]
    for one in made:
        make_partnership.member(one)
    return made


def test_the_lead_dissolves_only_once_more_than_half_have_resigned(
    keeper: Client, lead: Person
) -> None:
    four = members(4)
    url = PAGES + "rozwiazanie/"
    assert "Żaden kooperant nie złożył rezygnacji" in text_of(keeper.get(url))
    for one in four[:2]:
        resign(one, lead)
    page = text_of(keeper.get(url))
    assert "2 z 4 kooperantów" in page
    assert "Brakuje: 1." in page
    assert "Rozwiąż Partnerstwo" not in page
    refused = keeper.post(url)
    assert refused.status_code == 409
    assert Partnership.objects.get().state == "ACTIVE"
    resign(four[2], lead)
    assert "Rozwiąż Partnerstwo" in text_of(keeper.get(url))

    page = text_of(keeper.post(url, follow=True))

    assert "Partnerstwo jest rozwiązane od 12 maja 2026 r." in page
    partnership = Partnership.objects.get()
    assert (partnership.state, partnership.dissolved_on) == ("DISSOLVED", TODAY)
    causes = Membership.objects.values_list("organisation__name", "end_cause")
    assert dict(causes)["Kooperant 3"] == "DISSOLUTION"
    assert not [
        one for one in Membership.objects.all() if holds_on(TODAY, one.from_on, one.ended_on)
    ]
    assert "Partnerstwo jest rozwiązane" in text_of(keeper.get(HOME))
    assert "Kooperant 3" in text_of(keeper.get(PAGES + "czlonkowie/?dzien=2026-05-11"))


def test_every_kooperant_is_told_and_dissolving_twice_is_once(
    in_partnership: TenantRef, lead: Person
) -> None:
    three = members(3)
    _, head = make.signed_in(in_partnership, Role.PARTNER_HEAD, organisation=three[2])
    for one in three[:2]:
        resign(one, lead)
    leaving.dissolve(by=make.by(lead))
    with pytest.raises(AlreadySaved):
        leaving.dissolve(by=make.by(lead))

    letters = Outgoing.objects.filter(kind="MAIL", payload__code="PARTNERSHIP_DISSOLVED")
    told = {letter.payload["account_id"] or letter.payload["email"] for letter in letters}
    seat = three[2].memberships.get().coordinators.get().person
    assert told == {str(head.account_id), seat.email}
    assert Entry.objects.filter(verb="PARTNERSHIP_DISSOLVED").count() == 1


def test_who_joined_again_is_marked_among_the_resignations(
    keeper: Client, in_partnership: TenantRef, lead: Person
) -> None:
    stays, returns = members(2)
    for one in (stays, returns):
        resign(one, lead)
    assert "nie liczy się" not in text_of(keeper.get(PAGES + "rozwiazanie/"))
    make_partnership.member(returns, TODAY)

    page = text_of(keeper.get(PAGES + "rozwiazanie/"))

    assert page.count("nie liczy się") == 1
    assert "Ponownie członek od 12 maja 2026 r." in page


@pytest.mark.parametrize("role", [Role.TENANT_ADMIN, Role.NETWORK_OFFICER, Role.DPO])
def test_nobody_but_the_lead_dissolves(in_partnership: TenantRef, lead: Person, role: str) -> None:
    resign(members(1)[0], lead)
    client, _ = make.signed_in(in_partnership, role)
    assert "Rozwiąż Partnerstwo" not in text_of(client.get(PAGES + "rozwiazanie/"))
    assert client.post(PAGES + "rozwiazanie/").status_code == 403
    assert Partnership.objects.get().state == "ACTIVE"


def test_after_dissolving_nobody_joins_resigns_or_votes(
    keeper: Client, in_partnership: TenantRef, lead: Person, school: Organisation
) -> None:
    waiting = make_accession.filed(lead)
    draft = make_accession.draft(lead)
    change = voting.opened(lead)
    resign(school, lead)
    leaving.dissolve(by=make.by(lead))

    fresh = {"key": uuid7(), "organisation": make.organisation().pk}
    for page in (
        keeper.post(PAGES + "deklaracje/nowa/", fresh),
        keeper.get(url_of(school)),
        keeper.post(
            f"{PAGES}deklaracje/{waiting.pk}/przyjecie/",
            {"version": waiting.version, "decided_on": "2026-05-12"},
        ),
    ):
        assert page.status_code == 409
    with inside(in_partnership), pytest.raises(Problem, match="Partnerstwo jest rozwiązane"):
        make_accession.file(draft, lead)
    with inside(in_partnership), pytest.raises(Problem, match="Partnerstwo jest rozwiązane"):
        voting.vote(change, lead)
    assert Membership.objects.count() == 1
    assert keeper.get(f"{PAGES}deklaracje/{waiting.pk}/").status_code == 200
