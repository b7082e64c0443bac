"""Offers of teams."""

from kooperacja.crypto.named import NamedKeys
from kooperacja.offers import DemoHistory, Impersonal, Offer
from kooperacja.ui.navigation import NavEntry
from tenants.partnership.models import Membership, Partnership, PartnershipCoordinator
from tenants.people.followers import Follower
from tenants.people.models import RoleAssignment
from tenants.people.references import Called
from tenants.regulation.models import RegulationVersion
from tenants.teams import demo, perms
from tenants.teams.following import follow_seats, follow_terms
from tenants.teams.models import Seat, Team, Terms
from tenants.teams.sealing import TEAM, named_keyring

OFFERS: tuple[Offer, ...] = (
    Follower(
        frozenset({Membership, Partnership, PartnershipCoordinator, RoleAssignment}),
        follow_seats,
        writes=frozenset({Seat, Team}),
    ),
    Follower(
        frozenset({Partnership, RegulationVersion}), follow_terms, writes=frozenset({Team, Terms})
    ),
    DemoHistory(demo.write),
    NamedKeys(TEAM, named_keyring),
    NavEntry("TENANT", "teams:teams", "Zespoły", perms.see_teams, group="MEETINGS", order=65),
    Called(Seat, "person", "miejsce w zespole", "miejsca w zespołach", "miejsc w zespołach"),
    Called(Seat, "organisation", "miejsce w zespole", "miejsca w zespołach", "miejsc w zespołach"),
    Impersonal(Team, ("rests_on_kind", "mark")),
    Impersonal(Seat, ("function", "rests_on_kind", "end_reason")),
    Impersonal(Terms, ("place",)),
)
