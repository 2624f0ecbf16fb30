"""What was sent to a session that had ended is kept for whoever sent it, for an hour, and for nobody else."""
