"""Messages of agreements."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.urls import reverse

from kooperacja.notifications.base import Notification


@dataclass(frozen=True)
class _AboutAgreement(Notification):
    """The base of every message about an agreement."""

    agreement_id: UUID
    what: str

    page: ClassVar[str] = "agreements:agreement"


@dataclass(frozen=True)
class _AboutParty(_AboutAgreement):
    """The base of those about one of its parties."""

    party: str


@dataclass(frozen=True)
class AgreementToSign(_AboutParty):
    """To the people of a party: the text waits for its signature."""

    until: str
    is_first: bool
    has_turns: bool  # one set or one file goes round

    code: ClassVar[str] = "AGREEMENT_TO_SIGN"
    name: ClassVar[str] = "Porozumienie do podpisu"
    subject: ClassVar[str] = "{what} czeka na podpis: {party}"


@dataclass(frozen=True)
class AgreementTurn(_AboutParty):
    """To the people of a party: those before it signed or refused, and it is next."""

    until: str
    is_begun: bool  # an electronic signature is in the file

    code: ClassVar[str] = "AGREEMENT_TURN"
    name: ClassVar[str] = "Kolej na podpis porozumienia"
    subject: ClassVar[str] = "{what}, kolej na podpis: {party}"


@dataclass(frozen=True)
class AgreementSignReminder(_AboutParty):
    """To the people of a party that neither signed nor refused: the last day is near."""

    until: str

    code: ClassVar[str] = "AGREEMENT_SIGN_REMINDER"
    name: ClassVar[str] = "Przypomnienie o podpisie porozumienia"
    subject: ClassVar[str] = "{what}, ostatni dzień na podpis {until}: {party}"


@dataclass(frozen=True)
class AgreementSigned(_AboutParty):
    """To the office, in the mail of the day: a party signed."""

    left: str

    code: ClassVar[str] = "AGREEMENT_SIGNED"
    name: ClassVar[str] = "Podpis Strony pod porozumieniem"
    is_obligatory: ClassVar[bool] = False
    subject: ClassVar[str] = "{what} ma podpis Strony: {party}"


@dataclass(frozen=True)
class AgreementRefused(_AboutParty):
    """To the office and those who signed: a party does not sign, and why."""

    reason: str
    needs_all: bool
    had_signed: bool = False

    code: ClassVar[str] = "AGREEMENT_REFUSED"
    name: ClassVar[str] = "Odmowa podpisu porozumienia"
    subject: ClassVar[str] = "{what}, odmowa podpisu: {party}"


@dataclass(frozen=True)
class AgreementRefusalWithdrawn(_AboutParty):
    """To the same, in the mail of the day: the party thought better of it."""

    code: ClassVar[str] = "AGREEMENT_REFUSAL_WITHDRAWN"
    name: ClassVar[str] = "Cofnięcie odmowy podpisu porozumienia"
    is_obligatory: ClassVar[bool] = False
    subject: ClassVar[str] = "{what}, cofnięto odmowę podpisu: {party}"


@dataclass(frozen=True)
class AgreementTakenBack(_AboutAgreement):
    """To all parties: the text is a draft again, what was signed is void, and why."""

    reason: str
    is_shared: bool

    code: ClassVar[str] = "AGREEMENT_TAKEN_BACK"
    name: ClassVar[str] = "Cofnięcie porozumienia do projektu"
    subject: ClassVar[str] = "{what} nie jest już do podpisu"

    @property
    def url(self) -> str:
        """The list, where the parties don't read the draft."""
        return super().url if self.is_shared else reverse("agreements:agreements")


@dataclass(frozen=True)
class AgreementInForce(_AboutAgreement):
    """To all parties and the office: from when it is in force, and between whom."""

    since: str
    bound: str  # a line each
    apart: str  # a line each
    later: str = ""  # until when those may still sign

    code: ClassVar[str] = "AGREEMENT_IN_FORCE"
    name: ClassVar[str] = "Wejście porozumienia w życie"
    subject: ClassVar[str] = "{what} obowiązuje od {since}"


