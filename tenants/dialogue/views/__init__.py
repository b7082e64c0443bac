"""Pages of what is said between meetings."""
