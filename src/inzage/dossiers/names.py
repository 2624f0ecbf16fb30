"""Names as people look them up."""

from unicodedata import combining, normalize


def as_looked_up(name: str) -> str:
    """A name as people look it up: accents, capitals and spaces around it don't count."""
    if name.isascii():  # as most are: nothing to take apart, of tens of thousands on one page
        return name.casefold().strip()
    decomposed = normalize("NFKD", name.casefold())
    return "".join(sign for sign in decomposed if not combining(sign)).strip()
