"""Forms of members, their people and the office."""
