"""Actions on the regulation."""
