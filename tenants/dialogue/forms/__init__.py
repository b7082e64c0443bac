"""Forms of what is said between meetings."""
