"""VDAB's own systems: assignments, consents, activities, addresses and deaths as signed events (S02)."""
