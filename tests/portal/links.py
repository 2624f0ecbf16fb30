"""Links from elsewhere to the page where a right is asked."""

import uuid

from inzage.dossiers.models import Dossier
from inzage.rules.names import Way
from inzage.view_rights.next_steps import link_to


def a_link(dossier: Dossier | uuid.UUID, unit: str = "OE2", way: Way = Way.FORM) -> str:
    """The link to a dossier, or to a reference, for Leerhuis or another unit."""
    reference = dossier.reference if isinstance(dossier, Dossier) else dossier
    link = link_to(way, reference=reference, oe_number=unit)
    assert link is not None
    return link
