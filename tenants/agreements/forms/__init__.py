"""Forms of agreements, by noun."""
