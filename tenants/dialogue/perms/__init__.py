"""Permissions for what is said between meetings: those of its team, by noun (REG §6, §7.2, §10)."""
