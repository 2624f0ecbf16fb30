"""What a client decides: to consent or not, to withdraw, to shut out one organisation."""
