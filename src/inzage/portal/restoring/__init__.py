"""Rights that were closed by an error: asked by one, approved by another."""
