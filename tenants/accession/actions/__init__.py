"""Actions on joining and leaving."""
