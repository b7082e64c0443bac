"""Looks for personal data in a text that is about to go to everybody (REG §6.1 s.3)."""
