"""Consent to guests and consultants: by when it is given, and what the voices say (REG §2.8)."""

from collections.abc import Mapping
from datetime import date, timedelta

from kooperacja.workdays import workdays_after, workdays_before
from tenants.meetings.voices import Base, Choice, Key, Result, Voice, Way, outcome
from tenants.regulation.parameters import GuestConsent

_DAY = timedelta(days=1)


def answer_until(way: str, days: int, proposed_on: date, meets_on: date) -> date:
    """The last day of the answers to a proposal.

    Where silence is consent, it is the last of the working days that the regulation leaves for an
    objection. Where consent is asked for, the regulation sets no days: the day before the meeting.
    """
    if way == GuestConsent.NO_OBJECTION:
        return workdays_after(proposed_on, days)
    return meets_on - _DAY


def propose_until(way: str, days: int, meets_on: date) -> date:
    """The last day of proposals: the answers must be in before the day of the meeting.

    The days for an objection are everybody's right, so they are never cut short by the meeting.
    """
    if way == GuestConsent.NO_OBJECTION:
        return workdays_before(meets_on, days) - _DAY
    return meets_on - _DAY


def consented(way: str, said: Mapping[Key, Choice | None], *, is_closed: bool = False) -> Result:
    """Count the voices of the institutions of a team, None where one is silent.

    No objection: the first objection refuses; silence consents when the time is over, and before
    that when everybody has spoken. Majority and all: of the institutions, so silence is no consent.
    """
    if way == GuestConsent.NO_OBJECTION:
        return _unless_objected([*said.values()], is_closed)
    how = Way.MAJORITY if way == GuestConsent.MAJORITY else Way.AGREEMENT
    voices = [Voice(key, choice) for key, choice in said.items()]
    return outcome(voices, how, Base.ALL, is_closed=is_closed).result


def _unless_objected(said: list[Choice | None], is_closed: bool) -> Result:
    if Choice.NO in said:
        return Result.NOT_PASSED
    has_everybody_spoken = bool(said) and None not in said
    return Result.PASSED if is_closed or has_everybody_spoken else Result.OPEN
