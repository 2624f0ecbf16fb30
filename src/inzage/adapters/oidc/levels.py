"""The means of signing in at ACM, each with its level (Vlaanderen, "authenticatiemiddelen")."""

PREFIX = "urn:be:vlaanderen:authmech:"
LEVELS = {
    "eid": 35,
    "eidashigh": 35,
    "itsme": 27,
    "csamtotp": 26,
    "csamsms": 25,
    "eidassubstantial": 25,
    "tlsclient": 19,
    "kerberos": 12,
    "password": 10,
    "csampassword": 5,
    "csamselfreg": 5,
}


def asked(least: int) -> str:
    """The means that are good enough, as they are asked for; empty where any is."""
    return " ".join(PREFIX + means for means, level in LEVELS.items() if level >= least) if least else ""


def is_enough(acr: object, least: int) -> bool:
    """Whether somebody signed in by means of at least this level. Means that we don't know have none."""
    if not least:
        return True
    means = acr.removeprefix(PREFIX) if isinstance(acr, str) and acr.startswith(PREFIX) else ""
    return LEVELS.get(means, 0) >= least
