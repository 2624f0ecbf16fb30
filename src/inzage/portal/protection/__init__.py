"""What the data protection officer sees: the log, the questions, the figures."""
