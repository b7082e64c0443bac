"""Writes of delegations and of what a county publishes."""
