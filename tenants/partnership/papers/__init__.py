"""Papers of the partnership, and who may read them and the files that it keeps (REG §2.11)."""
