"""Offers of what goes to every member of a team at once (REG §6, §7.2)."""

from kooperacja.offers import Fate, Handler, Impersonal, Offer, PersonalData
from kooperacja.ui.navigation import NavGroup
from tenants.dialogue import outbox
from tenants.dialogue.actions.telling import keep_told
from tenants.dialogue.everyone import LETTERS
from tenants.dialogue.models import Notice
from tenants.partnership.models import Membership, Partnership, PartnershipCoordinator
from tenants.people.followers import Follower
from tenants.people.models import RoleAssignment

KEPT = "what members of a team told each other, kept by the Lider (REG §2.11)"

OFFERS: tuple[Offer, ...] = (
    # Whatever of it goes to all; a partner looks for it where meetings are.
    NavGroup("TENANT", "DIALOGUE", "Między spotkaniami", within="MEETINGS"),
    Handler(LETTERS, outbox.letters),
    Follower(
        frozenset({Membership, Partnership, PartnershipCoordinator, RoleAssignment}), keep_told
    ),
    Impersonal(Notice, ("kind",)),
    PersonalData(Notice, ("recipient",), Fate.RECORD, "tells that everybody got it (REG §6.2)"),
)
