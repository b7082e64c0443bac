"""The states of a delegate whom a gmina asks for, and the changes between them (POR-C §2.4.2)."""

from django.db import models

from kooperacja.workflow import Change, Table

CLAUSE = "§ 2 ust. 4 pkt 2 porozumienia"


class AskedState(models.TextChoices):
    """The states of a request for a delegate, and of the delegate after it."""

    ASKED = "ASKED", "czeka na odpowiedź"
    NAMED = "NAMED", "wskazano delegata"
    REFUSED = "REFUSED", "odmowa"
    NOT_OURS = "NOT_OURS", "nie do tej instytucji"
    WITHDRAWN = "WITHDRAWN", "wycofana"
    EXPIRED = "EXPIRED", "bez odpowiedzi w terminie"
    SEATED = "SEATED", "delegat jest w GGK"
    DECLINED = "DECLINED", "delegat nie przyjął delegacji"
    TOO_LATE = "TOO_LATE", "odpowiedź za późno"
    ENDED = "ENDED", "delegacja skończona"


_WITHDRAWN = Change(CLAUSE, "PZK_DELEGATE_WITHDRAWN")
_ENDED = Change(CLAUSE, "PZK_DELEGATE_ENDED")
ASKED = Table(
    AskedState,
    {
        AskedState.ASKED: {
            AskedState.NAMED: Change(CLAUSE, "PZK_DELEGATE_NAMED"),
            AskedState.REFUSED: Change(CLAUSE, "PZK_DELEGATE_REFUSED"),
            AskedState.NOT_OURS: Change(CLAUSE, "PZK_DELEGATE_NOT_OURS"),
            AskedState.WITHDRAWN: _WITHDRAWN,
            AskedState.EXPIRED: Change(CLAUSE, "PZK_DELEGATE_EXPIRED"),
        },
        # What follows the answer is decided in the gmina, but for the recall.
        AskedState.NAMED: {
            AskedState.SEATED: Change("§ 3 ust. 1 porozumienia", "PZK_DELEGATE_SEATED"),
            AskedState.DECLINED: Change(CLAUSE, "PZK_DELEGATE_DECLINED"),
            AskedState.TOO_LATE: Change(CLAUSE, "PZK_DELEGATE_TOO_LATE"),
            AskedState.WITHDRAWN: _WITHDRAWN,
            AskedState.ENDED: _ENDED,
        },
        AskedState.SEATED: {AskedState.ENDED: _ENDED},
        AskedState.REFUSED: {},
        AskedState.NOT_OURS: {},
        AskedState.WITHDRAWN: {},
        AskedState.EXPIRED: {},
        AskedState.DECLINED: {},
        AskedState.TOO_LATE: {},
        AskedState.ENDED: {},
    },
)
# Somebody is a delegate, or is about to be one.
SENT = frozenset({AskedState.NAMED, AskedState.SEATED})
ANSWERED = frozenset({AskedState.NAMED, AskedState.REFUSED, AskedState.NOT_OURS})
