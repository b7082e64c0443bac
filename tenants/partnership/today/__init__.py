"""What waits for a person today, each with its clause."""
