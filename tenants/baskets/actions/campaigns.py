"""Campaigns are planned, started and finished by the Lider (REG §3.5.a)."""

from datetime import date
from uuid import UUID

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.workflow import move, require_may
from kooperacja.writes import StaleForm, insert_once
from tenants.baskets import perms
from tenants.baskets.actions.rounds import open_round, to_open
from tenants.baskets.models.campaigns import Campaign, CampaignCard
from tenants.baskets.progress import cards_of
from tenants.baskets.workflow import CampaignState
from tenants.people.models import Person

_CONTACT = CampaignCard._meta.get_field("contact").max_length


@transaction.atomic
def plan(*, by: Actor, key: UUID, name: str, from_on: date, until_on: date) -> Campaign:
    """Plan one, so that its cards are seen before it starts; nobody is asked by this."""
    perms.review.require(Person.objects.acting(by))
    campaign = Campaign(id=key, name=name, from_on=from_on, until_on=until_on)
    insert_once(campaign)
    record(by=by, verb="CAMPAIGN_PLANNED", obj=campaign)
    return campaign


@transaction.atomic
def discard(*, by: Actor, campaign_id: UUID, version: int) -> None:
    """Throw away one that has not started."""
    campaign = _locked(by, campaign_id, version)
    require_may(campaign, CampaignState.RUNNING, by)
    record(by=by, verb="CAMPAIGN_DISCARDED", obj=campaign, why=campaign.name)
    campaign.delete()


@transaction.atomic
def start(*, by: Actor, campaign_id: UUID, version: int) -> Campaign:
    """Start it: whatever is due by today is asked about at once, the rest on its own day."""
    campaign = _locked(by, campaign_id, version)
    move(campaign, CampaignState.RUNNING, by=by, on=by.today, started_on=by.today)
    for card_id in to_open(by.today):
        open_round(by=by, card_id=card_id)
    return campaign


@transaction.atomic
def finish(*, by: Actor, campaign_id: UUID, version: int) -> Campaign:
    """Finish it with every card as it stands; owners who have not answered are asked as before."""
    campaign = _locked(by, campaign_id, version)
    _finish(by, campaign)
    return campaign


def to_finish(day: date) -> list[UUID]:
    """Campaigns whose time is over and in which no answer is waited for any more."""
    rows = Campaign.objects.filter(state=CampaignState.RUNNING, until_on__lt=day).order_by("pk")
    return [one.pk for one in rows if not any(card.waits for card in cards_of(one, day))]


@transaction.atomic
def finish_by_itself(*, by: Actor, campaign_id: UUID) -> None:
    """The same at night."""
    campaign: Campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    if campaign.state == CampaignState.RUNNING:
        _finish(by, campaign)


def _locked(by: Actor, campaign_id: UUID, version: int) -> Campaign:
    campaign: Campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    perms.review.require(Person.objects.acting(by))
    if campaign.version != version:
        raise StaleForm(campaign)
    return campaign


def _finish(by: Actor, campaign: Campaign) -> None:
    """Keep the state of each card, which goes on changing."""
    CampaignCard.objects.bulk_create(
        CampaignCard(
            campaign=campaign,
            card=one.card,
            progress=one.progress,
            services=one.services,
            settled=one.settled,
            contact=one.contact[:_CONTACT],
        )
        for one in cards_of(campaign, by.today)
    )
    move(campaign, CampaignState.FINISHED, by=by, on=by.today, finished_on=by.today)
