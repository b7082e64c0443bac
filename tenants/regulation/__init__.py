"""The regulation in its versions, votes and readers (REG §9)."""
