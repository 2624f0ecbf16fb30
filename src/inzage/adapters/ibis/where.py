"""Where IBIS is, the secret we share with it, and how many records are asked at once."""

import os

from django.core.exceptions import ImproperlyConfigured

from inzage.adapters.places import Place, place_of

PAGE = "INZAGE_IBIS_PAGE"
A_PAGE, MOST_ON_A_PAGE = "200", 500


def place() -> Place | None:
    """Where IBIS is; None where no address is configured: then it is never asked. Raises ImproperlyConfigured."""
    return place_of("IBIS")


def page_size() -> int:
    """How many records a page holds. Raises ImproperlyConfigured."""
    found = os.environ.get(PAGE, "").strip() or A_PAGE
    size = int(found) if found.isascii() and found.isdigit() and len(found) < 4 else 0
    if not 1 <= size <= MOST_ON_A_PAGE:
        raise ImproperlyConfigured(
            f"{PAGE} is {found!r}; expected a whole number from 1 to {MOST_ON_A_PAGE}, such as {A_PAGE}"
        )
    return size
