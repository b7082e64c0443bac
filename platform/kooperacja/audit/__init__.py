"""The record of what happened in a tenant: who did or read what, in which role and why."""
