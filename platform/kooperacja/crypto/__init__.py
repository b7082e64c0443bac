"""Envelope encryption of personal fields: master key → a tenant's key → fields (REG §8, RODO)."""
