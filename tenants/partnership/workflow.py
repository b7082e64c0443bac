"""The states of a partnership and of a declaration, and the changes allowed between them."""

from django.db import models


class PartnershipState(models.TextChoices):
    """Whether the partnership works (REG §1.1, §1.7)."""

    DRAFT = "DRAFT", "w przygotowaniu"
    ACTIVE = "ACTIVE", "działa"
    DISSOLVED = "DISSOLVED", "rozwiązane"


class DeclarationState(models.TextChoices):
    """How far a declaration of accession has come (REG §1.5)."""

    DRAFT = "DRAFT", "szkic"
    FILED = "FILED", "czeka na decyzję Lidera"
    ACCEPTED = "ACCEPTED", "przyjęta"
    RETURNED = "RETURNED", "zwrócona do poprawy"
    REFUSED = "REFUSED", "odmowa przyjęcia"


class RegulationState(models.TextChoices):
    """How far a version of the regulation has come (REG §9)."""

    DRAFT = "DRAFT", "projekt"
    VOTING = "VOTING", "głosowanie trwa"
    ADOPTED = "ADOPTED", "przyjęty"
    REJECTED = "REJECTED", "odrzucony"
    WITHDRAWN = "WITHDRAWN", "wycofany"


class RecruitmentState(models.TextChoices):
    """How far the winning of a new kooperant has come (REG §1.4, §5.1.h)."""

    ASKED = "ASKED", "zgłosiła się"
    INVITED = "INVITED", "zaproszona"
    REPLIED = "REPLIED", "odpowiedziała"
    JOINED = "JOINED", "przystąpiła"
    DECLINED = "DECLINED", "odmówiła"
    CLOSED = "CLOSED", "zamknięta"


class SignatureMode(models.TextChoices):
    """How a document was signed; a scan is only a copy of the paper kept at the Lider (§2.11)."""

    PAPER_SCAN = "PAPER_SCAN", "podpis odręczny (skan; oryginał przechowuje Lider)"
    QUALIFIED = "QUALIFIED", "kwalifikowany podpis elektroniczny"
    TRUSTED = "TRUSTED", "podpis zaufany"

    @property
    def is_electronic(self) -> bool:
        return self != SignatureMode.PAPER_SCAN


Partnership, Declaration = PartnershipState, DeclarationState

# Each allowed change with the clause it rests on.
PARTNERSHIP: dict[PartnershipState, dict[PartnershipState, str]] = {
    Partnership.DRAFT: {Partnership.ACTIVE: "§ 1 ust. 1 regulaminu"},
    Partnership.ACTIVE: {Partnership.DISSOLVED: "§ 1 ust. 7 regulaminu"},
    Partnership.DISSOLVED: {},
}
DECLARATION: dict[DeclarationState, dict[DeclarationState, str]] = {
    Declaration.DRAFT: {Declaration.FILED: "§ 1 ust. 5 zd. 1 regulaminu"},
    Declaration.FILED: {
        Declaration.ACCEPTED: "§ 1 ust. 5 zd. 2 regulaminu",
        # The regulation is silent on refusal and correction; both need a reason.
        Declaration.RETURNED: "§ 1 ust. 5 zd. 2 regulaminu",
        Declaration.REFUSED: "§ 1 ust. 5 zd. 2 regulaminu",
    },
    Declaration.RETURNED: {Declaration.FILED: "§ 1 ust. 5 zd. 1 regulaminu"},
    Declaration.ACCEPTED: {},
    # A refused institution may hand in a new declaration: the partnership is open (§1.4).
    Declaration.REFUSED: {},
}
Recruitment = RecruitmentState
RECRUITMENT: dict[RecruitmentState, dict[RecruitmentState, str]] = {
    Recruitment.ASKED: dict.fromkeys(
        (Recruitment.INVITED, Recruitment.JOINED, Recruitment.DECLINED, Recruitment.CLOSED),
        "§ 1 ust. 4 regulaminu",
    ),
    Recruitment.INVITED: dict.fromkeys(
        (Recruitment.REPLIED, Recruitment.JOINED, Recruitment.DECLINED, Recruitment.CLOSED),
        "§ 1 ust. 4 regulaminu",
    ),
    Recruitment.REPLIED: dict.fromkeys(
        (Recruitment.JOINED, Recruitment.DECLINED, Recruitment.CLOSED), "§ 1 ust. 4 regulaminu"
    ),
    Recruitment.JOINED: {},
    # Who declined once may be asked again.
    Recruitment.DECLINED: {Recruitment.INVITED: "§ 1 ust. 4 regulaminu"},
    Recruitment.CLOSED: {Recruitment.INVITED: "§ 1 ust. 4 regulaminu"},
}
OPEN_RECRUITMENTS = frozenset({Recruitment.ASKED, Recruitment.INVITED, Recruitment.REPLIED})
OPEN_DECLARATIONS = frozenset(state for state, changes in DECLARATION.items() if changes)
DECIDED = frozenset({Declaration.ACCEPTED, Declaration.RETURNED, Declaration.REFUSED})


def declaration_may_become(now: str, then: str) -> bool:
    return DeclarationState(then) in DECLARATION[DeclarationState(now)]


def declaration_clause(now: str, then: str) -> str:
    """The clause a change rests on; a KeyError where the change isn't allowed."""
    return DECLARATION[DeclarationState(now)][DeclarationState(then)]


def partnership_may_become(now: str, then: str) -> bool:
    return PartnershipState(then) in PARTNERSHIP[PartnershipState(now)]


def recruitment_may_become(now: str, then: str) -> bool:
    return RecruitmentState(then) in RECRUITMENT[RecruitmentState(now)]


def recruitment_clause(now: str, then: str) -> str:
    """The clause a change rests on; a KeyError where the change isn't allowed."""
    return RECRUITMENT[RecruitmentState(now)][RecruitmentState(then)]
