"""Actions on data protection."""
