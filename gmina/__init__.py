"""Apps that only a gmina has."""
