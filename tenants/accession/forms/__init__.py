"""Forms of joining and leaving."""
