"""Which proposals wait for this person: a colleague's, of which the day is still to come."""

from datetime import date

from django.db.models import Q

from inzage.partners.models import Person
from inzage.rule_books.models import Proposal


def waiting_for(person: Person, today: date) -> int:
    """How many: nobody decides on what he or she proposed or wrote."""
    own = Q(proposed_by=person.signature) | Q(draft__author=person.signature)
    return Proposal.objects.filter(editions=None, on__gt=today).exclude(own).count()
