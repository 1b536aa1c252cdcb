"""nda-lint: a clause-rules engine and linter for confidentiality agreements in plain text."""

__version__ = "0.1.0"

#: Base of the pages on rules; the same as the Documentation URL of the package.
DOCUMENTATION = "https://nda-lint.example/docs"
