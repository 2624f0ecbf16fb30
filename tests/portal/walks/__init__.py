"""People's days in a real browser: what each does, from signing in to signing out."""
