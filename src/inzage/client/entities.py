"""What a question is about: somebody, and a dossier or a part of it. The names are those of docs/api.md."""

from dataclasses import dataclass

PARTNER_USER, MEDIATOR, CLIENT = "partner-user", "mediator", "client"
"""Types of subjects."""
VIEW, REGISTER = "view", "register"
"""Actions."""
GENERAL, STEPS, CONFIDENTIAL = "general", "steps", "confidential"
"""Parts of a dossier."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody, by the subject of their sign-in (`id`; of a client, by the client number).

    `unit` is the OE number of the unit that a partner's user acts for. `issuer` is that of the sign-in; it may be
    left out where only one issuer knows that subject. `stated_reason` is why a mediator looks into a dossier that is
    not on the work list. Take who it is from the sign-in of this very session, never from an address or a form.
    """

    type: str
    id: str
    unit: str = ""
    issuer: str = ""
    stated_reason: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """A part of the dossier with this opaque `reference`, which is never an INSZ number.

    Where no part is named, the one is meant that the action is about: the general part to view, the steps to register.
    """

    reference: str
    part: str = ""


Question = tuple[Subject, str, Dossier]
"""May this subject do this (`VIEW`, `REGISTER`) in this dossier?"""
