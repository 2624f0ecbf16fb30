"""Coming in through an identity provider: a real one, and one that says whatever a test wants."""