@dataclass(frozen=True)
class AgreementJoined(_AboutParty):
    """To all parties: one more signed what is in force, and between whom it is now."""

    since: str
    bound: str  # a line each

    code: ClassVar[str] = "AGREEMENT_JOINED"
    name: ClassVar[str] = "Kolejna Strona obowiązującego porozumienia"
    subject: ClassVar[str] = "{what} obowiązuje kolejną Stronę: {party}"


@dataclass(frozen=True)
class AgreementFailed(_AboutAgreement):
    """To all parties and the office: it did not come into force, and why."""

    why: str

    code: ClassVar[str] = "AGREEMENT_FAILED"
    name: ClassVar[str] = "Porozumienie, które nie weszło w życie"
    subject: ClassVar[str] = "{what} nie weszło w życie"


@dataclass(frozen=True)
class _AboutDeparture(_AboutParty):
    """The base of those about a party whose part ends."""

    since: str
    ends: str  # the day from which the agreement itself binds nobody, if it comes to that


@dataclass(frozen=True)
class PartyLeaves(_AboutDeparture):
    """To all parties and the office: one of them leaves on a day, and why."""

    reason: str
    said: str  # the day, past or to come, from which it is no party

    code: ClassVar[str] = "AGREEMENT_PARTY_LEAVES"
    name: ClassVar[str] = "Odejście Strony porozumienia"
    subject: ClassVar[str] = "{what}, Strona odchodzi od {since}: {party}"


@dataclass(frozen=True)
class PartyStays(_AboutParty):
    """To the same: the party took its leave back before its day."""

    code: ClassVar[str] = "AGREEMENT_PARTY_STAYS"
    name: ClassVar[str] = "Wycofanie odejścia Strony porozumienia"
    subject: ClassVar[str] = "{what}, Strona jednak zostaje: {party}"


@dataclass(frozen=True)
class PartySucceeded(_AboutDeparture):
    """To all parties and the office: another institution goes on in the place of one of them."""

    successor: str
    basis: str

    code: ClassVar[str] = "AGREEMENT_PARTY_SUCCEEDED"
    name: ClassVar[str] = "Następca Strony porozumienia"
    subject: ClassVar[str] = "{what}, następca Strony od {since}: {successor}"


@dataclass(frozen=True)
class PartyRenamed(_AboutParty):
    """To the same, in the mail of the day: a party goes by another name."""

    name_now: str
    since: str
    basis: str

    code: ClassVar[str] = "AGREEMENT_PARTY_RENAMED"
    name: ClassVar[str] = "Zmiana nazwy Strony porozumienia"
    is_obligatory: ClassVar[bool] = False
    subject: ClassVar[str] = "{what}, Strona działa pod nazwą: {name_now}"


@dataclass(frozen=True)
class AgreementEnds(_AboutAgreement):
    """To all parties and the office: it ends on a day to come, and why."""

    since: str
    reason: str

    code: ClassVar[str] = "AGREEMENT_ENDS"
    name: ClassVar[str] = "Zapowiedź końca porozumienia"
    subject: ClassVar[str] = "{what} przestanie obowiązywać od {since}"


@dataclass(frozen=True)
class AgreementEndWithdrawn(_AboutAgreement):
    """To the same: the statement that it ends was taken back before its day."""

    ends: str

    code: ClassVar[str] = "AGREEMENT_END_WITHDRAWN"
    name: ClassVar[str] = "Wycofanie końca porozumienia"
    subject: ClassVar[str] = "{what}: wycofano oświadczenie o zakończeniu"


@dataclass(frozen=True)
class AgreementEnded(_AboutAgreement):
    """To all parties and the office: it binds nobody any more, and why."""

    since: str
    why: str

    code: ClassVar[str] = "AGREEMENT_ENDED"
    name: ClassVar[str] = "Koniec porozumienia"
    subject: ClassVar[str] = "{what} nie obowiązuje od {since}"


@dataclass(frozen=True)
class AgreementShared(Notification):
    """To the parties of a draft: they may read it and comment on it (POR preamble)."""

    agreement_id: UUID

    code: ClassVar[str] = "AGREEMENT_SHARED"
    name: ClassVar[str] = "Projekt porozumienia do przeczytania"
    subject: ClassVar[str] = "Projekt porozumienia: można go czytać i zgłaszać uwagi"
    page: ClassVar[str] = "agreements:agreement"
    link_label: ClassVar[str] = "Przeczytaj projekt"


