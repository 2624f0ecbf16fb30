"""All states, of every kind of person's pages."""

from tests.portal.pages import client, deciding, entrance, partner, vdab
from tests.portal.pages.visiting import STATES

__all__ = ["STATES", "client", "deciding", "entrance", "partner", "vdab"]
