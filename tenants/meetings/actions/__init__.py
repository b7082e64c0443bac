"""Actions of meetings."""
