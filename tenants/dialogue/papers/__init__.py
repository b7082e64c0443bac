"""Papers of what is said between meetings."""
