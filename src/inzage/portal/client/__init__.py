"""What a client sees and decides about the own dossier."""
