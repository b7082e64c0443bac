"""The states of a delegation that a GGK asks for, and the changes between them (POR-C §2.4.2, §3)."""

from django.db import models

from kooperacja.workflow import Change, Table


class DelegationState(models.TextChoices):
    """The way of one delegation, from the request to its end."""

    ASKED = "ASKED", "czekamy na odpowiedź"
    NAMED = "NAMED", "wskazano osobę"
    SEATED = "SEATED", "w składzie grupy"
    DECLINED = "DECLINED", "osoba nie przyjęła delegacji"
    REFUSED = "REFUSED", "instytucja odmówiła"
    NOT_OURS = "NOT_OURS", "instytucja: to nie nasze"
    WITHDRAWN = "WITHDRAWN", "prośba wycofana"
    EXPIRED = "EXPIRED", "minął termin odpowiedzi"
    UNDELIVERED = "UNDELIVERED", "prośby nie doręczono"
    ENDED = "ENDED", "delegacja zakończona"


class EndReason(models.TextChoices):
    """The reasons for which a delegation ends (POR-C §2.4.2, §3.7)."""

    RECALLED = "RECALLED", "instytucja odwołała delegację"
    LEFT_INSTITUTION = "LEFT_INSTITUTION", "osoba odeszła z instytucji"
    PARTY_LEFT = "PARTY_LEFT", "instytucja nie jest już Stroną porozumienia"
    MERGED = "MERGED", "instytucję przejęła inna; poproś następcę o wskazanie delegata"
    AGREEMENT_ENDED = "AGREEMENT_ENDED", "porozumienie nie obowiązuje"
    COUNTY_CLOSED = "COUNTY_CLOSED", "jednostka, która prowadzi porozumienie, jest zamknięta"
    TERM = "TERM", "minął czas, na który delegowano"
    GROUP_CLOSED = "GROUP_CLOSED", "grupa zakończyła działanie"
    GMINA_CLOSED = "GMINA_CLOSED", "jednostka w gminie była zamknięta"
    RELEASED = "RELEASED", "ośrodek zakończył udział tej osoby w grupie"


CLAUSES = {
    "POR-C §2.4.2": "§ 2 ust. 4 pkt 2 porozumienia",
    "POR-C §3.6": "§ 3 ust. 6 porozumienia",
    "POR-C §3.7": "§ 3 ust. 7 porozumienia",
}
DELEGATING, SECRECY, BELONGING = CLAUSES.values()
_ENDED = {DelegationState.ENDED: Change(BELONGING, "DELEGATION_ENDED")}
DELEGATION = Table(
    DelegationState,
    {
        DelegationState.ASKED: {
            DelegationState.NAMED: Change(DELEGATING, "DELEGATION_NAMED"),
            DelegationState.REFUSED: Change(DELEGATING, "DELEGATION_REFUSED"),
            DelegationState.NOT_OURS: Change(DELEGATING, "DELEGATION_NOT_OURS"),
            DelegationState.WITHDRAWN: Change(DELEGATING, "DELEGATION_WITHDRAWN"),
            DelegationState.EXPIRED: Change(DELEGATING, "DELEGATION_EXPIRED"),
            DelegationState.UNDELIVERED: Change(DELEGATING, "DELEGATION_UNDELIVERED"),
            # Its party or the agreement ended first, or it was recalled before we heard of it.
            **_ENDED,
        },
        DelegationState.NAMED: {
            # Not before the secrecy statement was made (§ 3 ust. 6).
            DelegationState.SEATED: Change(SECRECY, "DELEGATION_ACCEPTED"),
            DelegationState.DECLINED: Change(DELEGATING, "DELEGATION_DECLINED"),
            **_ENDED,
        },
        DelegationState.SEATED: _ENDED,
        DelegationState.DECLINED: {},
        DelegationState.REFUSED: {},
        DelegationState.NOT_OURS: {},
        DelegationState.WITHDRAWN: {},
        DelegationState.EXPIRED: {},
        DelegationState.UNDELIVERED: {},
        DelegationState.ENDED: {},
    },
)
# One such request an institution and function: it may still become a delegation.
OPEN = frozenset({DelegationState.ASKED, DelegationState.NAMED})
# The institution named a person for these, and may recall that.
STANDING = frozenset({DelegationState.NAMED, DelegationState.SEATED})
# With these nobody can answer any more, so a request that waits lapses; it was no delegation yet.
LAPSING = frozenset({EndReason.AGREEMENT_ENDED, EndReason.COUNTY_CLOSED})
# Nobody answered in time; an answer that comes after all is refused.
TOO_LATE = frozenset(
    {DelegationState.WITHDRAWN, DelegationState.EXPIRED, DelegationState.UNDELIVERED}
)
