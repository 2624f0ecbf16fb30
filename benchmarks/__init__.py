"""Every figure we quote, with the command that gives it: `make bench SIZE=500k`."""
