"""Messages about agreements, by noun."""
