"""Decisions for other systems: OpenID AuthZEN 1.0 in front of the register's one predicate (S01)."""
