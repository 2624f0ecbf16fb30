"""Coming in through the identity provider, and going out again (docs/decisions/0040)."""
