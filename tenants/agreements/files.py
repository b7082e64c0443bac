"""Files of an agreement that lies before its parties: which one is signed next, and its name (POR-C signatures)."""

from kooperacja.ui.files import file_name
from kooperacja.ui.polish import pl_date, plural_pl
from tenants.agreements.models import Agreement
from tenants.agreements.papers import file_title
from tenants.agreements.signed import electronic
from tenants.agreements.workflow import AgreementState


def name_to_sign(agreement: Agreement) -> str:
    """The name of that file, which says how far the agreement is and which signatures it bears."""
    how_far = {
        AgreementState.SIGNING: "do podpisu, nie obowiązuje",
        AgreementState.FAILED: "nie weszło w życie",
        AgreementState.IN_FORCE: f"obowiązuje od {pl_date(agreement.in_force_from)}",
        AgreementState.ENDED: f"nie obowiązuje od {pl_date(agreement.ended_on)}",
    }[AgreementState(agreement.state)]
    return file_name(file_title(agreement), ".pdf", detail=f"{how_far}, {borne(agreement)}")


def borne(agreement: Agreement) -> str:
    """The electronic signatures of that file, in words: z podpisami 2 z 5 Stron."""
    count, all_parties = (
        electronic(agreement).count(),
        agreement.parties.filter(stepped_in_on=None).count(),
    )
    if not count:
        return "bez podpisów"
    word = plural_pl(count, "podpisem", "podpisami", "podpisami")
    return f"z {word} {count} z {all_parties} Stron"
