"""Answers by mail to what went to all members (REG §6.2)."""

from kooperacja.guard.checking import check
from kooperacja.incoming.mail import Incoming
from kooperacja.tenancy.ref import TenantRef
from tenants.dialogue.actions.answering import take_mail


def answered(incoming: Incoming, tenant: TenantRef) -> None:
    """Take the answer of a member to a message; what is in doubt waits for a decision."""
    take_mail(incoming, passes=_passes)


def _passes(text: str) -> bool:
    """The guard has nothing to say of a text: by mail nobody can be asked."""
    return check({"text": text}).is_clean