@dataclass(frozen=True)
class AgreementUnshared(Notification):
    """To the same: for now they read it no more; its page is closed to them, so the reason is here."""

    agreement_id: UUID
    reason: str

    code: ClassVar[str] = "AGREEMENT_UNSHARED"
    name: ClassVar[str] = "Projekt porozumienia wrócił do przygotowania"
    subject: ClassVar[str] = "Projekt porozumienia wrócił do przygotowania"
    page: ClassVar[str] = "agreements:agreements"
    link_label: ClassVar[str] = "Zobacz porozumienia"

    @property
    def url(self) -> str:
        return reverse(self.page)


@dataclass(frozen=True)
class _AboutComment(Notification):
    """The base of messages about a comment on a clause; its text stays behind the link."""

    comment_id: UUID
    who: str
    clause: str
    of_what: str  # the draft: of an agreement, or of an aneks

    is_obligatory: ClassVar[bool] = False
    page: ClassVar[str] = "agreements:comment"
    link_label: ClassVar[str] = "Przeczytaj uwagę"


@dataclass(frozen=True)
class ClauseCommented(_AboutComment):
    """To the side that a comment asks to answer, or else to the office: somebody commented."""

    is_asked: bool

    code: ClassVar[str] = "CLAUSE_COMMENTED"
    name: ClassVar[str] = "Uwaga do projektu porozumienia albo aneksu"
    subject: ClassVar[str] = "Uwaga do projektu {of_what} ({clause})"


@dataclass(frozen=True)
class CommentAnswered(_AboutComment):
    """To the other side of a comment: it was answered."""

    code: ClassVar[str] = "COMMENT_ANSWERED"
    name: ClassVar[str] = "Odpowiedź na uwagę do projektu porozumienia albo aneksu"
    subject: ClassVar[str] = "Odpowiedź na uwagę do projektu {of_what} ({clause})"


@dataclass(frozen=True)
class _AboutAccession(Notification):
    """The base of those about the accession of an institution that waits for its signature."""

    accession_id: UUID
    what: str
    party: str
    until: str

    page: ClassVar[str] = "agreements:accession"


@dataclass(frozen=True)
class AccessionToSign(_AboutAccession):
    """To the people of an institution: the paper of its accession waits for a signature (POR-C §4.3)."""

    code: ClassVar[str] = "ACCESSION_TO_SIGN"
    name: ClassVar[str] = "Przystąpienie do porozumienia do podpisu"
    subject: ClassVar[str] = "{what}: przystąpienie czeka na podpis: {party}"


@dataclass(frozen=True)
class AccessionSignReminder(_AboutAccession):
    """To the same: it is not signed yet, and the last day is near (POR-C §4.3)."""

    code: ClassVar[str] = "ACCESSION_SIGN_REMINDER"
    name: ClassVar[str] = "Przypomnienie o podpisie przystąpienia"
    subject: ClassVar[str] = "{what}: ostatni dzień na podpis przystąpienia {until}: {party}"


@dataclass(frozen=True)
class AccessionWithdrawn(_AboutParty):
    """To the same and the office: the institution does not accede for now, and why."""

    reason: str

    code: ClassVar[str] = "ACCESSION_WITHDRAWN"
    name: ClassVar[str] = "Wycofanie przystąpienia do porozumienia"
    subject: ClassVar[str] = "{what}: wycofano przystąpienie: {party}"

    @property
    def url(self) -> str:
        """The list: whoever came in for that institution alone reads the agreement no more."""
        return reverse("agreements:agreements")


@dataclass(frozen=True)
class AgreementAcceded(_AboutParty):
    """To all parties and the office: an institution acceded, and nobody signs anew (POR-C §4.3)."""

    since: str
    justification: str
    informer: str
    clause: str
    has_new_list: bool  # of the people whom the parties name

    code: ClassVar[str] = "AGREEMENT_ACCEDED"
    name: ClassVar[str] = "Przystąpienie nowej Strony do porozumienia"
    subject: ClassVar[str] = "{what} ma nową Stronę: {party}"
