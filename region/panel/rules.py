"""Rules of a unit's stage, and of the reasons to help it: one table, each with its clause."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from kooperacja.ui.polish import pl_date
from tenants.registry.workflow import TenantStatus

NOT_OPENED = "NOT_OPENED"  # there is no tenant
# Key days that tenants publish, and the months between two counts of members that are compared.
ADOPTED, DISSOLVED, FIRST_JOINED = "REGULATION_ADOPTED", "DISSOLVED", "FIRST_JOINED"
LAST_LEFT, DECISION_DUE, VOTE_ENDS = "LAST_LEFT", "DECISION_DUE", "VOTE_ENDS"
MEMBERS, HALF_A_YEAR = "KOOPERANCI_BY_SECTOR", 6


class Stage(StrEnum):
    """The one stage in which each unit is; the code stands in addresses."""

    NOT_BEGUN = "nie-zaczely"
    STARTING = "zaczynaja"
    WORKING = "dzialaja"
    WEAKENING = "slabna"
    DISSOLVED = "rozwiazane"


# Of many units, of one, and the kind of its sign.
STAGES: dict[Stage, tuple[str, str, str]] = {
    Stage.NOT_BEGUN: ("nie zaczęły", "nie zaczęła", "neutral"),
    Stage.STARTING: ("zaczynają", "zaczyna", "info"),
    Stage.WORKING: ("działają", "działa", "ok"),
    Stage.WEAKENING: ("słabną", "słabnie", "wait"),
    Stage.DISSOLVED: ("rozwiązane", "Partnerstwo rozwiązane", "stop"),
}
# After the numbers 1, 2 and 5.
STAGE_FORMS: dict[Stage, tuple[str, str, str]] = {
    Stage.NOT_BEGUN: ("nie zaczęła", "nie zaczęły", "nie zaczęło"),
    Stage.STARTING: ("zaczyna", "zaczynają", "zaczyna"),
    Stage.WORKING: ("działa", "działają", "działa"),
    Stage.WEAKENING: ("słabnie", "słabną", "słabnie"),
    Stage.DISSOLVED: ("rozwiązane", "rozwiązane", "rozwiązanych"),
}


class Invited(StrEnum):
    """How far the newest invitation of an administrator has come."""

    NOT = "nikogo nie zaproszono"
    SENT = "zaproszenie wysłane"
    EXPIRED = "zaproszenie wygasło"
    WITHDRAWN = "zaproszenie wycofane"
    TAKEN = "zaproszenie przyjęte"


@dataclass(frozen=True, slots=True)
class Known:
    """All that the region knows of a unit: published figures and days, and the registry."""

    status: str = NOT_OPENED  # of its tenant
    status_on: date | None = None
    opened_on: date | None = None
    invited: Invited = Invited.NOT
    invited_on: date | None = None  # the day on which the invitation came so far
    invitation_id: UUID | None = None
    has_come_in: bool = False  # somebody who runs the office took an invitation, once
    has_lead: bool = False
    lead_left_on: date | None = None
    days: Mapping[str, date] = field(default_factory=dict)
    members: int | None = None
    members_before: int | None = None  # half a year ago
    published_on: date | None = None

    @property
    def is_open(self) -> bool:
        return self.status == TenantStatus.ACTIVE

    @property
    def is_at_work(self) -> bool:
        """People of its office come in."""
        return self.is_open and self.has_come_in

    @property
    def has_begun(self) -> bool:
        return self.has_come_in or ADOPTED in self.days or bool(self.members)

    def has_passed(self, code: str, today: date) -> bool:
        day = self.days.get(code)
        return day is not None and day <= today


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason to help a unit: its clause, and since when it holds, if it does."""

    code: str
    words: str
    clause: str
    since: Callable[[Known], date | None]  # the first day on which it holds
    # So many days after it the region is told, and the unit counts as weakening; none: never.
    told_after: int | None = 0
    weakens_after: int | None = None


def _waiting_for(invited: Invited) -> Callable[[Known], date | None]:
    def since(known: Known) -> date | None:
        is_waiting = known.is_open and not known.has_come_in and known.invited == invited
        return known.invited_on if is_waiting else None

    return since


def _without_lead(known: Known) -> date | None:
    is_without = known.is_at_work and not known.has_lead
    return known.lead_left_on or known.opened_on if is_without else None


def _without_regulation(known: Known) -> date | None:
    return known.opened_on if known.is_at_work and ADOPTED not in known.days else None


def _after(code: str) -> Callable[[Known], date | None]:
    def since(known: Known) -> date | None:
        day = known.days.get(code)
        return day + timedelta(days=1) if day and known.is_open else None

    return since


def _without_members(known: Known) -> date | None:
    is_left = known.members == 0 and FIRST_JOINED in known.days
    return known.days.get(LAST_LEFT) if is_left else None


