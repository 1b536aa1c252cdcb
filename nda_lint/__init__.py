"""nda-lint: a clause-rules engine and linter for confidentiality agreements in plain text."""

__version__ = "0.1.0"
