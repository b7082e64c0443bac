"""Letters that a gmina reads from its county, and its own that come back (POR-C §2.4.2)."""

from gmina.ggk.actions import answering, ending
from tenants.exchange import delegations
from tenants.exchange.letters import LetterKind, Undeliverable

LETTERS = (
    LetterKind(
        delegations.ANSWERED, delegations.FIELDS[delegations.ANSWERED], answering.read_answer
    ),
    LetterKind(
        delegations.ENDED,
        delegations.FIELDS[delegations.ENDED],
        ending.read_end,
        outlasts_closing=True,
    ),
    Undeliverable(delegations.ASKED, answering.read_returned),
)
