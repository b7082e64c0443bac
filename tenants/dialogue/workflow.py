"""The states of what is said between meetings and the changes between them (REG §2.10, §6-7, §10)."""

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


class PlanState(models.TextChoices):
    """The states of a version of an action plan (REG §2.10)."""

    DRAFT = "DRAFT", "w przygotowaniu"
    PROPOSED = "PROPOSED", "przedstawiony zespołowi"
    ADOPTED = "ADOPTED", "przyjęty"
    REPLACED = "REPLACED", "zastąpiony nowszą wersją"
    DROPPED = "DROPPED", "porzucony"


_PLANNING = "§ 2 ust. 10 regulaminu"
PLAN = Table(
    PlanState,
    {
        PlanState.DRAFT: {
            PlanState.PROPOSED: Change(_PLANNING, "PLAN_PRESENTED"),
            # Agreed outside the platform; its paper or its meeting says so.
            PlanState.ADOPTED: Change(_PLANNING, "PLAN_ENTERED"),
            PlanState.DROPPED: Change(_PLANNING, "PLAN_DROPPED"),
        },
        PlanState.PROPOSED: {
            PlanState.ADOPTED: Change(_PLANNING, "PLAN_ADOPTED"),
            PlanState.DRAFT: Change(_PLANNING, "PLAN_RETURNED"),
        },
        PlanState.ADOPTED: {PlanState.REPLACED: Change(_PLANNING, "PLAN_REPLACED")},
        PlanState.REPLACED: {},
        PlanState.DROPPED: {},
    },
)


class UndertakingState(models.TextChoices):
    """How far an activity of a plan is (REG §2.10)."""

    NOT_BEGUN = "NOT_BEGUN", "nierozpoczęte"
    UNDER_WAY = "UNDER_WAY", "w toku"
    DONE = "DONE", "wykonane"
    GIVEN_UP = "GIVEN_UP", "zaniechane"


_DONE = Change(_PLANNING, "ACTIVITY_DONE")
_GIVEN_UP = Change(_PLANNING, "ACTIVITY_GIVEN_UP")
# What turned out to be unfinished, or is taken up again.
_RESUMED = Change(_PLANNING, "ACTIVITY_RESUMED")
UNDERTAKING = Table(
    UndertakingState,
    {
        UndertakingState.NOT_BEGUN: {
            UndertakingState.UNDER_WAY: Change(_PLANNING, "ACTIVITY_BEGUN"),
            UndertakingState.DONE: _DONE,
            UndertakingState.GIVEN_UP: _GIVEN_UP,
        },
        UndertakingState.UNDER_WAY: {
            UndertakingState.DONE: _DONE,
            UndertakingState.GIVEN_UP: _GIVEN_UP,
        },
        UndertakingState.DONE: {UndertakingState.UNDER_WAY: _RESUMED},
        UndertakingState.GIVEN_UP: {UndertakingState.UNDER_WAY: _RESUMED},
    },
)


class ActivityProposalState(models.TextChoices):
    """The states of an activity that a member proposed for a plan (REG §2.10)."""

    WAITING = "WAITING", "czeka na odpowiedź"
    ACCEPTED = "ACCEPTED", "wpisana do planu"
    REFUSED = "REFUSED", "odrzucona"
    WITHDRAWN = "WITHDRAWN", "wycofana"


ACTIVITY_PROPOSAL = Table(
    ActivityProposalState,
    {
        ActivityProposalState.WAITING: {
            ActivityProposalState.ACCEPTED: Change(_PLANNING, "ACTIVITY_PROPOSAL_ACCEPTED"),
            ActivityProposalState.REFUSED: Change(_PLANNING, "ACTIVITY_PROPOSAL_REFUSED"),
            ActivityProposalState.WITHDRAWN: Change(_PLANNING, "ACTIVITY_PROPOSAL_WITHDRAWN"),
        },
        ActivityProposalState.ACCEPTED: {},
        ActivityProposalState.REFUSED: {},
        ActivityProposalState.WITHDRAWN: {},
    },
)


class MaterialState(models.TextChoices):
    """The states of a material that a member shared (POR §2.3.1)."""

    SHARED = "SHARED", "udostępniony"
    WITHDRAWN = "WITHDRAWN", "wycofany"


EXCHANGE = "przypis do tytułu regulaminu i § 2 ust. 3 pkt 1 porozumienia"
MATERIAL = Table(
    MaterialState,
    {
        # What was withdrawn comes back as a new one, if it does.
        MaterialState.SHARED: {MaterialState.WITHDRAWN: Change(EXCHANGE, "MATERIAL_WITHDRAWN")},
        MaterialState.WITHDRAWN: {},
    },
)
