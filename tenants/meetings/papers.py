"""Papers of meetings."""

MEETING_SCAN = "MEETING_SCAN"
