"""The states of a declaration and of a recruitment, and the changes allowed between them."""

from django.db import models

from kooperacja.workflow import Change, Table


class DeclarationState(models.TextChoices):
    """The states of a declaration of accession (REG §1.5)."""

    DRAFT = "DRAFT", "szkic"
    FILED = "FILED", "czeka na decyzję Lidera"
    ACCEPTED = "ACCEPTED", "przyjęta"
    RETURNED = "RETURNED", "zwrócona do poprawy"
    REFUSED = "REFUSED", "odmowa przyjęcia"


class RecruitmentState(models.TextChoices):
    """The states of the recruitment of a new kooperant (REG §1.4, §5.1.h)."""

    ASKED = "ASKED", "zgłosiła się"
    INVITED = "INVITED", "zaproszona"
    REPLIED = "REPLIED", "odpowiedziała"
    JOINED = "JOINED", "przystąpiła"
    DECLINED = "DECLINED", "odmówiła"
    CLOSED = "CLOSED", "zamknięta"


class SignatureMode(models.TextChoices):
    """Ways of signing a document; a scan is only a copy of the paper kept at the Lider (§2.11)."""

    PAPER_SCAN = "PAPER_SCAN", "podpis odręczny (skan; oryginał przechowuje Lider)"
    QUALIFIED = "QUALIFIED", "kwalifikowany podpis elektroniczny"
    TRUSTED = "TRUSTED", "podpis zaufany"
    PERSONAL = "PERSONAL", "podpis osobisty (e-dowód)"

    @property
    def is_electronic(self) -> bool:
        return self != SignatureMode.PAPER_SCAN


_FILED = {DeclarationState.FILED: Change("§ 1 ust. 5 zd. 1 regulaminu", "DECLARATION_FILED")}
_DECIDED = "§ 1 ust. 5 zd. 2 regulaminu"
DECLARATION = Table(
    DeclarationState,
    {
        DeclarationState.DRAFT: _FILED,
        DeclarationState.FILED: {
            DeclarationState.ACCEPTED: Change(_DECIDED, "DECLARATION_ACCEPTED"),
            # The regulation is silent on refusal and correction; both need a reason.
            DeclarationState.RETURNED: Change(_DECIDED, "DECLARATION_RETURNED"),
            DeclarationState.REFUSED: Change(_DECIDED, "DECLARATION_REFUSED"),
        },
        DeclarationState.RETURNED: _FILED,
        DeclarationState.ACCEPTED: {},
        # A refused institution may hand in a new declaration: the partnership is open (§1.4).
        DeclarationState.REFUSED: {},
    },
)
_MOVED = Change("§ 1 ust. 4 regulaminu", "RECRUITMENT_MOVED")
_ENDED = {
    RecruitmentState.JOINED: Change("§ 1 ust. 4 regulaminu", "RECRUITMENT_JOINED"),
    RecruitmentState.DECLINED: _MOVED,
    RecruitmentState.CLOSED: _MOVED,
}
RECRUITMENT = Table(
    RecruitmentState,
    {
        RecruitmentState.ASKED: {RecruitmentState.INVITED: _MOVED, **_ENDED},
        RecruitmentState.INVITED: {RecruitmentState.REPLIED: _MOVED, **_ENDED},
        RecruitmentState.REPLIED: _ENDED,
        RecruitmentState.JOINED: {},
        # Who declined once may be asked again.
        RecruitmentState.DECLINED: {RecruitmentState.INVITED: _MOVED},
        RecruitmentState.CLOSED: {RecruitmentState.INVITED: _MOVED},
    },
)
OPEN_RECRUITMENTS = frozenset(
    {RecruitmentState.ASKED, RecruitmentState.INVITED, RecruitmentState.REPLIED}
)
OPEN_DECLARATIONS = DECLARATION.open
DECIDED = frozenset(
    {DeclarationState.ACCEPTED, DeclarationState.RETURNED, DeclarationState.REFUSED}
)
