"""Rules of adopting and changing the regulation, and of what it settles (REG §1.6, §9, fn.1)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kooperacja.ui.polish import counted, pl_date
from tenants.people.rules import holds_on

# The footnote of the title: what a regulation must settle before it may be adopted.
CHECKLIST = (
    "common_goal",
    "organisational_frame",
    "information_exchange",
    "knowledge_exchange",
    "decision_process",
    "monitoring_rules",
)

# Settings of a version; each is described beside its field of the model.
PARAMETERS = (
    "meetings_count",
    "meetings_period",
    "place_policy",
    "place",
    "email_is_meeting",
    "guest_consent",
    "guest_days",
    "minutes_approval",
    "voices_base",
    "decision_days",
    "resignation_effect",
    "resignation_days",
    "majority_base",
    "risk_notice",
)

# Without these nobody would know who belongs to the partnership, how one joins and leaves, how it
# ends and how its regulation changes (REG §1.1, §1.3, §1.5-1.7, §9): they may be reworded only.
OBLIGATORY = ("1.1", "1.3", "1.3.a", "1.3.b", "1.5", "1.6", "1.7", "9.1")

# The regulation sets no deadline for the decision; it only warns (REG §1.5, a setting).
DECISION_DAYS = 30

RECEIVED, DAYS_AFTER, END_OF_MONTH = "RECEIVED", "DAYS_AFTER", "END_OF_MONTH"


def removal_error(ref: str, gone: Collection[str], every: Collection[str]) -> str:
    """The reason against taking a clause out of a draft, or ""; its letters go with it or before."""
    if ref in OBLIGATORY:
        return (
            "Tego postanowienia nie można usunąć: bez niego nie wiadomo, kto tworzy Partnerstwo, jak "
            "się do niego przystępuje, jak się z niego odchodzi albo jak zmienia się regulamin. "
            "Możesz zmienić jego brzmienie."
        )
    if any(one.startswith(f"{ref}.") and one not in gone for one in every):
        return "Najpierw usuń litery, które ten ustęp wprowadza."
    return ""


def effective_on(received_on: date, effect: str, days: int = 0) -> date:
    """The first day on which the institution is no longer a member."""
    if effect == DAYS_AFTER:
        return received_on + timedelta(days=days)
    if effect == END_OF_MONTH:
        return (received_on.replace(day=1) + timedelta(days=32)).replace(day=1)
    return received_on


def effect_said(effect: str, days: int = 0) -> str:
    """The rule in words, as the page of the resignation tells it."""
    if effect == DAYS_AFTER:
        return f"po upływie {counted(days, 'dnia', 'dni', 'dni')} od wpływu do Lidera"
    if effect == END_OF_MONTH:
        return "z końcem miesiąca, w którym wpłynęła do Lidera"
    return "w dniu wpływu do Lidera"


def adoption_dates_error(
    adopted_on: date | None, in_force_from: date | None, today: date
) -> tuple[str, str] | None:
    """The first field whose date can't be and why; adopted ≤ today, adopted ≤ in force."""
    if adopted_on and adopted_on > today:
        return "adopted_on", "Data przyjęcia nie może być z przyszłości."
    if adopted_on and in_force_from and in_force_from < adopted_on:
        return "in_force_from", (
            f"Regulamin nie może obowiązywać przed przyjęciem ({pl_date(adopted_on)})."
        )
    return None


def amendment_dates_error(
    adopted_on: date | None,
    in_force_from: date | None,
    *,
    last_vote_on: date,
    last_in_force_from: date,
    today: date,
) -> tuple[str, str] | None:
    """As for any version; adopted since the last vote, in force neither in the past nor early.

    What people did under the version in force stays as it was, so a change never reaches back.
    """
    if wrong := adoption_dates_error(adopted_on, in_force_from, today):
        return wrong
    if adopted_on and adopted_on < last_vote_on:
        return "adopted_on", (
            f"Zmiany nie można przyjąć przed ostatnim głosem ({pl_date(last_vote_on)})."
        )
    if in_force_from and in_force_from < today:
        return "in_force_from", "Zmiana może obowiązywać od dziś albo od dnia, który nadejdzie."
    if in_force_from and in_force_from < last_in_force_from:
        return "in_force_from", (
            "Zmiana nie może wejść w życie przed wersją, którą zmienia "
            f"({pl_date(last_in_force_from)})."
        )
    return None


def voting_days_error(
    voting_from: date, voting_until: date, *, not_before: date, today: date
) -> tuple[str, str] | None:
    """The first field whose day can't be and why; version known ≤ opened ≤ today, opened ≤ last day.

    A meeting may have voted before anybody entered it here, also on its one day alone.
    """
    if voting_from > today:
        return "voting_from", "Głosowania nie można otworzyć z datą, która dopiero nadejdzie."
    if voting_from < not_before:
        return "voting_from", (
            "Głosowanie nie mogło się zacząć, zanim przyjęto wersję, którą zmienia "
            f"({pl_date(not_before)})."
        )
    if voting_until < voting_from:
        return "voting_until", (
            f"Głosowanie nie może się skończyć przed otwarciem ({pl_date(voting_from)})."
        )
    return None


