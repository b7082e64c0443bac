"""Agreements that found the cooperation: their variants, drafts and parties (POR)."""
