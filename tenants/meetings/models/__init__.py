"""Tables of meetings."""

from tenants.meetings.models.attendance import Attendance
from tenants.meetings.models.invitations import SeatInvitation
from tenants.meetings.models.meetings import AgendaItem, Meeting

__all__ = ["AgendaItem", "Attendance", "Meeting", "SeatInvitation"]
