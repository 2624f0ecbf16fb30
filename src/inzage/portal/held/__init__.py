"""Rights that are held: who answers for them, and who sees that nobody did."""
