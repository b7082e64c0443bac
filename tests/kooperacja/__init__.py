"""Tests of the technical half."""