def _fewer_members(known: Known) -> date | None:
    now, before = known.members, known.members_before
    return known.days.get(LAST_LEFT) if now and before and now < before else None


def _silent(known: Known) -> date | None:
    return known.published_on or known.opened_on if known.is_open else None


def _shut(known: Known) -> date | None:
    is_shut = known.status in (TenantStatus.SUSPENDED, TenantStatus.CLOSED)
    return known.status_on if is_shut else None


# In order of urgency: the first one that holds is said.
REASONS = (
    Reason(
        "INVITATION_EXPIRED",
        "zaproszenie administratora wygasło",
        "§ 1 ust. 3 lit. b regulaminu",
        _waiting_for(Invited.EXPIRED),
    ),
    Reason(
        "INVITATION_WAITS",
        "administrator nie przyjął jeszcze zaproszenia",
        "§ 1 ust. 3 lit. b regulaminu",
        _waiting_for(Invited.SENT),
        told_after=2,
    ),
    Reason(
        "NO_LEAD",
        "nikt nie reprezentuje tu Lidera",
        "§ 1 ust. 3 lit. b regulaminu",
        _without_lead,
        told_after=7,
        weakens_after=30,
    ),
    Reason(
        "NOT_ADOPTED",
        "Partnerstwo nie przyjęło jeszcze regulaminu",
        "tytuł regulaminu",
        _without_regulation,
        told_after=90,
    ),
    Reason(
        "DECISION_OVERDUE",
        "minął termin decyzji o deklaracji przystąpienia",
        "§ 1 ust. 5 regulaminu",
        _after(DECISION_DUE),
        weakens_after=30,
    ),
    Reason(
        "VOTE_OVERDUE",
        "głosowanie nad zmianą regulaminu czeka na zamknięcie",
        "§ 9 regulaminu",
        _after(VOTE_ENDS),
        weakens_after=30,
    ),
    Reason(
        "NO_MEMBERS",
        "Partnerstwo nie ma żadnego kooperanta",
        "§ 1 ust. 3 lit. a regulaminu",
        _without_members,
        weakens_after=0,
    ),
    Reason(
        "FEWER_MEMBERS",
        "kooperantów jest mniej niż pół roku temu",
        "§ 1 ust. 6 regulaminu",
        _fewer_members,
        weakens_after=0,
    ),
    Reason("SILENT", "jednostka nie podaje liczb", "", _silent, told_after=3),
    # It was the region that shut the door, so nobody needs to be told.
    Reason(
        "SHUT", "praca w platformie jest wstrzymana", "", _shut, told_after=None, weakens_after=0
    ),
)


@dataclass(frozen=True, slots=True)
class Concern:
    """A reason that holds for a unit, and since when."""

    reason: Reason
    since: date


def _holding(known: Known, today: date) -> Iterable[tuple[Concern, int]]:
    """Each reason that holds, with the days that it has lasted."""
    if not known.has_passed(DISSOLVED, today):
        for reason in REASONS:
            since = reason.since(known)
            if since is not None and since <= today:
                yield Concern(reason, since), (today - since).days


def concerns(known: Known, today: date) -> list[Concern]:
    """The reasons to help an open unit, the most urgent first."""
    if not known.is_open:
        return []
    return [
        concern
        for concern, days in _holding(known, today)
        if concern.reason.told_after is not None and days >= concern.reason.told_after
    ]


def weakened(known: Known, today: date) -> Concern | None:
    """The first sign that a partnership weakens."""
    signs = (
        concern
        for concern, days in _holding(known, today)
        if concern.reason.weakens_after is not None and days >= concern.reason.weakens_after
    )
    return next(signs, None)


def stage_of(known: Known, today: date) -> Stage:
    """The stage of a unit: the first that fits, so that the stages add up to all units."""
    if known.has_passed(DISSOLVED, today):
        return Stage.DISSOLVED
    if not known.has_begun:
        return Stage.NOT_BEGUN
    if not (known.has_passed(ADOPTED, today) and known.has_passed(FIRST_JOINED, today)):
        return Stage.STARTING
    return Stage.WEAKENING if weakened(known, today) else Stage.WORKING


def detail_of(known: Known, today: date) -> str:
    """The words that the one of the stage leaves open, or ""."""
    stage = stage_of(known, today)
    if stage == Stage.DISSOLVED:
        return pl_date(known.days[DISSOLVED])
    if stage == Stage.NOT_BEGUN:
        return invitation_said(known) if known.is_open else ""
    if stage == Stage.STARTING:
        is_adopted = known.has_passed(ADOPTED, today)
        return "bez kooperantów" if is_adopted else "bez regulaminu"
    sign = weakened(known, today)
    return sign.reason.words if sign else ""


def invitation_said(known: Known) -> str:
    """How far the newest invitation of an administrator has come, and when."""
    return " ".join(part for part in (known.invited.value, pl_date(known.invited_on)) if part)
