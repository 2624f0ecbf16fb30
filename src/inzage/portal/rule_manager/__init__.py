"""What the rule manager sees: the rule book and the runs."""
