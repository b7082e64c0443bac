"""Requests of gminas that wait for an answer (POR-C §2.4.2)."""

from collections.abc import Iterator
from datetime import date

from kooperacja.tenancy.facts import fact
from kooperacja.ui.polish import pl_date
from powiat.pzk import perms
from powiat.pzk.models import AskedDelegation
from powiat.pzk.standing import is_county
from powiat.pzk.workflow import CLAUSE, AskedState
from tenants.people.models import Person, holds
from tenants.people.perms import OFFICE
from tenants.people.today import Awaited, Waiting


@fact
def _open() -> tuple[AskedDelegation, ...]:
    """Requests that nobody has answered yet; a gmina has none of them."""
    if not is_county():
        return ()
    rows = AskedDelegation.objects.filter(state=AskedState.ASKED).select_related("party")
    return tuple(rows.order_by("answer_by", "pk"))


def answers_wait(person: Person, day: date) -> Iterator[Waiting]:
    """For the people of the institution that is asked."""
    if not perms.see_delegations(person):
        return
    for asked in _open():
        if perms.is_own(person, asked):
            yield Waiting(
                f"Odpowiedz na prośbę o delegata do GGK: {asked.source_name}, {asked.function}",
                asked.url,
                CLAUSE,
                f"Odpowiedź do {pl_date(asked.answer_by)}",
                due=asked.answer_by,
                is_overdue=asked.answer_by < day,
                matter="Odpowiedź w sprawie delegata",
                about=asked.pk,
            )


def answers_awaited(person: Person, day: date) -> Iterator[Awaited]:
    """For the office: institutions that have not answered; it may enter what they write."""
    if not holds(person, OFFICE):
        return
    for asked in _open():
        if not perms.is_own(person, asked):
            yield Awaited(
                title=f"Odpowiedź w sprawie delegata do GGK: {asked.institution}",
                href=asked.url,
                text=f"{asked.source_name}, {asked.function}. Odpowiedź do {pl_date(asked.answer_by)}",
                clause=CLAUSE,
                is_overdue=asked.answer_by < day,
            )
