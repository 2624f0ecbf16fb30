"""Which course numbers and outsourcing contracts are known (S14).

While none is known of a kind, its numbers are not checked (docs/decisions/0026).
"""

from inzage.partners.models import Contract, Course, Unit


def is_known_course(number: str) -> bool:
    """Whether there is such a course, as far as courses are known at all."""
    return Course.objects.filter(number=number).exists() or not Course.objects.exists()


def title_of_course(number: str) -> str:
    """What a course is called; empty where that isn't known."""
    return Course.objects.filter(number=number).values_list("title", flat=True).first() or ""


def has_contract(unit: Unit, outsourcing_number: str) -> bool:
    """Whether that contract is the unit's, as far as contracts are known at all."""
    own = Contract.objects.filter(unit=unit, outsourcing_number=outsourcing_number)
    return own.exists() or not Contract.objects.exists()
