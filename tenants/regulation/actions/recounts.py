"""The Lider settles a result that void votes overturned (REG §9)."""

from datetime import date
from uuid import UUID

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.problems import NOTHING_DONE, Problem
from kooperacja.writes import AlreadySaved, insert_once
from tenants.people.models import Person
from tenants.regulation import perms
from tenants.regulation.actions.amendments import (
    COPIED,
    open_to_votes,
    require_amendable,
    working_partnership,
)
from tenants.regulation.models import RecountRuling, RegulationRecount, RegulationVersion


@transaction.atomic
def leave_result(*, by: Actor, regulation_id: UUID, reason: str) -> RegulationVersion:
    """Let an overturned result stand and say why."""
    version = RegulationVersion.objects.select_for_update().get(pk=regulation_id)
    perms.adopt_regulation.require(Person.objects.acting(by))
    _rule(by, require_unsettled(version, reason=reason), reason=reason)
    record(by=by, verb="RESULT_LEFT", obj=version, why=reason)
    return version


@transaction.atomic
def repeat_voting(
    *,
    by: Actor,
    key: UUID,
    regulation_id: UUID,
    voting_until: date,
    voting_from: date | None = None,
) -> RegulationVersion:
    """Put the same text to the vote of whoever is a member on the first day, without it today."""
    partnership = working_partnership()
    version = RegulationVersion.objects.select_for_update().get(pk=regulation_id)
    perms.adopt_regulation.require(Person.objects.acting(by))
    require_repeatable(version, key)
    copied = {name: getattr(version, name) for name in COPIED}
    repeat = RegulationVersion(
        id=key, amends=version.amends, justification=version.justification, **copied
    )
    insert_once(repeat)
    _rule(by, require_unsettled(version), repeat=repeat)
    record(by=by, verb="VOTING_REPEATED", obj=version)
    ended_on = version.adopted_on or version.closed_on
    assert ended_on is not None  # its voting was closed
    open_to_votes(by, repeat, partnership, (voting_from or by.today, voting_until), ended_on)
    return repeat


def require_unsettled(version: RegulationVersion, reason: str = "") -> list[RegulationRecount]:
    """The recounts that wait for the Lider's decision."""
    found = list(version.recounts.unsettled().order_by("recorded_at", "pk"))
    if found:
        return found
    rulings = RecountRuling.objects.filter(recount__regulation=version)
    if reason and rulings.filter(reason=reason).exists():
        raise AlreadySaved(version)
    raise Problem(
        "Wynik tego głosowania nie wymaga rozstrzygnięcia",
        "Głosy policzono, a wynik się nie zmienił albo już go rozstrzygnięto.",
        clause=perms.adopt_regulation.clause,
        kept=NOTHING_DONE,
        at=version,
        action="Zobacz głosy",
    )


def require_repeatable(version: RegulationVersion, key: UUID | None = None) -> None:
    """Nothing was adopted since, so that the same text still changes what it changed."""
    newest = require_amendable(key)
    require_unsettled(version)
    if newest.pk not in {version.pk, version.amends_id}:
        raise Problem(
            "Tego głosowania nie można już powtórzyć",
            f"Od tego czasu przyjęto wersję {newest.number} regulaminu. Rozpocznij zmianę od niej "
            "albo pozostaw wynik z podaniem powodu.",
            clause=perms.adopt_regulation.clause,
            kept=NOTHING_DONE,
            at=version,
        )


def _rule(
    by: Actor,
    recounts: list[RegulationRecount],
    *,
    reason: str = "",
    repeat: RegulationVersion | None = None,
) -> None:
    assert by.person_id is not None  # the Lider is one of the tenant's people
    RecountRuling.objects.bulk_create(
        RecountRuling(
            recount=recount,
            reason=reason,
            repeat=repeat,
            ruled_on=by.today,
            person_id=by.person_id,
        )
        for recount in recounts
    )
