"""Who may reach which page: every address, asked by everyone, about the own and about another's."""
