"""What waits for others: put in the queue, sent, tried again, parked."""
