"""That something was compared is kept, so that an operator sees when it last was, and what came of it."""

from datetime import date, datetime

from django.db import transaction

from inzage.oversight.balancing import Balance
from inzage.oversight.models import Checked, Differing
from inzage.oversight.proving import Proof

MOST = 1000
"""So many differences of one proof are kept: where there are more, something is wrong with all of them at once."""


@transaction.atomic
def keep_proof(proof: Proof, *, day: date, at: datetime) -> Checked:
    """Keep that all rights were judged anew on that day, how many differ, and which."""
    checked = Checked.objects.create(
        kind=Checked.Kind.PROOF,
        day=day,
        checked_at=at,
        counted=proof.judged,
        differing=len(proof.differences),
    )
    Differing.objects.bulk_create(
        Differing(
            checked=checked,
            kind=each.kind,
            right_id=each.right,
            dossier_id=each.dossier,
            unit_id=each.unit,
            stored=each.stored[:300],
            proven=each.proven[:300],
        )
        for each in proof.differences[:MOST]
    )
    return checked


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
