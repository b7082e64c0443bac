"""The standing of many agreements is asked for at once, however many there are (POR)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kooperacja.documents.models import Document
from tenants.agreements import amendments_today, indicators, today
from tenants.agreements.actions import reminding
from tenants.agreements.amending import AMENDMENT
from tenants.agreements.models import Agreement, Amendment
from tenants.agreements.standing import Standing, standings
from tenants.meetings import perms as meetings
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tenants.teams.models import Team
from tests.factories import agreement_force as make_force
from tests.factories import agreement_later as later
from tests.factories import agreement_life as life
from tests.factories import agreements as make
from tests.factories import amendments as make_amendment
from tests.factories import people as make_people

pytestmark = pytest.mark.usefixtures("in_partnership")
TODAY, day = life.TODAY, life.day
AT = "/gmina/gogolin/porozumienia"


def asked(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connections["default"]) as queries:
        ask()
    return len(queries)


def between(of: Organisation) -> Agreement:
    """In force since some days between this institution and two others."""
    draft = make.draft("C", **make.BLANKS)
    parties = [make.party(draft, one) for one in (of, make_people.organisation())]
    parties.append(make.party(draft, name="Fundacja Spoza Rejestru"))
    return make_force.in_force(draft, dict.fromkeys(parties, day(-9)), day(-9))


def test_of_many_it_says_what_each_says_of_itself_by_two_questions() -> None:
    first = life.bound()
    late = make.whole("C", 4, force="DEADLINE", sign_by=day(-5))
    signed = zip(late.parties.all(), (day(-6), day(-5), day(-2)), strict=False)
    late = make_force.in_force(late, dict(signed), day(-4))
    party, other, _ = first.parties.all()
    life.merge(party, make_people.organisation(), -1)
    life.rename(other, "Szkoła Połączona Przykładowa", -1)
    rows = [*Agreement.objects.order_by("created_at", "pk"), make.whole("B")]
    found: dict[Any, Standing] = {}
    assert asked(lambda: found.update(standings(rows))) == 2
    for one in rows:
        standing, alone = found[one.pk], Standing(one)
        assert asked(lambda s=standing: (s.signed, s.parts, s.apart(TODAY()))) == 0
        assert standing.parties == alone.parties
        assert (standing.signed, standing.parts) == (alone.signed, alone.parts)
        assert standing.apart(TODAY()) == alone.apart(TODAY())
        names = [party.name_on(TODAY()) for party in standing.parties]
        assert names == [party.name_on(TODAY()) for party in alone.parties]
    assert [len(found[one.pk].bound(TODAY())) for one in rows] == [3, 2, 0]


def grown(*asking: Callable[[], object], more: Callable[[], object]) -> list[tuple[int, int]]:
    """What each asks of two agreements, and of some more."""
    for ask in asking:
        ask()  # what a person holds is asked for once
    before = [asked(ask) for ask in asking]
    for _ in range(2):
        more()
    return list(zip(before, [asked(ask) for ask in asking], strict=True))


def test_the_public_page_and_the_figures_ask_no_more_of_more_agreements() -> None:
    school = make_people.organisation()

    def more() -> None:
        agreement = between(school)
        later.agreed(make.contact(agreement.parties.all()[0]))

    more()
    more()
    costs = grown(
        lambda: Client().get(f"{AT}/publicznie/"),
        lambda: indicators.parties_by_sector(TODAY()),
        more=more,
    )
    assert [before for before, after in costs if before != after] == []
    page = Client().get(f"{AT}/publicznie/").content.decode()
    assert page.count(school.name) == 4
    assert page.count("Jan Przykładowy") == 4


def test_at_night_no_more_is_asked_to_know_whom_to_remind() -> None:
    def more() -> None:
        make_force.sent(on=day(-30), force="DEADLINE", sign_by=day(1))

    more()
    more()
    ((before, after),) = grown(lambda: reminding.to_remind(TODAY()), more=more)
    assert before == after
    assert len(reminding.to_remind(TODAY())) == 12


@pytest.fixture
def head() -> Person:
    return make_people.head(make_people.organisation())


def own(head: Person) -> Organisation:
    return Organisation.objects.get(pk=head.role_assignments.get().organisation_id)


def test_one_asks_for_a_meeting_where_ones_institution_sits(head: Person) -> None:
    agreement, other = between(own(head)), life.bound()
    team, apart = (Team.objects.get(rests_on=one.pk) for one in (agreement, other))
    assert meetings.asks_for(head, team) == {own(head).pk}
    assert (meetings.ask(head, team), meetings.ask(head, apart)) == (True, False)
    assert meetings.asks_for(None, team) == set()
    worker = make_people.person(Role.PARTNER_WORKER, organisation=own(head))
    assert not meetings.ask(worker, team)


def test_what_waits_on_co_dzis_asks_no_more_of_more_agreements(head: Person) -> None:
    office = make_people.person(Role.NETWORK_OFFICER)
    sources = (
        *(today.signatures_wait, today.agreements_wait, today.signatures_awaited),
        *(today.accessions_awaited, today.ends_wait, today.ending_days),
        *(amendments_today.amendment_signatures_wait, amendments_today.amendments_wait),
        *(amendments_today.amendment_signatures_awaited, today.comments_wait),
    )

    def more() -> None:
        agreement = between(own(head))
        life.leave(agreement.parties.all()[2], 3)
        make_amendment.lying(agreement)
        make_force.sent(make.whole("C", 3, sign_by=day(2), force="DEADLINE"))
        later.prepared(later.in_force(3, 2), own(head))
        make.comment(make.before(own(head)), asked=str(own(head).pk))

    more()
    more()
    asking = [
        lambda one=one, who=who: [*one(who, TODAY())] for one in sources for who in (head, office)
    ]
    costs = grown(*asking, more=more)
    assert [before for before, after in costs if before != after] == []


def papers() -> list[Document]:
    return list(Document.objects.filter(kind="AMENDMENT").order_by("pk"))


def test_many_aneksy_are_asked_about_at_once_and_one_taken_back_is_theirs_alone(
    head: Person,
) -> None:
    member = make_people.head(make_people.organisation())
    reads = AMENDMENT.may_read.issued

    def more() -> None:
        amendment = make_amendment.lying(between(own(head)))
        reason = {"by": make.by(), "amendment_id": amendment.pk, "reason": "Błąd"}
        make_amendment.amendment_sending.take_back(**reason, version=1)
        make_amendment.all_signed(make_amendment.sent(amendment))
        make_amendment.lying(between(own(head)))

    more()
    costs = grown(lambda: reads(head, papers()), lambda: reads(member, papers()), more=more)
    assert [before for before, after in costs if before != after] == []
    current = set(Amendment.objects.filter(state="IN_FORCE").values_list("document", flat=True))
    assert len(papers()) == 9
    assert reads(head, papers()) == {one.pk for one in papers()}
    assert reads(member, papers()) == current
