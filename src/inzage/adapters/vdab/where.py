"""Where VDAB's systems are, and the secrets they sign with.

Without a secret nothing is taken in; without an address nothing is asked.
"""

from inzage.adapters.places import Place, place_of, secrets_of


def place() -> Place | None:
    """Where VDAB lists what it sent; None where that is not configured. Raises ImproperlyConfigured."""
    return place_of("VDAB")


def secrets() -> tuple[bytes, ...]:
    """The secrets by which events are known to be VDAB's; none: nothing is taken in. Raises ImproperlyConfigured."""
    return secrets_of("VDAB")
