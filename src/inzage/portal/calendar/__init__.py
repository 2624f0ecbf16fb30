"""The calendar of a unit's coming ends, at a private address of each of its people."""
