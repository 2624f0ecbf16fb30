"""Where Actiris is, and the secret we share with it; without an address this adapter is off."""

from inzage.adapters.places import Place, place_of


def place() -> Place | None:
    """Where Actiris is; None where the adapter is off. Raises ImproperlyConfigured."""
    return place_of("ACTIRIS")
