"""A rule book on its way: written, compared with the one in force, proposed by one and decided by another (S19)."""
