"""Tables of what is said between meetings."""

from tenants.dialogue.models.notices import Notice
from tenants.dialogue.models.risks import Risk, RiskStep

__all__ = ["Notice", "Risk", "RiskStep"]
