"""Names as people look them up."""

from unicodedata import combining, normalize

MOST = 400
"""How many signs of a name it is found by: an index takes no more than a few thousand bytes."""
BETWEEN = "\t"
"""Between family name and given name: comes before every sign of a name, so that "De" comes before "De Backer"."""


def as_looked_up(name: str) -> str:
    """A name as people look it up: accents, capitals and spaces around it don't count."""
    if name.isascii():  # as most are: nothing to take apart, of tens of thousands on one page
        return name.casefold().strip()
    decomposed = normalize("NFKD", name.casefold())
    return "".join(sign for sign in decomposed if not combining(sign)).strip()


def key_of(family_name: str, given_name: str) -> str:
    """By which a client is sorted and found: the family name as people look it up, then the given name."""
    return f"{as_looked_up(family_name)}{BETWEEN}{as_looked_up(given_name)}"[:MOST]
