"""What a dissolved partnership no longer does (REG §1.7)."""

from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import Problem
from tenants.partnership.models import Membership, Partnership
from tenants.partnership.workflow import PartnershipState


def refuse_when_dissolved() -> None:
    """Nobody joins, resigns or votes in a partnership that was dissolved."""
    partnership = Partnership.objects.filter(state=PartnershipState.DISSOLVED).first()
    if partnership is not None:
        raise Problem(
            "Partnerstwo jest rozwiązane",
            f"Rozwiązano je {pl_date(partnership.dissolved_on)} Rejestr i dokumenty można czytać, "
            "ale nie można już przystępować, rezygnować ani głosować.",
            clause="§ 1 ust. 7 regulaminu",
            kept="Niczego nie zapisaliśmy.",
            at=Membership,
            action="Przejdź do rejestru członków",
        )
