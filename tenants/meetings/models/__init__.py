"""Tables of meetings."""

from tenants.meetings.models.arrangements import Arrangement, ArrangementSkip
from tenants.meetings.models.attendance import Attendance
from tenants.meetings.models.decisions import Decision, Exclusion, Voice
from tenants.meetings.models.guests import GuestInvitation, GuestVoice
from tenants.meetings.models.invitations import SeatInvitation
from tenants.meetings.models.meetings import AgendaItem, Meeting
from tenants.meetings.models.minutes import (
    Extract,
    Minutes,
    MinutesText,
    Rectification,
    Remark,
)
from tenants.meetings.models.papers import AgendaTemplate, ItemPaper
from tenants.meetings.models.polls import DatePoll, PollAnswer, PollDate, PollRespondent
from tenants.meetings.models.recipients import MinutesRecipient
from tenants.meetings.models.requests import MeetingRequest

__all__ = [
    "AgendaItem",
    "AgendaTemplate",
    "Arrangement",
    "ArrangementSkip",
    "Attendance",
    "DatePoll",
    "Decision",
    "Exclusion",
    "Extract",
    "GuestInvitation",
    "GuestVoice",
    "ItemPaper",
    "Meeting",
    "MeetingRequest",
    "Minutes",
    "MinutesRecipient",
    "MinutesText",
    "PollAnswer",
    "PollDate",
    "PollRespondent",
    "Rectification",
    "Remark",
    "SeatInvitation",
    "Voice",
]
