"""Words of the hours in which a team meets by its founding text, which bar nothing (POR-C §3.5)."""

from datetime import time

from kooperacja.ui.polish import localtime
from kooperacja.workdays import is_workday
from tenants.meetings.models.meetings import Meeting, MeetingMode
from tenants.teams.kinds import Kind


def hours_said(law: Kind) -> str:
    """The hours in a sentence; nothing of a team that has none."""
    if law.hours is None:
        return ""
    starts, ends = law.hours
    return (
        "Zespół spotyka się w godzinach pracy, od poniedziałku do piątku, "
        f"{starts:%-H:%M}–{ends:%-H:%M} (§ 3 ust. 5 porozumienia)."
    )


def hours_warning(meeting: Meeting) -> str:
    """The remark on a meeting outside these hours, which may be held all the same."""
    hours = meeting.team.law.hours
    if hours is None or meeting.mode == MeetingMode.EMAIL or _fits(meeting, *hours):
        return ""
    return f"Uwaga: ten termin jest poza godzinami pracy. {hours_said(meeting.team.law)}"


def _fits(meeting: Meeting, opens: time, closes: time) -> bool:
    starts, ends = localtime(meeting.starts_at), localtime(meeting.ends_at)
    is_one_day = starts.date() == ends.date() and is_workday(starts.date())
    return is_one_day and opens <= starts.time() and ends.time() <= closes
