"""What only a powiat has."""
