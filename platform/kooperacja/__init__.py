"""The technical half of the platform; knows nothing of gminas, teams or agreements."""
