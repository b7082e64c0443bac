"""Forms kept as they are typed, and those sent after a session's end, until they are saved."""
