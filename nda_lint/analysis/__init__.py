"""Checks that need an algorithm: one file each. Their codes, names and documents stand in `rules/`."""
