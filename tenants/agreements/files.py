"""Files of an agreement that lies before its parties: which one is signed next, and its name (POR-C signatures)."""

from kooperacja.ui.files import file_name
from kooperacja.ui.polish import pl_date, plural_pl
from tenants.agreements.amending import amendment_title
from tenants.agreements.models import Agreement, Amendment
from tenants.agreements.models.amendments import Lies
from tenants.agreements.papers import file_title
from tenants.agreements.signed import electronic
from tenants.agreements.workflow import AgreementState, AmendmentState, PartyState


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
    # Whoever stepped into the part of another, or is about to accede, has nothing to sign.
    of_first = (PartyState.JOINING, PartyState.ACCEDED)
    asked = (
        lies.parties.filter(stepped_in_on=None).exclude(state__in=of_first)
        if isinstance(lies, Agreement)
        else lies.sides
    )
    count, all_parties = len(electronic(lies)), asked.count()
    if not count:
        return "bez podpisów"
    word = plural_pl(count, "podpisem", "podpisami", "podpisami")
    return f"z {word} {count} z {all_parties} Stron"
