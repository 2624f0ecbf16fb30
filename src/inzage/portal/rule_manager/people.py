"""People by the signature that stands on what they did."""

from collections.abc import Iterable

from inzage.partners.models import Person


def names_of(signatures: Iterable[str]) -> dict[str, str]:
    """Who signed so, by name; who is not known here under his or her signature."""
    signed = {signature: signature for signature in signatures}
    numbers = [signature.removeprefix("person:") for signature in signed]
    people = Person.objects.filter(pk__in=[number for number in numbers if number.isdecimal()])
    return signed | {person.signature: person.name for person in people}
