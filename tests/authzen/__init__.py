"""The AuthZEN layer, with another policy than ours behind it."""
