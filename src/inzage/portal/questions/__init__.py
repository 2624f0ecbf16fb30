"""What clients ask a partner about its looks, and the answers."""
