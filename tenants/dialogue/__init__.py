"""Correspondence, notes, risks and disputes between meetings (REG §5.1.c, §6, §7.2, §10)."""
