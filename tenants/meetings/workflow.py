"""The states of a meeting and the changes allowed between them (REG §2)."""

from django.db import models

from kooperacja.workflow import Change, Table


class MeetingState(models.TextChoices):
    """The states of a meeting (REG §2.5-2.9)."""

    PLANNED = "PLANNED", "w przygotowaniu"
    CONVENED = "CONVENED", "zwołane"
    HELD = "HELD", "odbyło się"
    CLOSED = "CLOSED", "zakończone"
    CANCELLED = "CANCELLED", "odwołane"


_CONVENING = "§ 2 ust. 5 regulaminu"
_RECORD = "§ 2 ust. 9 regulaminu"
MEETING = Table(
    MeetingState,
    {
        MeetingState.PLANNED: {
            MeetingState.CONVENED: Change(_CONVENING, "MEETING_CONVENED"),
            # One of the past is entered when it is over; it was convened outside the platform.
            MeetingState.HELD: Change(_RECORD, "MEETING_ENTERED"),
            MeetingState.CANCELLED: Change(_CONVENING, "MEETING_GIVEN_UP"),
        },
        MeetingState.CONVENED: {
            MeetingState.HELD: Change(_RECORD, "MEETING_HELD"),
            MeetingState.CANCELLED: Change(_CONVENING, "MEETING_CANCELLED"),
        },
        MeetingState.HELD: {MeetingState.CLOSED: Change(_RECORD, "MEETING_CLOSED")},
        MeetingState.CLOSED: {},
        MeetingState.CANCELLED: {},
    },
)


class MinutesState(models.TextChoices):
    """The states of the minutes of a meeting (REG §2.9)."""

    DRAFT = "DRAFT", "w opracowaniu"
    REVIEW = "REVIEW", "do uwag"
    APPROVED = "APPROVED", "zatwierdzony"


MINUTES = Table(
    MinutesState,
    {
        MinutesState.DRAFT: {MinutesState.REVIEW: Change(_RECORD, "MINUTES_SENT")},
        MinutesState.REVIEW: {MinutesState.APPROVED: Change(_RECORD, "MINUTES_APPROVED")},
        MinutesState.APPROVED: {},
    },
)


class ArrangementState(models.TextChoices):
    """The states of an arrangement (POR §2.3.3)."""

    OPEN = "OPEN", "do wykonania"
    DONE = "DONE", "wykonane"
    NOT_DONE = "NOT_DONE", "niewykonane"
    PASSED_ON = "PASSED_ON", "przekazane"


_DUTY = "§ 2 ust. 3 pkt 3 porozumienia"
ARRANGEMENT = Table(
    ArrangementState,
    {
        ArrangementState.OPEN: {
            ArrangementState.DONE: Change(_DUTY, "ARRANGEMENT_DONE"),
            ArrangementState.NOT_DONE: Change(_DUTY, "ARRANGEMENT_NOT_DONE"),
            ArrangementState.PASSED_ON: Change(_DUTY, "ARRANGEMENT_PASSED_ON"),
        },
        ArrangementState.DONE: {},
        ArrangementState.NOT_DONE: {},
        ArrangementState.PASSED_ON: {},
    },
)


class RequestState(models.TextChoices):
    """The states of a Kooperant's request for a meeting (REG §2.5 s.1)."""

    ASKED = "ASKED", "czeka na odpowiedź"
    ANSWERED = "ANSWERED", "wyznaczono spotkanie"
    REFUSED = "REFUSED", "odmówiono"
    WITHDRAWN = "WITHDRAWN", "wycofano"


REQUEST = Table(
    RequestState,
    {
        RequestState.ASKED: {
            RequestState.ANSWERED: Change(_CONVENING, "MEETING_REQUEST_ANSWERED"),
            RequestState.REFUSED: Change(_CONVENING, "MEETING_REQUEST_REFUSED"),
            RequestState.WITHDRAWN: Change(_CONVENING, "MEETING_REQUEST_WITHDRAWN"),
        },
        RequestState.ANSWERED: {},
        RequestState.REFUSED: {},
        RequestState.WITHDRAWN: {},
    },
)


class GuestState(models.TextChoices):
    """The states of a guest or consultant proposed for a meeting (REG §2.8)."""

    PENDING = "PENDING", "czeka na zgodę"
    CONSENTED = "CONSENTED", "jest zgoda"
    REFUSED = "REFUSED", "nie ma zgody"
    WITHDRAWN = "WITHDRAWN", "wycofano"


_GUESTS = "§ 2 ust. 8 regulaminu"
GUEST = Table(
    GuestState,
    {
        GuestState.PENDING: {
            GuestState.CONSENTED: Change(_GUESTS, "GUEST_CONSENTED"),
            GuestState.REFUSED: Change(_GUESTS, "GUEST_REFUSED"),
            GuestState.WITHDRAWN: Change(_GUESTS, "GUEST_WITHDRAWN"),
        },
        # Who proposed a guest may do without them after all.
        GuestState.CONSENTED: {GuestState.WITHDRAWN: Change(_GUESTS, "GUEST_WITHDRAWN")},
        GuestState.REFUSED: {},
        GuestState.WITHDRAWN: {},
    },
)


class PollState(models.TextChoices):
    """The states of a poll of dates (REG §2.5 s.2)."""

    OPEN = "OPEN", "czeka na odpowiedzi"
    AGREED = "AGREED", "wybrano termin"
    ENDED = "ENDED", "zakończona bez terminu"


POLL = Table(
    PollState,
    {
        PollState.OPEN: {
            PollState.AGREED: Change(_CONVENING, "POLL_AGREED"),
            PollState.ENDED: Change(_CONVENING, "POLL_ENDED"),
        },
        PollState.AGREED: {},
        PollState.ENDED: {},
    },
)
