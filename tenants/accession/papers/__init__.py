"""Papers of joining and leaving."""
