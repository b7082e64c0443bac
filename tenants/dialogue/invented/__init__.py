"""Invented histories of a demo's team."""
