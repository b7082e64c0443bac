"""The Lider plans a campaign, starts it, and sees each card until nobody is waited for (REG §3.5.a)."""

from datetime import date, timedelta
from uuid import UUID

import pytest
import time_machine
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import StaleForm
from tenants.baskets.actions import campaigns, checking, services
from tenants.baskets.actions.checking import Said
from tenants.baskets.models.answers import Answer
from tenants.baskets.models.campaigns import Campaign, CampaignCard
from tenants.baskets.models.cards import Card
from tenants.baskets.models.checks import CardCheck
from tenants.baskets.models.services import Service
from tenants.baskets.progress import cards_of
from tenants.partnership.models import Membership
from tenants.people.models import Organisation
from tenants.registry.roles import Role
from tenants.services.confirming import How
from tests.factories import baskets as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.tenants.baskets.test_rounds import letters, night

YEAR = timedelta(days=365)
AT = "/gmina/gogolin/koszyk/potwierdzanie/kampanie/"


def a_card(office: Actor, name: str, *names: str) -> Card:
    organisation = make_people.organisation(name=name)
    make_partnership.member(organisation)
    make_people.person(Role.PARTNER_COORDINATOR, organisation=organisation)
    for one in names:
        make.accepted(office, organisation, name=one)
    return Card.objects.get(organisation=organisation)


@pytest.fixture
def cards(office: Actor) -> dict[str, Card]:
    """Cards with two services each, all to be confirmed in a year."""
    return {name: a_card(office, name, f"{name} 1", f"{name} 2") for name in "ABCDEF"}


def planned(by: Actor, day: date) -> Campaign:
    return campaigns.plan(
        by=by,
        key=uuid7(),
        name="Potwierdzanie",
        from_on=day,
        until_on=day + timedelta(days=30),
    )


def started(by: Actor, day: date) -> Campaign:
    campaign = planned(by, day)
    return campaigns.start(by=by, campaign_id=campaign.pk, version=campaign.version)


def states(campaign: Campaign, day: date) -> dict[str, str]:
    return {one.card.owner: str(one.progress) for one in cards_of(campaign, day)}


def told(by: Actor, card: Card, *answers: str, how: str = How.PHONE) -> None:
    keys = card.services.order_by("name").values_list("pk", flat=True)
    said = {pk: Said(answer) for pk, answer in zip(keys, answers, strict=False)}
    checking.answer(by=by, card_id=card.pk, how=how, answers=said)


def check_of(card: Card) -> UUID:
    return CardCheck.objects.get(card=card).pk


def test_each_card_goes_its_way(
    cards: dict[str, Card], office: Actor, in_partnership: TenantRef
) -> None:
    day = office.today + YEAR
    with time_machine.travel(day):
        campaign = planned(office, day)
        assert states(campaign, day) == dict.fromkeys("ABCDEF", "TODO")
        assert not CardCheck.objects.exists()
        campaigns.start(by=office, campaign_id=campaign.pk, version=campaign.version)
        assert CardCheck.objects.count() == len(cards)
        told(office, cards["A"], Answer.TRUE, Answer.ENDED, how=How.VISIT)
        told(office, cards["B"], Answer.TRUE)
        checking.deny(by=office, check_id=check_of(cards["C"]), how=How.PHONE)
        for _ in range(2):
            key = check_of(cards["D"])
            checking.call(by=office, check_id=key, key=uuid7(), how=How.PHONE)
        Membership.objects.get(organisation=cards["E"].organisation).end(day)
    at = cards_of(campaign, day)
    assert [str(one.progress) for one in at] == ["DONE", "BEGUN", "DENIED", "SILENT", "TODO"]
    assert [one.settled for one in at] == [2, 1, 0, 0, 0]
    assert [one.step.words for one in at] == [
        "",
        "wpisz odpowiedź",
        "zobacz kartę",
        "wpisz odpowiedź",
        "wpisz odpowiedź",
    ]
    assert "odpowiedź: na miejscu" in at[0].contact
    assert "odmowa: telefonicznie" in at[2].contact
    # A late one is caught up.
    with time_machine.travel(day + timedelta(days=20)):
        told(office, cards["D"], Answer.TRUE, Answer.TRUE)
    assert states(campaign, day + timedelta(days=20))["D"] == "DONE"


