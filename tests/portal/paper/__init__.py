"""Forms as files on the pages: given out, delivered, looked at, each only by whom it concerns."""
