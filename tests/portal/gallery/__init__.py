"""The pages as they look, in docs/gallery."""
