"""Mail that comes in: answers to what the platform sent, each for the row that its address names."""
