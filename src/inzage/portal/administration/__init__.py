"""Who may come in: people, their units and roles."""
