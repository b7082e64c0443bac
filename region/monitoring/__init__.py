"""Indicators, their published figures and disclosure control."""
