"""Tables of the basket of services."""

from tenants.baskets.models.adoptions import Adoption
from tenants.baskets.models.answers import CheckAnswer, CheckLink
from tenants.baskets.models.campaigns import Campaign, CampaignCard
from tenants.baskets.models.cards import Card
from tenants.baskets.models.checks import CardCheck, CheckCall, ServiceReport
from tenants.baskets.models.dues import DueDay
from tenants.baskets.models.duplicates import DistinctServices, ServiceMerge
from tenants.baskets.models.editions import Edition, EditionItem
from tenants.baskets.models.gaps import Gap, UnfoundSearch
from tenants.baskets.models.imports import ImportFile, ImportRow
from tenants.baskets.models.merges import CardMerge, ServiceMove
from tenants.baskets.models.own_types import OwnType
from tenants.baskets.models.referrals import Referral
from tenants.baskets.models.searches import SavedSearch
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.models.shortlists import Shortlist, ShortlistItem

__all__ = [
    "Adoption",
    "Campaign",
    "CampaignCard",
    "Card",
    "CardCheck",
    "CardMerge",
    "CheckAnswer",
    "CheckCall",
    "CheckLink",
    "DistinctServices",
    "DueDay",
    "Edition",
    "EditionItem",
    "Gap",
    "ImportFile",
    "ImportRow",
    "OwnType",
    "Referral",
    "SavedSearch",
    "Service",
    "ServiceEntry",
    "ServiceMerge",
    "ServiceMove",
    "ServiceReport",
    "Shortlist",
    "ShortlistItem",
    "UnfoundSearch",
]
