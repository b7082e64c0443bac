"""Files of an agreement that lies before its parties: which one is signed next, and its name (POR-C signatures)."""

from kooperacja.ui.files import file_name
from kooperacja.ui.polish import pl_date, plural_pl
from tenants.agreements.amending import amendment_title
from tenants.agreements.models import Agreement, Amendment
from tenants.agreements.models.amendments import Lies
from tenants.agreements.papers import file_title
from tenants.agreements.signed import electronic
from tenants.agreements.standing import Standing
from tenants.agreements.workflow import AgreementState, AmendmentState


def name_to_sign(agreement: Agreement) -> str:
    """The name of that file, which says how far the agreement is and which signatures it bears."""
    how_far = {
        AgreementState.SIGNING: "do podpisu, nie obowiązuje",
        AgreementState.FAILED: "nie weszło w życie",
        AgreementState.IN_FORCE: f"obowiązuje od {pl_date(agreement.in_force_from)}",
        AgreementState.ENDED: f"nie obowiązuje od {pl_date(agreement.ended_on)}",
    }[AgreementState(agreement.state)]
    return file_name(file_title(agreement), ".pdf", detail=f"{how_far}, {borne(agreement)}")


def amendment_to_sign(amendment: Amendment) -> str:
    """The same of an aneks."""
    how_far = {
        AmendmentState.SIGNING: "do podpisu, nie obowiązuje",
        AmendmentState.FAILED: "nie wszedł w życie",
        AmendmentState.IN_FORCE: f"obowiązuje od {pl_date(amendment.in_force_from)}",
    }[AmendmentState(amendment.state)]
    return file_name(amendment_title(amendment), ".pdf", detail=f"{how_far}, {borne(amendment)}")


def borne(lies: Lies) -> str:
    """The electronic signatures of that file, in words: z podpisami 2 z 5 Stron."""
    count = len(electronic(lies))
    if not count:
        return "bez podpisów"
    word = plural_pl(count, "podpisem", "podpisami", "podpisami")
    return f"z {word} {count} z {_asked(lies)} Stron"


def _asked(lies: Lies) -> int:
    """The number of parties that the text itself asks, or did before they acceded later."""
    if not isinstance(lies, Agreement):
        return lies.sides.count()
    standing = Standing(lies)
    return len({*standing.asked, *standing.signed})
