"""The manual as a page, for whoever wants to read it."""
