"""The parameters of the regulation as the platform obeys them on a day (REG §1.5–1.7, §2, §7.2)."""

from dataclasses import dataclass, fields
from datetime import date

from tenants.regulation.models import RegulationVersion


@dataclass(frozen=True, slots=True)
class Parameters:
    """What the version in force sets; each is described beside its field of the model."""

    meetings_count: int
    meetings_period: str
    place_policy: str
    place: str
    risk_notice: str
    decision_days: int
    majority_base: str
    resignation_effect: str
    resignation_days: int
    guest_consent: str
    guest_days: int
    email_is_meeting: bool


PARAMETERS = tuple(one.name for one in fields(Parameters))


def parameters_on(day: date) -> Parameters:
    """Those of the version in force on a day; before the first one, the framework's own."""
    row = RegulationVersion.in_force_on(day).values(*PARAMETERS).first()
    return Parameters(**row) if row else _of(RegulationVersion())


def _of(version: RegulationVersion) -> Parameters:
    return Parameters(**{name: getattr(version, name) for name in PARAMETERS})
