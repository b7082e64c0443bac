"""The states of what is said between meetings and the changes allowed between them (REG §7.2)."""

from django.db import models

from kooperacja.workflow import Change, Table


class RiskState(models.TextChoices):
    """The states of a risk that a member reported (REG §7.2)."""

    OPEN = "OPEN", "otwarte"
    HANDLED = "HANDLED", "podjęto działania"
    CLOSED = "CLOSED", "zamknięte"
    WITHDRAWN = "WITHDRAWN", "wycofane"


_INFORMING = "§ 7 ust. 2 regulaminu"
_WATCHING = "§ 7 ust. 1 regulaminu"
_WITHDRAWN = Change(_INFORMING, "RISK_WITHDRAWN")
_CLOSED = Change(_WATCHING, "RISK_CLOSED")
RISK = Table(
    RiskState,
    {
        RiskState.OPEN: {
            RiskState.HANDLED: Change(_WATCHING, "RISK_HANDLED"),
            # What turned out to need nothing.
            RiskState.CLOSED: _CLOSED,
            RiskState.WITHDRAWN: _WITHDRAWN,
        },
        RiskState.HANDLED: {RiskState.CLOSED: _CLOSED, RiskState.WITHDRAWN: _WITHDRAWN},
        RiskState.CLOSED: {},
        RiskState.WITHDRAWN: {},
    },
)
