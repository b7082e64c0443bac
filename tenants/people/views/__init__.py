"""Pages of people and of the office."""
