"""Asks Inzage who may see or work in which dossier, over OpenID AuthZEN 1.0; docs/api.md says what it may ask.

    inzage = Inzage("https://inzage.example", Credentials("mlp", secret, issuer="https://sign-in.example"))
    answer = inzage.may(Subject(PARTNER_USER, "a1b2", unit="OE1001"), VIEW, Dossier(reference))
    if answer:
        show(until=answer.last_day)
    else:
        refuse(answer.sentence("nl"), answer.next_steps)

It fails closed: what is no clear yes is a no, and where there is neither, `may` raises NoAnswer and `allowed` says no.
It stands alone, and imports nothing else of Inzage.
"""

from inzage.client.answers import ENDED_MEANWHILE, Answer, Metadata, NextStep
from inzage.client.async_inzage import AsyncInzage
from inzage.client.entities import (
    CLIENT,
    CONFIDENTIAL,
    GENERAL,
    MEDIATOR,
    PARTNER_USER,
    REGISTER,
    STEPS,
    VIEW,
    Dossier,
    Question,
    Subject,
)
from inzage.client.failing import NoAnswer
from inzage.client.inzage import Inzage
from inzage.client.tokens import Credentials

__all__ = [
    "CLIENT",
    "CONFIDENTIAL",
    "ENDED_MEANWHILE",
    "GENERAL",
    "MEDIATOR",
    "PARTNER_USER",
    "REGISTER",
    "STEPS",
    "VIEW",
    "Answer",
    "AsyncInzage",
    "Credentials",
    "Dossier",
    "Inzage",
    "Metadata",
    "NextStep",
    "NoAnswer",
    "Question",
    "Subject",
]
