"""Template tags of the region's screens."""
