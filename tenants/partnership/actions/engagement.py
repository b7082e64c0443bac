"""The Lider says how far each kooperant must be engaged and what it is (REG §5.1.b, d)."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.polish import quoted
from kooperacja.writes import AlreadySaved, StaleForm, insert_once
from tenants.partnership import consequences, perms
from tenants.partnership.actions.terms import locked_membership, require_holds, require_start
from tenants.partnership.models import Engagement, FlagKind, Membership, MembershipFlag
from tenants.people.models import Person


@transaction.atomic
def set_engagement(
    *,
    by: Actor,
    key: UUID,
    membership_id: UUID,
    seen: UUID | None,
    level: str,
    reason: str,
    from_on: date,
) -> Engagement:
    """From this day the member has this level; the former one ends. `seen` is the level one saw.

    A change on the very day the former began leaves that one holding on no day.
    """
    membership = locked_membership(membership_id)
    perms.set_engagement.require(Person.objects.acting(by))
    if saved := Engagement.objects.filter(pk=key).first():
        raise AlreadySaved(saved)
    require_holds(by, membership, perms.set_engagement.clause)
    now = membership.engagements.on(by.today).first()
    if now is not None and now.pk != seen:
        raise StaleForm(now)
    require_start(by, from_on, now.from_on if now else membership.from_on)
    if now is not None:
        now.end(from_on)
    row = Engagement(id=key, membership=membership, level=level, reason=reason, from_on=from_on)
    insert_once(row)
    consequences.close_what_begins(by=by, membership=membership)
    data = {"level": [now.level if now else None, level], "from_on": [None, from_on.isoformat()]}
    record(by=by, verb="ENGAGEMENT_SET", obj=membership.organisation, why=reason, data=data)
    return row


@transaction.atomic
def set_flags(
    *,
    by: Actor,
    membership_id: UUID,
    seen: Collection[str],
    kinds: Collection[str],
    from_on: date,
) -> Membership:
    """From this day these flags fit the member. Each is changed only if its reader changed it."""
    membership = locked_membership(membership_id)
    perms.set_flags.require(Person.objects.acting(by))
    require_holds(by, membership, perms.set_flags.clause)
    held = {flag.kind: flag for flag in membership.flags.on(by.today)}
    given = [kind for kind in FlagKind.values if kind in set(kinds) - set(seen) - set(held)]
    taken = [kind for kind in FlagKind.values if kind in (set(seen) - set(kinds)) & set(held)]
    if not given and not taken:
        raise AlreadySaved(membership)
    require_start(by, from_on, max([membership.from_on, *(held[kind].from_on for kind in taken)]))
    for kind in taken:
        held[kind].end(from_on)
    for kind in given:
        _require_free(membership, kind, from_on)
        MembershipFlag.objects.create(membership=membership, kind=kind, from_on=from_on)
    consequences.close_what_begins(by=by, membership=membership)
    data = {kind: [False, True] for kind in given} | {kind: [True, False] for kind in taken}
    record(by=by, verb="FLAGS_SET", obj=membership.organisation, data=data)
    return membership


def _require_free(membership: Membership, kind: str, from_on: date) -> None:
    """A flag taken away may come back, but no earlier than it went."""
    if membership.flags.filter(kind=kind, ended_on__gt=from_on).exists():
        label = FlagKind(kind).label
        raise ValidationError({"from_on": f"Cecha {quoted(label)} tego dnia jeszcze obowiązywała."})
