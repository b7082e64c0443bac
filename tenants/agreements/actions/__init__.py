"""Writes of agreements, by noun."""
