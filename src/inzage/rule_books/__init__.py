"""The rule books in force: for now those that come packaged with this version."""
