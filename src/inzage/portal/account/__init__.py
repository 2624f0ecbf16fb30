"""What everybody sets for the own use, and what anybody may read."""
