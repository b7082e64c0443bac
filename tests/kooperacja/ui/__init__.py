"""Tests of the look and the components."""
