"""Apps that only a powiat has."""
