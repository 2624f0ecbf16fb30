"""VDAB's own systems tell of clients: by signed events, in whatever order and however often they come."""
