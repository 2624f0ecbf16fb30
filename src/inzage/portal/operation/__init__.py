"""What the operator sees: health, queues and runs."""
