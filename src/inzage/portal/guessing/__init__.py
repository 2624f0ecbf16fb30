"""Who searches in vain too often waits: nobody finds out by trying who is a client (S01)."""
