"""Recruitment, declarations, decisions, resignations, dissolution (REG §1.4–1.7)."""
