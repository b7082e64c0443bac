"""Indicators of what is said between meetings."""
