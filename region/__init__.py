"""The regional office of social policy sees figures, never rows."""
