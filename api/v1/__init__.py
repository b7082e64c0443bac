"""Version 1 of the interface for other programs."""
