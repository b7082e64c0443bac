"""Messages of what is said between meetings (REG §2.10, §6-7, §10)."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from kooperacja.notifications.base import Notification
from tenants.dialogue.links import NOTE_LINKS, RISK_LINKS
from tenants.meetings.addressed import ByLink, Links


@dataclass(frozen=True)
class _AboutRisk(Notification):
    """The base of every message about a risk; its text stays behind the link."""

    risk_id: UUID
    what: str
    team: str

    page: ClassVar[str] = "dialogue:risk"


@dataclass(frozen=True)
class RiskReported(_AboutRisk):
    """To every member of the team: a risk was reported (REG §7.2)."""

    urgency: str

    code: ClassVar[str] = "RISK_REPORTED"
    name: ClassVar[str] = "Zgłoszenie ryzyka, nieprawidłowości albo zagrożenia"
    subject: ClassVar[str] = "{what}: {urgency}"


@dataclass(frozen=True)
class RiskWithdrawn(_AboutRisk):
    """To every member of the team: the report was withdrawn; the reason is on its page."""

    code: ClassVar[str] = "RISK_WITHDRAWN"
    name: ClassVar[str] = "Wycofanie zgłoszenia ryzyka albo zagrożenia"
    subject: ClassVar[str] = "Wycofano zgłoszenie: {what}"


@dataclass(frozen=True)
class RiskNews(_AboutRisk):
    """To every member of the team, in the mail of the day: something was done about a risk."""

    said: str

    code: ClassVar[str] = "RISK_NEWS"
    name: ClassVar[str] = "Co zrobiono w sprawie ryzyka albo zagrożenia"
    is_obligatory: ClassVar[bool] = False
    subject: ClassVar[str] = "{what}: {said}"


@dataclass(frozen=True)
class _RiskByLink(ByLink):
    """The base of the same for a member without an account; the link opens this one report."""

    notice_id: UUID
    what: str
    team: str

    page: ClassVar[str] = "dialogue:risk_link"
    link_label: ClassVar[str] = "Zobacz zgłoszenie"
    links: ClassVar[Links] = RISK_LINKS


@dataclass(frozen=True)
class RiskReportedByLink(_RiskByLink):
    """To a member without an account: a risk was reported (REG §7.2)."""

    urgency: str

    code: ClassVar[str] = "RISK_REPORTED_BY_LINK"
    name: ClassVar[str] = "Zgłoszenie ryzyka dla osoby bez konta"
    subject: ClassVar[str] = "{what}: {urgency}"


@dataclass(frozen=True)
class RiskWithdrawnByLink(_RiskByLink):
    """To a member without an account: the report was withdrawn."""

    code: ClassVar[str] = "RISK_WITHDRAWN_BY_LINK"
    name: ClassVar[str] = "Wycofanie zgłoszenia dla osoby bez konta"
    subject: ClassVar[str] = "Wycofano zgłoszenie: {what}"


@dataclass(frozen=True)
class _AboutDispute(Notification):
    """The base of every message about a dispute; it names neither parties nor matter."""

    dispute_id: UUID
    what: str

    is_confided: ClassVar[bool] = True
    page: ClassVar[str] = "dialogue:dispute"


@dataclass(frozen=True)
class DisputeReported(_AboutDispute):
    """To the parties of a dispute and its mediator (REG §10)."""

    code: ClassVar[str] = "DISPUTE_REPORTED"
    name: ClassVar[str] = "Zgłoszenie sporu"
    subject: ClassVar[str] = "{what} czeka na Twoją odpowiedź"


@dataclass(frozen=True)
class DisputeNews(_AboutDispute):
    """To the same, in the mail of the day: something was done to settle it."""

    said: str

    code: ClassVar[str] = "DISPUTE_NEWS"
    name: ClassVar[str] = "Co nowego w sporze"
    is_obligatory: ClassVar[bool] = False
    subject: ClassVar[str] = "{what}: {said}"


@dataclass(frozen=True)
class MessageSent(Notification):
    """To every member of the team: a whole message, which is answered by mail (REG §6.2)."""

    thread_id: UUID
    what: str
    team: str
    subject_of: str
    author: str
    text: str
    files: str  # their names, a line each
    refused: str
    is_answer: bool

    code: ClassVar[str] = "MESSAGE_SENT"
    name: ClassVar[str] = "Wiadomość do wszystkich członków zespołu"
    subject: ClassVar[str] = "{what}: nowa wiadomość"
    page: ClassVar[str] = "dialogue:thread"
    link_label: ClassVar[str] = "Przeczytaj w Kooperacji"
    answered: ClassVar[str] = (
        "Odpowiedź na tego e-maila dostaną wszyscy członkowie zespołu. Pisz z adresu, na który "
        "przyszedł."
    )

    @property
    def mailed_as(self) -> str:
        begin = "Odp.: " if self.is_answer else ""
        return f"{begin}{self.subject_of} ({self.what})"


@dataclass(frozen=True)
class AnswerNotTaken(Notification):
    """Tells the sender of an answer by mail, once, that it came to nobody."""

    thread_id: UUID
    what: str
    why: str

    code: ClassVar[str] = "ANSWER_NOT_TAKEN"
    name: ClassVar[str] = "Odpowiedź e-mailem, która nie trafiła do zespołu"
    subject: ClassVar[str] = "{what}: Twoja odpowiedź nie trafiła do zespołu"
    page: ClassVar[str] = "dialogue:thread"


@dataclass(frozen=True)
class _AboutNote(Notification):
    """The base of every message about an official note; its text stays behind the link."""

    note_id: UUID
    what: str
    team: str

    page: ClassVar[str] = "dialogue:note"
    subject: ClassVar[str] = "{what}"


@dataclass(frozen=True)
class NoteSigned(_AboutNote):
    """To every member of the team: an official note was signed (REG §6.1 s.3)."""

    code: ClassVar[str] = "NOTE_SIGNED"
    name: ClassVar[str] = "Notatka służbowa"


@dataclass(frozen=True)
class NoteSupplemented(_AboutNote):
    """To every member of the team: a note was added to or set right."""

    code: ClassVar[str] = "NOTE_SUPPLEMENTED"
    name: ClassVar[str] = "Uzupełnienie albo sprostowanie notatki służbowej"


@dataclass(frozen=True)
class _NoteByLink(ByLink):
    """The base of the same for a member without an account; the link opens this one note."""

    notice_id: UUID
    what: str
    team: str

    page: ClassVar[str] = "dialogue:note_link"
    link_label: ClassVar[str] = "Zobacz notatkę"
    links: ClassVar[Links] = NOTE_LINKS
    subject: ClassVar[str] = "{what}"


@dataclass(frozen=True)
class NoteSignedByLink(_NoteByLink):
    """To a member without an account: an official note was signed (REG §6.1 s.3)."""

    code: ClassVar[str] = "NOTE_SIGNED_BY_LINK"
    name: ClassVar[str] = "Notatka służbowa dla osoby bez konta"


@dataclass(frozen=True)
class NoteSupplementedByLink(_NoteByLink):
    """To a member without an account: a note was added to or set right."""

    code: ClassVar[str] = "NOTE_SUPPLEMENTED_BY_LINK"
    name: ClassVar[str] = "Uzupełnienie notatki służbowej dla osoby bez konta"


@dataclass(frozen=True)
class ActivityProposed(Notification):
    """An institution proposes an activity for the plan; told to whoever runs the team (REG §2.10)."""

    proposal_id: UUID
    who: str

    code: ClassVar[str] = "ACTIVITY_PROPOSED"
    name: ClassVar[str] = "Propozycja działania do planu"
    is_obligatory: ClassVar[bool] = False
    subject: ClassVar[str] = "Propozycja działania do planu: {who}"
    page: ClassVar[str] = "dialogue:proposal"


@dataclass(frozen=True)
class ActivityAnswered(Notification):
    """The answer to a proposed activity: it stands in the plan, or the reason why not (REG §2.10)."""

    proposal_id: UUID
    said: str

    code: ClassVar[str] = "ACTIVITY_ANSWERED"
    name: ClassVar[str] = "Odpowiedź na propozycję działania"
    is_obligatory: ClassVar[bool] = False
    subject: ClassVar[str] = "Propozycja działania do planu: {said}"
    page: ClassVar[str] = "dialogue:proposal"


@dataclass(frozen=True)
class PlanAdopted(Notification):
    """To every member of the team, in the mail of the day: a plan was adopted (REG §2.10)."""

    plan_id: UUID
    what: str
    team: str

    code: ClassVar[str] = "PLAN_ADOPTED"
    name: ClassVar[str] = "Przyjęcie planu działania"
    is_obligatory: ClassVar[bool] = False
    subject: ClassVar[str] = "Przyjęto plan działania {team} na {what}"
    page: ClassVar[str] = "dialogue:plan"


@dataclass(frozen=True)
class AboutActivity(Notification):
    """The base of reminders of an activity; what it is about stays behind the link."""

    activity_id: UUID
    number: str
    team: str
    due_on: date

    page: ClassVar[str] = "dialogue:activity"


@dataclass(frozen=True)
class ActivityDue(AboutActivity):
    """The term of an activity comes near; told to whoever does it (REG §2.10)."""

    code: ClassVar[str] = "ACTIVITY_DUE"
    name: ClassVar[str] = "Zbliża się termin działania z planu"
    subject: ClassVar[str] = "Zbliża się termin działania {number} z planu {team}"


@dataclass(frozen=True)
class ActivityOverdue(AboutActivity):
    """The term of an unfinished activity is over; told to whoever does it (REG §2.10)."""

    code: ClassVar[str] = "ACTIVITY_OVERDUE"
    name: ClassVar[str] = "Minął termin działania z planu"
    subject: ClassVar[str] = "Minął termin działania {number} z planu {team}"


@dataclass(frozen=True)
class AnswerWaits(Notification):
    """Tells the author of an answer by mail that it waits; nothing of its text is quoted."""

    held_id: UUID
    what: str
    why: str

    code: ClassVar[str] = "ANSWER_WAITS"
    name: ClassVar[str] = "Odpowiedź e-mailem, która czeka na decyzję"
    subject: ClassVar[str] = "{what}: Twoja odpowiedź czeka na decyzję"
    page: ClassVar[str] = "dialogue:held"


@dataclass(frozen=True)
class MaterialShared(Notification):
    """To every member of the team, in the mail of the day: there is something new to use."""

    material_id: UUID
    what: str
    team: str
    said: str

    code: ClassVar[str] = "MATERIAL_SHARED"
    name: ClassVar[str] = "Nowy materiał zespołu"
    is_obligatory: ClassVar[bool] = False
    subject: ClassVar[str] = "{what}: {said}"
    page: ClassVar[str] = "dialogue:material"
    link_label: ClassVar[str] = "Zobacz materiał"
