"""The consent form as a file: an accessible PDF that can be filled in, and reading one that comes back."""
