"""How others connect to Inzage; none of it is part of what is installed."""
