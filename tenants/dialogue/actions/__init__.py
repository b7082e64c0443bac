"""Writes of what is said between meetings."""
