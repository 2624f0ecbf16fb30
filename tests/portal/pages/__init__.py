"""Every page of the portal in every state it can be in, and what holds for all of them."""
