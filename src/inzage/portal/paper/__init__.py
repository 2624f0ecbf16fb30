"""The form as a file: given out as a PDF, and what comes back, for who asked it and for the desk that handles it."""
