"""Types of services that the ROPS adds for the whole region (REG §3.2)."""
