"""Messages about a meeting (REG §2.5-2.6)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from kooperacja.notifications.base import Notification
from tenants.meetings.addressed import (
    GUEST_LINKS,
    INVITATION_LINKS,
    MINUTES_LINKS,
    POLL_LINKS,
    ByLink,
    Links,
)


@dataclass(frozen=True)
class AboutMeeting(ByLink):
    """The base of every message about a meeting; of a closed team it says no more than that."""

    invitation_id: UUID
    what: str
    when: str

    page: ClassVar[str] = "meetings:answer"
    link_label: ClassVar[str] = "Zobacz spotkanie i odpowiedz"
    links: ClassVar[Links] = INVITATION_LINKS


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
    is_obligatory: ClassVar[bool] = False
    subject: ClassVar[str] = "Zatwierdzono protokół nr {number}: {what}"
    page: ClassVar[str] = "meetings:minutes"


@dataclass(frozen=True)
class MinutesRectified(MinutesApproved):
    """To everybody who sits in the team: approved minutes were set right (REG §2.9)."""

    code: ClassVar[str] = "MINUTES_RECTIFIED"
    name: ClassVar[str] = "Sprostowanie protokołu"
    subject: ClassVar[str] = "Sprostowano protokół nr {number}: {what}"


@dataclass(frozen=True)
class MatterEnded(Notification):
    """Tells the people who run a team that a matter it passed on ended in the other team."""

    meeting_id: UUID
    what: str

    code: ClassVar[str] = "MATTER_ENDED"
    name: ClassVar[str] = "Wynik sprawy przekazanej innemu zespołowi"
    subject: ClassVar[str] = "Zakończono sprawę przekazaną innemu zespołowi: {what}"
    page: ClassVar[str] = "meetings:meeting"


@dataclass(frozen=True)
class VoiceMissing(Notification):
    """Reminds who may voice for an institution in a circulation that it has said nothing."""

    meeting_id: UUID
    what: str
    ends_at: datetime

    code: ClassVar[str] = "VOICE_MISSING"
    name: ClassVar[str] = "Brak głosu w turze e-mailowej"
    subject: ClassVar[str] = "Tura e-mailowa czeka na głos: {what}"
    page: ClassVar[str] = "meetings:meeting"


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

    is_obligatory: ClassVar[bool] = False
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
    is_obligatory: ClassVar[bool] = False
    subject: ClassVar[str] = "Prośba o zwołanie spotkania {team}"


@dataclass(frozen=True)
class MeetingRequestAnswered(_AboutRequest):
    """Tells the person who asked which meeting takes the matter up."""

    when: str

    code: ClassVar[str] = "MEETING_REQUEST_ANSWERED"
    name: ClassVar[str] = "Termin po prośbie o spotkanie"
    is_obligatory: ClassVar[bool] = False
    subject: ClassVar[str] = "Odpowiedź na prośbę o spotkanie {team}: {when}"


@dataclass(frozen=True)
class MeetingRequestRefused(_AboutRequest):
    """Tells the person who asked that no meeting is convened."""

    code: ClassVar[str] = "MEETING_REQUEST_REFUSED"
    name: ClassVar[str] = "Odmowa zwołania spotkania"
    subject: ClassVar[str] = "Odpowiedź na prośbę o spotkanie {team}"


@dataclass(frozen=True)
class GuestProposed(Notification):
    """To every seat that may object or is to consent: a guest is proposed (REG §2.8)."""

    guest_id: UUID
    what: str
    answer_until: date
    is_silence_consent: bool

    code: ClassVar[str] = "GUEST_PROPOSED"
    name: ClassVar[str] = "Propozycja gościa albo konsultanta"
    subject: ClassVar[str] = "Propozycja gościa albo konsultanta: {what}"
    page: ClassVar[str] = "meetings:guest"


@dataclass(frozen=True)
class _AboutProposal(Notification):
    """The base of what whoever proposed a guest is told."""

    guest_id: UUID
    what: str
    when: str

    page: ClassVar[str] = "meetings:guest"


@dataclass(frozen=True)
class GuestConsented(_AboutProposal):
    """Tells whoever proposed a guest that there is consent; without an address they tell the guest."""

    has_address: bool

    code: ClassVar[str] = "GUEST_CONSENTED"
    name: ClassVar[str] = "Zgoda na gościa albo konsultanta"
    subject: ClassVar[str] = "Jest zgoda na zaproszenie: {what}"


@dataclass(frozen=True)
class GuestRefused(_AboutProposal):
    """Tells whoever proposed a guest that there is no consent."""

    code: ClassVar[str] = "GUEST_REFUSED"
    name: ClassVar[str] = "Brak zgody na gościa albo konsultanta"
    subject: ClassVar[str] = "Nie ma zgody na zaproszenie: {what}"


@dataclass(frozen=True)
class AboutGuest(ByLink):
    """The base of every message to a guest; its link opens without an account, for this meeting."""

    guest_id: UUID
    what: str
    when: str

    page: ClassVar[str] = "meetings:guest_link"
    link_label: ClassVar[str] = "Zobacz spotkanie"
    links: ClassVar[Links] = GUEST_LINKS


@dataclass(frozen=True)
class GuestInvited(AboutGuest):
    """Invites a guest or consultant to whom the team consented (REG §2.8)."""

    code: ClassVar[str] = "GUEST_INVITED"
    name: ClassVar[str] = "Zaproszenie gościa na spotkanie"
    subject: ClassVar[str] = "Zaproszenie: {what}, {when}"


@dataclass(frozen=True)
class GuestMoved(AboutGuest):
    """Tells a guest that the time or the place is another one."""

    code: ClassVar[str] = "GUEST_MOVED"
    name: ClassVar[str] = "Zmiana spotkania, na które zaproszono gościa"
    subject: ClassVar[str] = "Zmiana: {what}, {when}"


@dataclass(frozen=True)
class GuestCancelled(AboutGuest):
    """Tells a guest that the meeting does not take place, or that they need not come."""

    code: ClassVar[str] = "GUEST_CANCELLED"
    name: ClassVar[str] = "Odwołanie zaproszenia gościa"
    subject: ClassVar[str] = "Odwołano: {what}, {when}"


@dataclass(frozen=True)
class MinutesForInformation(ByLink):
    """To somebody "do wiadomości": the approved minutes, by a link that opens them (REG §2.9)."""

    recipient_id: UUID
    minutes_id: UUID
    what: str
    number: str
    opens_until: date

    code: ClassVar[str] = "MINUTES_FOR_INFORMATION"
    name: ClassVar[str] = "Protokół do wiadomości"
    subject: ClassVar[str] = "Do wiadomości: protokół nr {number}, {what}"
    page: ClassVar[str] = "meetings:minutes_link"
    link_label: ClassVar[str] = "Otwórz protokół (PDF)"
    links: ClassVar[Links] = MINUTES_LINKS
    named: ClassVar[int] = 2


@dataclass(frozen=True)
class RectifiedForInformation(MinutesForInformation):
    """To somebody "do wiadomości": the minutes with what was set right (REG §2.9)."""

    code: ClassVar[str] = "RECTIFIED_FOR_INFORMATION"
    name: ClassVar[str] = "Sprostowany protokół do wiadomości"
    subject: ClassVar[str] = "Do wiadomości: sprostowany protokół nr {number}, {what}"


@dataclass(frozen=True)
class AboutPoll(ByLink):
    """The base of every message about a poll of dates; of a closed team it says no more than that."""

    respondent_id: UUID
    what: str
    until: str

    page: ClassVar[str] = "meetings:poll_link"
    link_label: ClassVar[str] = "Zobacz terminy i odpowiedz"
    links: ClassVar[Links] = POLL_LINKS


@dataclass(frozen=True)
class PollOpened(AboutPoll):
    """To everybody who has a seat: which of the dates suit (REG §2.5 s.2)."""

    code: ClassVar[str] = "POLL_OPENED"
    name: ClassVar[str] = "Ankieta terminów spotkania"
    subject: ClassVar[str] = "Wybierz terminy do {until}: {what}"


@dataclass(frozen=True)
class PollReminder(AboutPoll):
    """To those who are silent when the closing day is near."""

    code: ClassVar[str] = "POLL_REMINDER"
    name: ClassVar[str] = "Przypomnienie o ankiecie terminów"
    subject: ClassVar[str] = "Terminy czekają na odpowiedź do {until}: {what}"


@dataclass(frozen=True)
class PollAgreed(ByLink):
    """To everybody whom a poll asked: the chosen date, the place and how to take part."""

    respondent_id: UUID
    what: str
    when: str
    how: str

    code: ClassVar[str] = "POLL_AGREED"
    name: ClassVar[str] = "Wynik ankiety terminów"
    is_obligatory: ClassVar[bool] = False
    subject: ClassVar[str] = "Wybrano termin: {what}, {when}"
    page: ClassVar[str] = "meetings:poll_link"
    link_label: ClassVar[str] = "Zobacz wynik ankiety"
    links: ClassVar[Links] = POLL_LINKS


@dataclass(frozen=True)
class PapersChanged(Notification):
    """To everybody invited: a paper was added to the agenda or taken off it after convening."""

    meeting_id: UUID
    what: str
    when: str

    code: ClassVar[str] = "PAPERS_CHANGED"
    name: ClassVar[str] = "Zmiana materiałów na spotkanie"
    is_obligatory: ClassVar[bool] = False
    subject: ClassVar[str] = "Zmieniły się materiały: {what}, {when}"
    page: ClassVar[str] = "meetings:materials"
    link_label: ClassVar[str] = "Zobacz materiały"
