"""Writes of master cards."""
