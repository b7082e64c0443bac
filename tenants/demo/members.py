"""Workers, engagement, flags and profiles of the demo's members."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from tenants.demo import words
from tenants.demo.office import Office, person
from tenants.partnership.models import (
    DesignatedWorker,
    Engagement,
    EngagementLevel,
    FlagKind,
    Membership,
    MembershipFlag,
)
from tenants.people.models import Organisation, Post, Sector

_QUARTER = timedelta(days=90)


def everybody() -> list[Membership]:
    """All who have ever been members, the first to join first."""
    rows = Membership.objects.select_related("organisation", "declaration__signatory")
    return list(rows.order_by("from_on", "pk"))


def describe(office: Office, random: Random, share: float) -> None:
    """Write down what is known of a share of the members."""
    known = [member for member in everybody() if random.random() < share]
    for number, member in enumerate(known):
        member.organisation.competences = words.COMPETENCES[Sector(member.organisation.sector)]
        member.organisation.ways_of_working = words.WAYS[number % len(words.WAYS)]
    profiled = [member.organisation for member in known]
    Organisation.objects.bulk_update(profiled, ["competences", "ways_of_working"])
    Engagement.objects.bulk_create(
        row for member in known for row in _levels(random, member, office.today)
    )
    MembershipFlag.objects.bulk_create(
        MembershipFlag(
            membership=member, kind=kind, from_on=member.from_on, ended_on=member.ended_on
        )
        for member in known
        for kind in FlagKind.values
        if random.random() < 0.4
    )
    workers = [_worker(random, member, number) for number, member in enumerate(known)]
    DesignatedWorker.objects.bulk_create(workers)
    Post.objects.bulk_create(_post(worker) for worker in workers)
    Post.objects.bulk_create(
        _former_head(random, member, number) for number, member in enumerate(known[::4])
    )


def _levels(random: Random, of: Membership, today: date) -> Iterator[Engagement]:
    """From the first day; with some, another one since a quarter later."""
    first, second = random.sample(EngagementLevel.values, 2)
    changed_on = of.from_on + _QUARTER
    is_changed = random.random() < 0.3 and changed_on < (of.ended_on or today)
    until = changed_on if is_changed else of.ended_on
    reason = words.ENGAGED
    yield Engagement(membership=of, level=first, reason=reason, from_on=of.from_on, ended_on=until)
    if is_changed:
        yield Engagement(
            membership=of, level=second, reason=reason, from_on=changed_on, ended_on=of.ended_on
        )


def _worker(random: Random, of: Membership, number: int) -> DesignatedWorker:
    return DesignatedWorker(
        membership=of,
        person=person(random, 700 + number),
        position=words.POSITIONS[number % len(words.POSITIONS)],
        indicated_by=of.declaration.signatory,
        from_on=of.from_on,
        ended_on=of.ended_on,
    )


def _post(of: DesignatedWorker) -> Post:
    return Post(
        person=of.person,
        organisation=of.membership.organisation,
        function=of.position,
        from_on=of.from_on,
    )


def _former_head(random: Random, of: Membership, number: int) -> Post:
    """Headed the institution before it joined."""
    return Post(
        person=person(random, 800 + number),
        organisation=of.organisation,
        function=of.declaration.signatory_function,
        is_head=True,
        from_on=of.from_on - 8 * _QUARTER,
        ended_on=of.from_on,
    )
