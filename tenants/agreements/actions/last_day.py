"""The day from which an agreement in force binds nobody any more, as far as it is known (POR)."""

from tenants.agreements import rules
from tenants.agreements.models import Agreement
from tenants.agreements.standing import Standing


def set_last_day(agreement: Agreement) -> None:
    """The day of the joint statement, or the earlier one on which fewer than two are left.

    It is looked for anew whenever a part in a locked agreement begins or ends.
    """
    before, agreement.ended_on = agreement.ended_on, None
    said = agreement.endings.valid().values_list("from_on", flat=True).first()
    days = (said, rules.fewer_from(Standing(agreement).parts.values()))
    agreement.ended_on = min(filter(None, days), default=None)
    if agreement.ended_on != before:
        agreement.save(update_fields=["ended_on"])
