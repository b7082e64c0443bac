"""Everything that the end of a membership touches, shown before it and closed with it (REG §1.6–1.7).

An app that keeps something for members offers a Consequence.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from kooperacja import offers
from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.polish import pl_date
from tenants.partnership.models import (
    DesignatedWorker,
    Engagement,
    Membership,
    MembershipFlag,
    PartnershipCoordinator,
)
from tenants.people.actions.invitations import end_access
from tenants.people.models import RoleAssignment
from tenants.registry.roles import Role

ENDED = "ustanie członkostwa w Partnerstwie"


@dataclass(frozen=True, slots=True)
class Consequence(offers.Offer):
    """One kind of thing that ends with a membership, in the words of the page that warns of it."""

    title: str
    clause: str
    touched: Callable[[Membership, date], list[str]]
    close: Callable[[Actor, Membership, date], None]


@dataclass(frozen=True, slots=True)
class Act(offers.Offer):
    """Finds what a person did in an institution's name since a day, in words."""

    find: Callable[[UUID, UUID, date], Iterable[str]]


def acts_since(person_id: UUID, organisation_id: UUID, day: date) -> list[str]:
    """Acts of somebody who, as is entered now, spoke for it no longer from that day on."""
    found = (act.find(person_id, organisation_id, day) for act in offers.of(Act))
    return [words for acts in found for words in acts]


def indicated(person_id: UUID, organisation_id: UUID, day: date) -> list[str]:
    """Workers whom a head indicated for ZZK (REG §4.3)."""
    rows = DesignatedWorker.objects.filter(
        indicated_by=person_id, membership__organisation=organisation_id, from_on__gte=day
    )
    rows = rows.select_related("person").order_by("from_on", "pk")
    return [f"wskazanie do ZZK: {row.person} od {pl_date(row.from_on)}" for row in rows]


INDICATED = Act(indicated, order=20)


def touched_by(membership: Membership, day: date) -> list[tuple[Consequence, list[str]]]:
    """Everything that would end if the membership ended on a day, by consequence."""
    return [
        (consequence, things)
        for consequence in offers.of(Consequence)
        if (things := consequence.touched(membership, day))
    ]


def close_all(*, by: Actor, membership: Membership, day: date) -> None:
    """End it all from a day, in the caller's transaction."""
    for consequence in offers.of(Consequence):
        consequence.close(by, membership, day)


def close_what_begins(*, by: Actor, membership: Membership) -> None:
    """Let what has just begun end with a locked membership whose last day is known already."""
    if membership.ended_on is not None:
        close_all(by=by, membership=membership, day=membership.ended_on)


def dated(
    title: str,
    clause: str,
    rows: Callable[[Membership], Any],
    said: Callable[[Any], str],
    *,
    order: int,
    with_it: Callable[[Actor, Any], None] | None = None,
    **also: str,
) -> Consequence:
    """Rows that hold from a day: they end, unless they end sooner by themselves."""

    def lasting(membership: Membership, day: date) -> Any:
        return rows(membership).filter(Q(ended_on=None) | Q(ended_on__gt=day)).order_by("pk")

    def close(by: Actor, membership: Membership, day: date) -> None:
        for row in lasting(membership, day).select_for_update(of=("self",)):
            row.end(day, **also)
            data = {"ended_on": [None, row.ended_on.isoformat()]}
            why = f"{title}: {membership.organisation}"
            record(by=by, verb="MEMBERSHIP_CONSEQUENCE", obj=row, why=why, data=data)
            if with_it is not None:
                with_it(by, row)

    return Consequence(
        title, clause, lambda of, day: [said(row) for row in lasting(of, day)], close, order=order
    )


def _roles_of(of: Membership) -> Any:
    """Roles of members; an applicant who comes back after the last day keeps theirs."""
    held = RoleAssignment.objects.filter(organisation=of.organisation_id)
    return held.exclude(role=Role.APPLICANT).select_related("person")


def _close_door(by: Actor, role: RoleAssignment) -> None:
    """At once, or on the day the role ends: then the daily task does it."""
    if role.ended_on and role.ended_on <= timezone.localdate():
        end_access(by=by, assignment=role, why=ENDED)


SEATS = dated(
    "Koordynatorzy Partnerstwa",
    "§ 1 ust. 3 lit. a regulaminu",
    lambda of: PartnershipCoordinator.objects.filter(membership=of).select_related("person"),
    lambda seat: str(seat.person),
    order=10,
)
DESIGNATED = dated(
    "Pracownicy wskazani do zespołów zadaniowych",
    "§ 4 ust. 3 regulaminu",
    lambda of: DesignatedWorker.objects.filter(membership=of).select_related("person"),
    lambda row: f"{row.person}, {row.position}",
    order=20,
)
LEVELS = dated(
    "Stopień zaangażowania",
    "§ 5 ust. 1 lit. b regulaminu",
    lambda of: Engagement.objects.filter(membership=of).select_related("membership__organisation"),
    lambda row: row.get_level_display(),
    order=50,
)
FLAGS = dated(
    "Cechy nadane przez Lidera",
    "§ 5 ust. 1 lit. d regulaminu",
    lambda of: MembershipFlag.objects.filter(membership=of).select_related(
        "membership__organisation"
    ),
    lambda row: row.get_kind_display(),
    order=60,
)
# Last, so that whatever ends before still knows who acts for the institution.
ACCESS = dated(
    "Dostęp do Kooperacji",
    "§ 1 ust. 6 regulaminu",
    _roles_of,
    lambda role: f"{role.person}, {role.get_role_display()}",
    with_it=_close_door,
    order=100,
)
