"""The county's unit, the office and the delegate hear what becomes of a delegation."""

from datetime import date
from uuid import UUID

from gmina.ggk.models import DelegationRequest, GroupCoordinator
from gmina.ggk.notifications import DelegationAnswered, DelegationOver, DelegationToAccept
from gmina.ggk.said import news_of, office
from gmina.ggk.standing import asked
from kooperacja.audit.actor import Actor
from kooperacja.notifications.base import Recipient, send, settle
from kooperacja.ui.polish import pl_date
from tenants.exchange.delegations import ASKED, STATE, WITHDRAWN, Became
from tenants.exchange.letters import post
from tenants.people.actions.invitations import holders, recipients
from tenants.people.perms import OFFICE


def post_asked(row: DelegationRequest) -> None:
    """Ask the county's unit; the letter names an institution, a function, days and who asks."""
    payload = {
        "request_id": row.pk,
        "agreement_id": row.group.agreement_id,
        "party_id": row.party_id,
        "function": row.function,
        "from_on": row.from_on,
        "answer_by": row.answer_by,
        "asked_by": f"{office()}, {row.asked_by_name}"[:300],
    }
    post(to=row.group.county_id, kind=ASKED, payload=payload, dedupe=asked(row.pk))


def post_withdrawn(row: DelegationRequest, day: date) -> None:
    payload = {"request_id": row.pk, "on": day}
    dedupe = f"delegation-withdrawn:{row.pk}"
    post(to=row.group.county_id, kind=WITHDRAWN, payload=payload, dedupe=dedupe)


def post_state(row: DelegationRequest, state: Became, day: date) -> None:
    """Say how far it is here; said again, it is the same letter."""
    payload = {"request_id": row.pk, "state": state.value, "on": day}
    if row.end_reason and state in (Became.ENDED, Became.EXPIRED):
        payload["why"] = row.end_reason
    dedupe = f"delegation-state:{row.pk}:{state}"
    post(to=row.group.county_id, kind=STATE, payload=payload, dedupe=dedupe)


def tell_office(by: Actor, row: DelegationRequest) -> None:
    """Whoever asks for delegations hears of a new state."""
    message = DelegationAnswered(*_about(row), news=news_of(row))
    send(message, to=_askers(by, row), dedupe=f"delegation:{row.pk}:{row.state}")


def tell_delegate(row: DelegationRequest) -> None:
    """Whoever works here already is told in the unit; others have the invitation."""
    if row.person is not None and row.person.account_id:
        message = DelegationToAccept(*_about(row))
        send(message, to=recipients([row.person]), dedupe=waits(row))


def nothing_waits(row: DelegationRequest) -> None:
    settle(dedupe=waits(row))


def tell_over(row: DelegationRequest) -> None:
    """The delegate hears that it ends, and why."""
    message = DelegationOver(
        *_about(row), since=pl_date(row.first_day_off), why=row.get_end_reason_display()
    )
    send(message, to=recipients([row.person]), dedupe=f"delegation-over:{row.pk}")


def waits(row: DelegationRequest) -> str:
    return f"delegation-waits:{row.pk}"


def _about(row: DelegationRequest) -> tuple[UUID, str, str]:
    return row.pk, row.what_they_do, row.party_name


def _askers(by: Actor, row: DelegationRequest) -> list[Recipient]:
    """The coordinator; the office where there is none."""
    rows = GroupCoordinator.objects.on(by.today).filter(group=row.group_id)
    people = [one.person for one in rows.select_related("person")]
    others = [one for one in people if one.pk != by.person_id]
    return recipients(others if people else holders(by, *OFFICE))
