"""What who manages a unit sees: its people, lists and figures."""
