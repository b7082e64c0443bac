"""Pages where the basket is confirmed: links, telephone lists, campaigns."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from uuid6 import uuid7

from tenants.baskets.actions import campaigns, rounds
from tenants.baskets.links import new_token
from tenants.baskets.models.campaigns import Campaign
from tenants.baskets.models.checks import CardCheck
from tenants.baskets.told import readers
from tests.declared import FILE, KEEPERS, LEADS_ON, NOTHING, PUBLIC, STATES, May, Page, Rows
from tests.factories import baskets as make
from tests.factories import people as make_people

PAGES = [
    Page("baskets:check_link", May(led=PUBLIC), of="check_link", seen=LEADS_ON),
    Page("baskets:check_by_link", May(hidden=PUBLIC), of="late_check", seen=STATES),
    Page("baskets:checks", KEEPERS, 5, seen=("", NOTHING)),
    Page("baskets:calls_pdf", KEEPERS, 8, seen=FILE),
    Page("baskets:calls_docx", KEEPERS, 9, seen=FILE),
    Page("baskets:calls_prepare", KEEPERS, 2, seen=("",)),
    Page("baskets:check_call", May(KEEPERS, hidden="SWOZTGVD", refused="PH"), 4, of="late_check"),
    Page("baskets:check_deny", May(KEEPERS, hidden="SWOZTGVD", refused="PH"), 3, of="late_check"),
    Page("baskets:campaigns", KEEPERS, 4, seen=("", NOTHING)),
    Page("baskets:campaign_new", KEEPERS, 2),
    Page(
        "baskets:campaign",
        KEEPERS,
        7,
        of="campaign",
        seen=("campaign", "running_campaign", "finished_campaign", "campaign?stan=DONE"),
    ),
    Page("baskets:campaign_start", KEEPERS, 3, of="campaign"),
    Page("baskets:campaign_discard", KEEPERS, 3, of="campaign"),
    Page("baskets:campaign_finish", KEEPERS, 3, of="running_campaign"),
]


def _late(rows: Rows) -> CardCheck:
    """A card with a service that was to be confirmed a while ago."""
    by = make_people.by(rows["lead"])
    service = make.accepted(by, rows["member"], name="Klub, o który pytamy")
    service.due_on = timezone.localdate() - timedelta(days=3)
    service.save(update_fields=["due_on"])
    rounds.open_round(by=by, card_id=service.card_id)
    return CardCheck.objects.get(card=service.card_id)


def _link(rows: Rows) -> str:
    """The link of a mail to the office, about the Lider's own card."""
    by = make_people.by(rows["lead"])
    service = make.accepted(by, None, name="Praca socjalna, o którą pytamy")
    service.due_on = timezone.localdate()
    service.save(update_fields=["due_on"])
    rounds.open_round(by=by, card_id=service.card_id)
    check = CardCheck.objects.get(card=service.card_id)
    return new_token(check, readers(check.card)[0].email, "")


def _campaign(rows: Rows, *, is_running: bool = False) -> Campaign:
    """Over the time in which a late card is asked."""
    by, check = make_people.by(rows["lead"]), rows["late_check"]
    campaign = campaigns.plan(
        by=by,
        key=uuid7(),
        name="Potwierdzanie jesień 2026 (na próbę)",
        from_on=check.opened_on - timedelta(days=30),
        until_on=check.opened_on + timedelta(days=60),
    )
    if is_running:
        campaigns.start(by=by, campaign_id=campaign.pk, version=campaign.version)
        campaign.refresh_from_db()
    return campaign


def _finished(rows: Rows) -> Campaign:
    by, campaign = make_people.by(rows["lead"]), _campaign(rows, is_running=True)
    return campaigns.finish(by=by, campaign_id=campaign.pk, version=campaign.version)


ROWS: dict[str, Any] = {
    "late_check": _late,
    "check_link": _link,
    "late_card": lambda rows: rows["late_check"].card,
    "campaign": _campaign,
    "running_campaign": lambda rows: _campaign(rows, is_running=True),
    "finished_campaign": _finished,
}
