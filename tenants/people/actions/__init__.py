"""Actions on institutions and people."""
