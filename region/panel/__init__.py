"""The region's screens."""
