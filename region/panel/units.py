"""A unit of the region: what it is, and whether it works here."""

from dataclasses import dataclass, field

from kooperacja.ui.polish import in_narrow
from region.panel.rules import NOT_OPENED, STAGES, Stage
from tenants.registry.rules import CITY, TenantKind, is_city_county, kind_of, tenant_kind, titled
from tenants.registry.workflow import TenantStatus

# How a unit's state is said, and by what kind of sign it is shown.
STATES: dict[str, tuple[str, str]] = {
    NOT_OPENED: ("jeszcze nieotwarta", "neutral"),
    TenantStatus.OPENING: ("w przygotowaniu", "info"),
    TenantStatus.ACTIVE: ("otwarta", "ok"),
    TenantStatus.SUSPENDED: ("zawieszona", "wait"),
    TenantStatus.CLOSED: ("zamknięta", "stop"),
}


def kind_here(code: str, level: str, rodz: str) -> str:
    """The kind of a tenant: the gmina that is a city with county rights stands for both."""
    return CITY if is_city_county(code) else kind_of(level, rodz)


@dataclass(frozen=True)
class UnitNow:
    """One gmina, powiat or city with county rights that is or may be a tenant."""

    code: str
    name: str
    kind: str
    county: str  # name of its powiat
    state_code: str  # of its tenant, or NOT_OPENED
    stage: Stage = field(default=Stage.NOT_BEGUN, kw_only=True)
    detail: str = field(default="", kw_only=True)  # what the word of the stage leaves open

    @property
    def title(self) -> str:
        return titled(self.kind, self.name)

    @property
    def county_code(self) -> str:
        return self.code[:4]

    @property
    def level(self) -> TenantKind:
        return tenant_kind(self.code)

    @property
    def is_county(self) -> bool:
        return self.level == TenantKind.POWIAT

    @property
    def is_city(self) -> bool:
        return self.level == TenantKind.CITY

    @property
    def state(self) -> str:
        return STATES[self.state_code][0]

    @property
    def state_kind(self) -> str:
        return STATES[self.state_code][1]

    @property
    def standing(self) -> str:
        """Its stage in words, or the state of its tenant where that says more."""
        if self.stage == Stage.NOT_BEGUN and not self.is_open:
            return self.state
        word = STAGES[self.stage][1]
        if not self.detail:
            return word
        return (
            f"{word} {self.detail}" if self.stage == Stage.DISSOLVED else f"{word}: {self.detail}"
        )

    @property
    def stage_word(self) -> str:
        """Its stage alone, where what is wrong is said beside it."""
        return STAGES[self.stage][1]

    @property
    def detail_in_tile(self) -> str:
        return in_narrow(self.detail)

    @property
    def standing_in_tile(self) -> str:
        """The same for a narrow place, where a day may take two lines."""
        return in_narrow(self.standing)

    @property
    def standing_kind(self) -> str:
        return STAGES[self.stage][2]

    @property
    def has_begun(self) -> bool:
        return self.stage != Stage.NOT_BEGUN

    @property
    def is_dissolved(self) -> bool:
        return self.stage == Stage.DISSOLVED

    @property
    def is_weakening(self) -> bool:
        return self.stage == Stage.WEAKENING

    @property
    def is_new(self) -> bool:
        return self.state_code == NOT_OPENED

    @property
    def is_opening(self) -> bool:
        return self.state_code == TenantStatus.OPENING

    @property
    def is_open(self) -> bool:
        return self.state_code == TenantStatus.ACTIVE

    @property
    def is_suspended(self) -> bool:
        return self.state_code == TenantStatus.SUSPENDED

    @property
    def is_closed(self) -> bool:
        return self.state_code == TenantStatus.CLOSED