def vote_date_error(cast_on: date, voting_from: date, voting_until: date, today: date) -> str:
    """The reason against a day as that of a vote, or ""."""
    if cast_on > today:
        return "Data głosu nie może być z przyszłości."
    if not voting_from <= cast_on <= voting_until:
        lasts = "trwało" if voting_until < today else "trwa"
        return f"Głosowanie {lasts} od {pl_date(voting_from)} do {pl_date(voting_until)}"
    return ""


@dataclass(frozen=True, slots=True)
class Voice:
    """One ballot: what it says, if anything yet, and whether it still may be cast."""

    is_lead: bool = False
    choice: str = ""
    may_vote: bool = True
    is_void: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """The count of a vote on a change (REG §9)."""

    ballots: int
    yes: int
    no: int
    abstained: int
    waiting: int  # have not voted and still may
    lost: int  # have not voted and no longer may: they count as not having agreed
    void: int  # voted when they were no longer members: they count as not having agreed
    lead: str
    lead_waits: bool

    @property
    def needed(self) -> int:
        """The least number that is more than half of all ballots."""
        return self.ballots // 2 + 1

    @property
    def is_passed(self) -> bool:
        """More than half of all members agreed and the Lider is among them."""
        return self.has_majority and self.lead == "YES"

    @property
    def has_majority(self) -> bool:
        return self.yes >= self.needed

    @property
    def votes_for(self) -> str:
        """How many of all agreed, as a sentence begins."""
        if not self.yes:
            return "„Za” nie głosował nikt z uprawnionych"
        verb = "głosował" if self.yes == 1 else "głosowało"
        return f"„Za” {verb} {self.yes} z {self.ballots} uprawnionych"

    @property
    def why_rejected(self) -> str:
        """The reason why a change didn't pass."""
        if self.has_majority:
            return "większość członków była „za”, ale zmiana wymaga też zgody Lidera, a jej nie ma"
        return "zmiana nie uzyskała wymaganej większości"

    @property
    def can_still_pass(self) -> bool:
        agrees = self.lead == "YES" or self.lead_waits
        return agrees and self.yes + self.waiting >= self.needed

    @property
    def is_certain(self) -> bool:
        """No vote that may still come changes the outcome."""
        return self.is_passed or not self.can_still_pass


def tally(voices: Iterable[Voice]) -> Tally:
    """Count the ballots of one voting."""
    every = list(voices)
    silent = [voice for voice in every if not voice.choice]
    choices = [voice.choice for voice in every]
    lead = next((voice for voice in every if voice.is_lead), Voice(may_vote=False))
    return Tally(
        ballots=len(every),
        yes=choices.count("YES"),
        no=choices.count("NO"),
        abstained=choices.count("ABSTAIN"),
        waiting=sum(voice.may_vote and not voice.is_void for voice in silent),
        lost=sum(not voice.may_vote and not voice.is_void for voice in silent),
        void=sum(voice.is_void for voice in silent),
        lead=lead.choice,
        lead_waits=not lead.choice and lead.may_vote,
    )


def may_close(count: Tally, voting_until: date, today: date) -> bool:
    """A voting may be closed: its outcome is certain or its last day has passed."""
    return count.is_certain or voting_until < today


@dataclass(frozen=True, slots=True)
class Stay:
    """One membership of a kooperant: from a day until, not including, another."""

    from_on: date
    ended_on: date | None = None


def left_on(stays: Iterable[Stay], opened_on: date) -> date | None:
    """The first day since the opening on which it was no member; None as long as it is one.

    Whoever left and came back meanwhile has left: the right to vote is that of the first day.
    """
    held = (stay for stay in stays if holds_on(opened_on, stay.from_on, stay.ended_on))
    return next((stay.ended_on for stay in held), opened_on)


@dataclass(frozen=True, slots=True)
class Ballot:
    """One ballot with its vote, if there is one, and the day since which its member is none."""

    is_lead: bool = False
    choice: str = ""
    cast_on: date | None = None
    left_on: date | None = None

    @property
    def is_void(self) -> bool:
        """Its vote was given when the institution was no longer a member."""
        return bool(self.cast_on and self.left_on and self.cast_on >= self.left_on)

    def counts(self, opened_on: date) -> bool:
        """The institution was a member when the voting began."""
        return self.left_on is None or self.left_on > opened_on

    def may_be_cast(self, day: date, until: date) -> bool:
        return day <= until and (self.left_on is None or day < self.left_on)

    def voice(self, day: date, until: date) -> Voice:
        choice = "" if self.is_void else self.choice
        return Voice(self.is_lead, choice, self.may_be_cast(day, until), self.is_void)


def recount(ballots: Iterable[Ballot], opened_on: date, until: date, day: date) -> Tally:
    """Count the votes of those who were members when they gave them (REG §1.6, §9)."""
    return tally(ballot.voice(day, until) for ballot in ballots if ballot.counts(opened_on))
