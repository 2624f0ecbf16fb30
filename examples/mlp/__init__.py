"""An application of two pages, like Mijn Loopbaan voor Partners, that shows nothing without a yes of Inzage."""
