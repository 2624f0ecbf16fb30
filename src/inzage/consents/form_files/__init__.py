"""Files that come with a form: what they are, whether they are harmless, where they lie."""
