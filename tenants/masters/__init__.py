"""Master cards of services, which institutions keep once for all units that take them over (REG §3.2)."""
