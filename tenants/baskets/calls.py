"""Owners of cards who are to be called, since nothing came from them (REG §3.5.a)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kooperacja.ui.polish import pl_date
from tenants.baskets.models.checks import CardCheck
from tenants.baskets.standing import entries_of, of_today, unanswered_on
from tenants.baskets.workflow import CheckState


@dataclass(frozen=True, slots=True)
class ToCall:
    """An owner, the numbers to try, the services to ask about, and what was tried before."""

    owner: str
    phones: str
    services: str
    since: str
    tried: str


def to_call(day: date) -> list[ToCall]:
    """Whoever has not answered about something by a day, the longest silent first."""
    names, phones = defaultdict[UUID, list[str]](list), defaultdict[UUID, list[str]](list)
    waiting = list(unanswered_on(day).filter(of_today(day)).order_by("name", "pk"))
    for service in waiting:
        names[service.card_id].append(service.name)
    for entry in entries_of(waiting):
        if entry.phone:
            phones[entry.service.card_id].append(entry.phone)
    rows = CardCheck.objects.exclude(state=CheckState.DONE).filter(card__in=names)
    rows = rows.exclude(card__organisation=None).select_related("card__organisation")
    return [
        ToCall(
            check.card.owner,
            _phones(check, phones[check.card_id]),
            "; ".join(names[check.card_id]),
            pl_date(check.opened_on),
            "; ".join(
                f"{pl_date(one.called_on)} {one.get_how_display()}" for one in check.calls.all()
            ),
        )
        for check in rows.prefetch_related("calls").order_by("opened_on", "pk")
    ]


def _phones(check: CardCheck, of_services: list[str]) -> str:
    """Its own number first, then those of its services, each once."""
    own = check.card.organisation.phone if check.card.organisation else ""
    return ", ".join(dict.fromkeys(one for one in (own, *of_services) if one))
