"""The states of an agreement and of its parties, and the changes allowed between them (POR)."""

from django.db import models

from kooperacja.workflow import Change, Table


class AgreementState(models.TextChoices):
    """The states of an agreement."""

    DRAFT = "DRAFT", "projekt"
    SIGNING = "SIGNING", "do podpisu"
    IN_FORCE = "IN_FORCE", "obowiązuje"
    FAILED = "FAILED", "nie weszło w życie"
    ENDED = "ENDED", "przestało obowiązywać"
    DISCARDED = "DISCARDED", "odrzucony projekt"


class PartyState(models.TextChoices):
    """The part of a party in the signing of an agreement."""

    WAITING = "WAITING", "nie podpisano"
    SIGNED = "SIGNED", "podpisano"
    REFUSED = "REFUSED", "odmowa podpisu"
    # Once the agreement is in force (POR-C §4.3).
    JOINING = "JOINING", "przystępuje"
    ACCEDED = "ACCEDED", "przystąpiono później"


class SideState(models.TextChoices):
    """The part of a party in the signing of an aneks; its codes are those of the agreement."""

    WAITING = PartyState.WAITING.value, PartyState.WAITING.label
    SIGNED = PartyState.SIGNED.value, PartyState.SIGNED.label
    REFUSED = PartyState.REFUSED.value, PartyState.REFUSED.label


class AccessionState(models.TextChoices):
    """The states of a late accession."""

    PREPARED = "PREPARED", "czeka na podpis"
    SIGNED = "SIGNED", "podpisane"
    WITHDRAWN = "WITHDRAWN", "wycofane"


_TEXT = "preambuła porozumienia"
_SIGNING = "podpisy pod porozumieniem"
_ENDING = "oświadczenie Stron porozumienia"
_DISCARDED = {AgreementState.DISCARDED: Change(_TEXT, "AGREEMENT_DISCARDED")}
_TAKEN_BACK = {AgreementState.DRAFT: Change(_SIGNING, "AGREEMENT_TAKEN_BACK")}
AGREEMENT = Table(
    AgreementState,
    {
        AgreementState.DRAFT: {
            AgreementState.SIGNING: Change(_SIGNING, "AGREEMENT_SENT_TO_SIGN"),
            **_DISCARDED,
        },
        AgreementState.SIGNING: {
            AgreementState.IN_FORCE: Change(_SIGNING, "AGREEMENT_IN_FORCE"),
            AgreementState.FAILED: Change(_SIGNING, "AGREEMENT_FAILED"),
            **_TAKEN_BACK,
        },
        AgreementState.IN_FORCE: {AgreementState.ENDED: Change(_ENDING, "AGREEMENT_CEASED")},
        AgreementState.ENDED: {},
        # The parties may mend the text and try once more.
        AgreementState.FAILED: {**_TAKEN_BACK, **_DISCARDED},
        AgreementState.DISCARDED: {},
    },
)
# The text lies before the parties, or did; nothing of it changes any more.
FROZEN = frozenset(
    {
        *(AgreementState.SIGNING, AgreementState.IN_FORCE),
        *(AgreementState.FAILED, AgreementState.ENDED),
    }
)
# It binds its parties, or did.
BINDING = frozenset({AgreementState.IN_FORCE, AgreementState.ENDED})
# Nobody is a party by it.
OVER = frozenset({AgreementState.DISCARDED, AgreementState.FAILED, AgreementState.ENDED})
_AGAIN = {PartyState.WAITING: Change(_SIGNING, "AGREEMENT_PARTY_ASKED_AGAIN")}
_LATE = "§ 4 ust. 3 porozumienia"
_ACCEDES = {PartyState.ACCEDED: Change(_LATE, "AGREEMENT_PARTY_ACCEDED")}
_SIGNED = {PartyState.SIGNED: Change(_SIGNING, "AGREEMENT_PARTY_SIGNED")}
PARTY = Table(
    PartyState,
    {
        PartyState.WAITING: {
            PartyState.REFUSED: Change(_SIGNING, "AGREEMENT_PARTY_REFUSED"),
            **_SIGNED,
            **_ACCEDES,
        },
        # When the text is taken back, whatever was signed is void, and what came too late never
        # counted; before force a party may think better of it, which is a refusal with a reason.
        PartyState.SIGNED: {
            PartyState.REFUSED: Change(_SIGNING, "AGREEMENT_SIGNATURE_WITHDRAWN"),
            **_AGAIN,
            **_ACCEDES,
        },
        PartyState.REFUSED: {**_AGAIN, **_ACCEDES},
        PartyState.JOINING: _ACCEDES,
        PartyState.ACCEDED: {},
    },
)
ACCESSION = Table(
    AccessionState,
    {
        AccessionState.PREPARED: {
            AccessionState.SIGNED: Change(_LATE, "AGREEMENT_ACCESSION_SIGNED"),
            AccessionState.WITHDRAWN: Change(_LATE, "AGREEMENT_ACCESSION_WITHDRAWN"),
        },
        AccessionState.SIGNED: {},
        AccessionState.WITHDRAWN: {},
    },
)


class AmendmentState(models.TextChoices):
    """The states of an aneks."""

    DRAFT = "DRAFT", "projekt"
    SIGNING = "SIGNING", "do podpisu"
    IN_FORCE = "IN_FORCE", "obowiązuje"
    FAILED = "FAILED", "nie wszedł w życie"
    DISCARDED = "DISCARDED", "odrzucony projekt"


_AMENDING = "zmiana porozumienia aneksem"
AMENDMENT = Table(
    AmendmentState,
    {
        AmendmentState.DRAFT: {
            AmendmentState.SIGNING: Change(_AMENDING, "AMENDMENT_SENT_TO_SIGN"),
            AmendmentState.DISCARDED: Change(_AMENDING, "AMENDMENT_DISCARDED"),
        },
        AmendmentState.SIGNING: {
            AmendmentState.IN_FORCE: Change(_AMENDING, "AMENDMENT_IN_FORCE"),
            AmendmentState.FAILED: Change(_AMENDING, "AMENDMENT_FAILED"),
            AmendmentState.DRAFT: Change(_AMENDING, "AMENDMENT_TAKEN_BACK"),
        },
        AmendmentState.IN_FORCE: {},
        AmendmentState.FAILED: {},
        AmendmentState.DISCARDED: {},
    },
)
# Of these an agreement has one at a time.
AMENDMENT_OPEN = frozenset({AmendmentState.DRAFT, AmendmentState.SIGNING})
AMENDMENT_FROZEN = frozenset(
    {AmendmentState.SIGNING, AmendmentState.IN_FORCE, AmendmentState.FAILED}
)
_ASKED_AGAIN = {SideState.WAITING: Change(_AMENDING, "AMENDMENT_PARTY_ASKED_AGAIN")}
AMENDMENT_SIDE = Table(
    SideState,
    {
        SideState.WAITING: {
            SideState.SIGNED: Change(_AMENDING, "AMENDMENT_PARTY_SIGNED"),
            SideState.REFUSED: Change(_AMENDING, "AMENDMENT_PARTY_REFUSED"),
        },
        SideState.SIGNED: _ASKED_AGAIN,
        SideState.REFUSED: _ASKED_AGAIN,
    },
)
