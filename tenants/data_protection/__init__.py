"""Agreements, authorisations and statements, and the gate to data of families (REG §8)."""
