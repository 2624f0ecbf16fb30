"""That something was compared is kept, so that an operator sees when it last was, and what came of it."""

from datetime import date, datetime

from inzage.oversight.balancing import Balance
from inzage.oversight.models import Checked
from inzage.oversight.proving import Proof


def keep_proof(proof: Proof, *, day: date, at: datetime) -> Checked:
    """Keep that all rights were judged anew on that day, and how many differ."""
    return Checked.objects.create(
        kind=Checked.Kind.PROOF,
        day=day,
        checked_at=at,
        counted=proof.judged,
        differing=len(proof.differences),
    )


def keep_balance(balance: Balance, institution: str, *, day: date, at: datetime) -> Checked:
    """Keep that the messages of that day were matched with this institution, and how many differ."""
    return Checked.objects.create(
        kind=Checked.Kind.BALANCE,
        institution=institution,
        day=day,
        checked_at=at,
        counted=balance.sent,
        differing=len(balance.faults),
    )