def test_it_ends_by_itself_and_its_results_stay(
    cards: dict[str, Card], office: Actor, in_partnership: TenantRef
) -> None:
    day = office.today + YEAR
    with time_machine.travel(day):
        campaign = started(office, day)
        for name in "ABCD":
            told(office, cards[name], Answer.TRUE, Answer.TRUE)
        told(office, cards["E"], Answer.TRUE, Answer.CHANGED)
    for days in (1, 14, 28, 31, 42):
        night(in_partnership, day + timedelta(days=days))
    campaign.refresh_from_db()
    assert campaign.state == "RUNNING"
    assert len(letters()) == 4
    (last,) = [one for one in cards_of(campaign, day + timedelta(days=42)) if one.waits]
    assert (last.step.words, last.contact) == ("zadzwoń", "4\N{NO-BREAK SPACE}wiadomości")
    end = day + timedelta(days=56)
    night(in_partnership, end)
    campaign.refresh_from_db()
    assert (campaign.state, campaign.finished_on) == ("FINISHED", end)
    results = {**dict.fromkeys("ABCD", "DONE"), "E": "BEGUN", "F": "SILENT"}
    assert states(campaign, end) == results
    with time_machine.travel(end + timedelta(days=1)):
        told(office, cards["F"], Answer.TRUE, Answer.TRUE)
        Membership.objects.get(organisation=cards["A"].organisation).end(end)
    assert states(campaign, end + timedelta(days=1)) == results


def test_it_has_what_falls_due_by_its_last_day_and_nothing_else(
    cards: dict[str, Card], office: Actor
) -> None:
    day = office.today + YEAR
    for name, due in (("A", day - timedelta(days=9)), ("B", day + timedelta(days=30))):
        cards[name].services.update(due_on=due)
    with time_machine.travel(day - timedelta(days=1)):
        for service in Service.objects.filter(card__in=(cards[name] for name in "CDE")):
            services.confirm(by=office, service_id=service.pk, how=How.PHONE)
    with time_machine.travel(day):
        campaign = started(office, day)
        assert states(campaign, day).keys() == {"A", "B", "F"}
        (later,) = [one for one in cards_of(campaign, day) if one.card.owner == "B"]
        assert later.step.words.startswith("termin ")
        assert not later.step.href
    with time_machine.travel(day + timedelta(days=1)):
        told(office, cards["A"], Answer.TRUE, Answer.TRUE)
    assert states(campaign, day + timedelta(days=1))["A"] == "DONE"


def test_the_lider_alone_runs_it_and_each_step_once(
    office: Actor, coordinator: Actor, in_partnership: TenantRef
) -> None:
    campaign = planned(office, office.today)
    with pytest.raises(Refused):
        campaigns.start(by=coordinator, campaign_id=campaign.pk, version=campaign.version)
    with pytest.raises(Problem):
        campaigns.finish(by=office, campaign_id=campaign.pk, version=campaign.version)
    assert list(Campaign.objects.values_list("state", flat=True)) == ["DRAFT"]
    campaigns.start(by=office, campaign_id=campaign.pk, version=campaign.version)
    with pytest.raises(StaleForm):
        campaigns.finish(by=office, campaign_id=campaign.pk, version=campaign.version)
    assert list(Campaign.objects.values_list("state", flat=True)) == ["RUNNING"]
    assert not CampaignCard.objects.exists()


def test_the_page_is_narrowed_to_a_state_and_leads_to_the_next_step(
    cards: dict[str, Card], office: Actor, in_partnership: TenantRef, kooperant: Organisation
) -> None:
    day = office.today + YEAR
    with time_machine.travel(day):
        lead, _ = make_people.signed_in(in_partnership, Role.LEAD)
        voice, _ = make_people.signed_in(
            in_partnership, Role.PARTNER_COORDINATOR, organisation=kooperant
        )
        wrong = {"name": "Jesień", "from_on": str(day), "until_on": str(day - timedelta(days=1))}
        assert lead.post(f"{AT}nowa/", {"key": uuid7(), **wrong}).status_code == 422
        right = {**wrong, "until_on": str(day)}
        page = lead.post(f"{AT}nowa/", {"key": uuid7(), **right})["Location"]
        assert voice.get(page).status_code == 403
        other = lead.post(f"{AT}nowa/", {"key": uuid7(), **right})["Location"]
        assert voice.post(f"{other}szkic/", {"version": 0}).status_code == 403
        assert lead.post(f"{other}szkic/", {"version": 0}).status_code == 302
        assert lead.get(other).status_code == 404
        assert lead.post(f"{page}start/", {"version": 0}).status_code == 302
        with inside(in_partnership):
            checking.deny(by=office, check_id=check_of(cards["C"]), how=How.PHONE)
        shown = lead.get(f"{page}?stan=TODO").content.decode()
        assert f"/karty/{cards['A'].pk}/potwierdzanie/" in shown
        assert f"/karty/{cards['C'].pk}/" not in shown
        shown = lead.get(f"{page}?szukaj=c&stan=DENIED").content.decode()
        assert f"/karty/{cards['C'].pk}/" in shown
        assert f"/karty/{cards['A'].pk}/" not in shown
        assert lead.post(f"{page}szkic/", {"version": 1}).status_code == 409
        assert lead.post(f"{page}koniec/", {"version": 1}).status_code == 302
        assert lead.get(f"{page}koniec/").status_code == 409
        assert "Zakończona:" in lead.get(page).content.decode()
