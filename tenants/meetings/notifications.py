"""Messages about a meeting (REG §2.5-2.6)."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from django.urls import reverse

from kooperacja.notifications.base import Notification
from tenants.meetings.invited import signed


@dataclass(frozen=True)
class AboutMeeting(Notification):
    """The base of every message about a meeting; of a closed team it says no more than that."""

    invitation_id: UUID
    what: str
    when: str

    page: ClassVar[str] = "meetings:answer"
    link_label: ClassVar[str] = "Zobacz spotkanie i odpowiedz"

    @property
    def url(self) -> str:
        return reverse(self.page, args=[signed(self.invitation_id)])

    @property
    def is_public(self) -> bool:
        return True


@dataclass(frozen=True)
class MeetingConvened(AboutMeeting):
    """To every seat of the team: it meets (REG §2.6)."""

    code: ClassVar[str] = "MEETING_CONVENED"
    name: ClassVar[str] = "Zaproszenie na spotkanie"
    subject: ClassVar[str] = "Zaproszenie: {what}, {when}"


@dataclass(frozen=True)
class MeetingMoved(AboutMeeting):
    """To everybody invited: the time or the place is another one."""

    code: ClassVar[str] = "MEETING_MOVED"
    name: ClassVar[str] = "Zmiana terminu albo miejsca spotkania"
    subject: ClassVar[str] = "Zmiana: {what}, {when}"


@dataclass(frozen=True)
class MeetingCancelled(AboutMeeting):
    """To everybody invited, or to one who gave up the seat: nothing is expected of them."""

    code: ClassVar[str] = "MEETING_CANCELLED"
    name: ClassVar[str] = "Odwołanie spotkania"
    subject: ClassVar[str] = "Odwołano: {what}, {when}"
    link_label: ClassVar[str] = "Zobacz, co się stało"


@dataclass(frozen=True)
class MinutesForRemarks(Notification):
    """To those who were present: they may remark on the minutes until a day (REG §2.9)."""

    minutes_id: UUID
    what: str
    remarks_until: date

    code: ClassVar[str] = "MINUTES_FOR_REMARKS"
    name: ClassVar[str] = "Protokół do uwag"
    subject: ClassVar[str] = "Protokół czeka na uwagi: {what}"
    page: ClassVar[str] = "meetings:minutes"


@dataclass(frozen=True)
class MinutesApproved(Notification):
    """To everybody who sits in the team: the minutes are approved (REG §2.9)."""

    minutes_id: UUID
    what: str
    number: str

    code: ClassVar[str] = "MINUTES_APPROVED"
    name: ClassVar[str] = "Zatwierdzony protokół"
    subject: ClassVar[str] = "Zatwierdzono protokół nr {number}: {what}"
    page: ClassVar[str] = "meetings:minutes"


@dataclass(frozen=True)
class DecisionRecounted(Notification):
    """Tells the people who run a team that a decision has another result (REG §2.7)."""

    meeting_id: UUID
    what: str
    item: str

    code: ClassVar[str] = "DECISION_RECOUNTED"
    name: ClassVar[str] = "Inny wynik decyzji"
    subject: ClassVar[str] = "Inny wynik decyzji w punkcie {item}: {what}"
    page: ClassVar[str] = "meetings:meeting"


@dataclass(frozen=True)
class AboutArrangement(Notification):
    """The base of every message about an arrangement; its text stays behind the sign-in."""

    arrangement_id: UUID
    number: str
    team: str
    due_on: date

    page: ClassVar[str] = "meetings:arrangement"


@dataclass(frozen=True)
class ArrangementMade(AboutArrangement):
    """Asks its owner to do it (POR §2.3.3)."""

    code: ClassVar[str] = "ARRANGEMENT_MADE"
    name: ClassVar[str] = "Nowe ustalenie do wykonania"
    subject: ClassVar[str] = "Ustalenie nr {number} {team} czeka na wykonanie"


@dataclass(frozen=True)
class ArrangementDue(AboutArrangement):
    """Reminds its owner a week before its day."""

    code: ClassVar[str] = "ARRANGEMENT_DUE"
    name: ClassVar[str] = "Zbliża się termin ustalenia"
    subject: ClassVar[str] = "Zbliża się termin ustalenia nr {number} {team}"


@dataclass(frozen=True)
class ArrangementOverdue(AboutArrangement):
    """Reminds its owner when its day is over."""

    code: ClassVar[str] = "ARRANGEMENT_OVERDUE"
    name: ClassVar[str] = "Minął termin ustalenia"
    subject: ClassVar[str] = "Minął termin ustalenia nr {number} {team}"


@dataclass(frozen=True)
class _AboutRequest(Notification):
    """The base of every message about a request for a meeting."""

    request_id: UUID
    team: str

    page: ClassVar[str] = "meetings:request"


@dataclass(frozen=True)
class MeetingRequested(_AboutRequest):
    """Tells the people who run a team that a Kooperant asks for a meeting (REG §2.5 s.1)."""

    code: ClassVar[str] = "MEETING_REQUESTED"
    name: ClassVar[str] = "Prośba o zwołanie spotkania"
    subject: ClassVar[str] = "Prośba o zwołanie spotkania {team}"


@dataclass(frozen=True)
class MeetingRequestAnswered(_AboutRequest):
    """Tells the person who asked which meeting takes the matter up."""

    when: str

    code: ClassVar[str] = "MEETING_REQUEST_ANSWERED"
    name: ClassVar[str] = "Termin po prośbie o spotkanie"
    subject: ClassVar[str] = "Odpowiedź na prośbę o spotkanie {team}: {when}"


@dataclass(frozen=True)
class MeetingRequestRefused(_AboutRequest):
    """Tells the person who asked that no meeting is convened."""

    code: ClassVar[str] = "MEETING_REQUEST_REFUSED"
    name: ClassVar[str] = "Odmowa zwołania spotkania"
    subject: ClassVar[str] = "Odpowiedź na prośbę o spotkanie {team}"
