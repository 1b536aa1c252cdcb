"""Measurements: `make bench` runs them and writes RESULTS.md; no test asserts a time."""
