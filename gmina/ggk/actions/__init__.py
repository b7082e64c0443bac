"""Writes of the Gminna Grupa Kooperacji, a module a noun."""
