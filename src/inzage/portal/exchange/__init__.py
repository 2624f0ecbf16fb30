"""What goes to and comes from other institutions, for the desk that answers for it."""
