"""Institutions, people and their roles, and the first page of a tenant (REG §1.3)."""
