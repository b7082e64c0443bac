"""Offers of the GGK."""

from gmina.ggk import demo, indicators, letters, perms, sides, today
from gmina.ggk.actions.ending import end_without_role
from gmina.ggk.actions.groups import end_who_left
from gmina.ggk.exit import write_groups
from gmina.ggk.following import follow_groups
from gmina.ggk.models import DelegationRequest, DelegationStep, Group, GroupCoordinator
from kooperacja.audit.about import OpenTo
from kooperacja.crypto.keys import field_keyring
from kooperacja.offers import DemoWritten, ExitPart, Fate, Impersonal, Offer, PersonalData, Verbs
from kooperacja.tenancy.context import current_tenant
from kooperacja.ui.navigation import NavEntry
from tenants.data_protection.gate import SentHere
from tenants.people.followers import Follower
from tenants.people.models import RoleAssignment
from tenants.people.references import Called
from tenants.people.today import TodaySource, WaitsForOthers
from tenants.teams.closed import ClosedTeams
from tenants.teams.kinds import GGK
from tenants.teams.models import Seat, Team

_DELEGATIONS = ("delegacja do GGK", "delegacje do GGK", "delegacji do GGK")
_NAMED = "whom an institution named, by its business contact (POR-C §2.4.2)"

OFFERS: tuple[Offer, ...] = (
    Verbs(
        {
            "GGK_FOUNDED": "powołano Gminną Grupę Kooperacji",
            "GGK_CLOSED": "zakończono działanie Gminnej Grupy Kooperacji",
            "GGK_COORDINATOR_APPOINTED": "wskazano koordynatora Gminnej Grupy Kooperacji",
            "GGK_COORDINATOR_LEFT": "koordynator Gminnej Grupy Kooperacji nie ma już roli w ośrodku",
            "GGK_SECRECY_STATED": "koordynator Gminnej Grupy Kooperacji złożył oświadczenie o poufności",
            "DELEGATION_ASKED": "poproszono o delegowanie osoby do GGK",
            "DELEGATION_NAMED": "instytucja wskazała osobę do GGK",
            "DELEGATION_REFUSED": "instytucja odmówiła delegowania osoby do GGK",
            "DELEGATION_NOT_OURS": "instytucja odpowiedziała, że prośba o delegowanie jej nie dotyczy",
            "DELEGATION_WITHDRAWN": "wycofano prośbę o delegowanie osoby do GGK",
            "DELEGATION_EXPIRED": "prośba o delegowanie osoby do GGK wygasła bez odpowiedzi",
            "DELEGATION_UNDELIVERED": "prośby o delegowanie osoby do GGK nie doręczono",
            "DELEGATION_ACCEPTED": "przyjęto delegację do GGK",
            "DELEGATION_DECLINED": "nie przyjęto delegacji do GGK",
            "DELEGATION_ENDED": "zakończyła się delegacja do GGK",
        }
    ),
    # Until casework gives it a key of its own, the group's content lies under the tenant's.
    ClosedTeams(
        GGK, sides.reads, lambda team: field_keyring(current_tenant().id), leaders=sides.leaders
    ),
    SentHere(sides.spells),
    *letters.LETTERS,
    # Before the seats, which follow from it.
    Follower(frozenset({RoleAssignment}), end_who_left, writes=frozenset({GroupCoordinator})),
    Follower(frozenset({RoleAssignment}), end_without_role, writes=frozenset({DelegationRequest})),
    Follower(
        frozenset({Group, GroupCoordinator, DelegationRequest, RoleAssignment}),
        follow_groups,
        writes=frozenset({Seat, Team}),
    ),
    NavEntry(
        "TENANT",
        "ggk:groups",
        "Gminna Grupa Kooperacji",
        perms.see_groups,
        group="MEETINGS",
        order=64,
    ),
    TodaySource(today.delegations_wait, order=58, has_days=False),
    TodaySource(today.secrecy_waits, order=58, has_days=False),
    TodaySource(today.groups_wait, order=59, has_days=False),
    WaitsForOthers(today.delegations_awaited, order=58),
    OpenTo(Group.objects.all(), perms.see_group),
    OpenTo(DelegationRequest.objects.select_related("group"), perms.see_delegation),
    ExitPart("ggk", "Gminna Grupa Kooperacji, jej koordynatorzy i delegacje", write_groups),
    DemoWritten(demo.write),
    DemoWritten(demo.accept, order=92),  # whom the county named meanwhile
    indicators.GGK_GROUPS,
    indicators.DELEGATIONS,
    indicators.DELEGATION_TIME,
    Called(GroupCoordinator, "person", "koordynowanie GGK", "koordynowania GGK", "koordynowań GGK"),
    Called(DelegationRequest, "person", *_DELEGATIONS),
    Called(DelegationRequest, "organisation", *_DELEGATIONS),
    Impersonal(Group, ("unit", "county_name", "agreement_name")),
    PersonalData(GroupCoordinator, ("appointed_by_name",), Fate.RECORD, "who appointed them"),
    PersonalData(DelegationRequest, ("full_name", "email", "asked_by_name"), Fate.RECORD, _NAMED),
    Impersonal(
        DelegationRequest,
        ("party_name", "party_number", "function", "named_function", "reason"),
    ),
    PersonalData(DelegationStep, ("actor_name",), Fate.RECORD, "who took each step"),
    Impersonal(DelegationStep, ("note",)),
)
