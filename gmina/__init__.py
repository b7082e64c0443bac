"""What only a gmina has."""
