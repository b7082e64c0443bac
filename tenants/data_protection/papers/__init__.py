"""Papers of data protection."""
