"""The states of what is said between meetings and the changes between them (REG §6.2, §7.2, §10)."""

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


class ThreadState(models.TextChoices):
    """The states of a thread of correspondence (REG §6.2)."""

    OPEN = "OPEN", "otwarta"
    CLOSED = "CLOSED", "zamknięta"


class HeldState(models.TextChoices):
    """The states of an answer that came by mail and could not join its thread by itself."""

    WAITING = "WAITING", "czeka na decyzję"
    SENT = "SENT", "wysłana do wszystkich"
    DISCARDED = "DISCARDED", "odrzucona"


_WRITING = "§ 6 ust. 2 regulaminu"
THREAD = Table(
    ThreadState,
    {
        # A closed one stays closed: what follows is a new matter with a subject of its own.
        ThreadState.OPEN: {ThreadState.CLOSED: Change(_WRITING, "THREAD_CLOSED")},
        ThreadState.CLOSED: {},
    },
)
HELD = Table(
    HeldState,
    {
        HeldState.WAITING: {
            HeldState.SENT: Change(_WRITING, "HELD_ANSWER_SENT"),
            HeldState.DISCARDED: Change(_WRITING, "HELD_ANSWER_DISCARDED"),
        },
        HeldState.SENT: {},
        HeldState.DISCARDED: {},
    },
)


class DisputeState(models.TextChoices):
    """The states of a dispute (REG §10)."""

    REPORTED = "REPORTED", "zgłoszony"
    MEDIATION = "MEDIATION", "trwa mediacja"
    SETTLED = "SETTLED", "zakończony ugodą"
    UNSETTLED = "UNSETTLED", "zakończony bez ugody"
    WITHDRAWN = "WITHDRAWN", "wycofany"


_SETTLING = "§ 10 regulaminu"
_MEDIATING = "§ 5 ust. 1 lit. c regulaminu"
_ENDS = {
    DisputeState.SETTLED: Change(_SETTLING, "DISPUTE_SETTLED"),
    DisputeState.UNSETTLED: Change(_SETTLING, "DISPUTE_UNSETTLED"),
    DisputeState.WITHDRAWN: Change(_SETTLING, "DISPUTE_WITHDRAWN"),
}
DISPUTE = Table(
    DisputeState,
    {
        DisputeState.REPORTED: {
            DisputeState.MEDIATION: Change(_MEDIATING, "DISPUTE_MEDIATED"),
            **_ENDS,
        },
        DisputeState.MEDIATION: _ENDS,
        DisputeState.SETTLED: {},
        DisputeState.UNSETTLED: {},
        DisputeState.WITHDRAWN: {},
    },
)


class ProposalState(models.TextChoices):
    """The states of what is proposed to the parties of a dispute."""

    OPEN = "OPEN", "czeka na odpowiedzi stron"
    AGREED = "AGREED", "strony się zgodziły"
    REFUSED = "REFUSED", "strona się nie zgodziła"
    DROPPED = "DROPPED", "nieaktualna"


PROPOSAL = Table(
    ProposalState,
    {
        ProposalState.OPEN: {
            ProposalState.AGREED: Change(_SETTLING, "DISPUTE_PROPOSAL_AGREED"),
            ProposalState.REFUSED: Change(_SETTLING, "DISPUTE_PROPOSAL_REFUSED"),
            # The dispute ended while it was waiting.
            ProposalState.DROPPED: Change(_SETTLING, "DISPUTE_PROPOSAL_DROPPED"),
        },
        ProposalState.AGREED: {},
        ProposalState.REFUSED: {},
        ProposalState.DROPPED: {},
    },
)


class NoteState(models.TextChoices):
    """The states of an official note (REG §6.1 s.2-3)."""

    DRAFT = "DRAFT", "projekt"
    SIGNED = "SIGNED", "podpisana"


# What was signed is never changed: it is only added to.
NOTE = Table(
    NoteState,
    {
        NoteState.DRAFT: {NoteState.SIGNED: Change("§ 6 ust. 1 regulaminu", "NOTE_SIGNED")},
        NoteState.SIGNED: {},
    },
)
