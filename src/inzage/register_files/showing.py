"""Text from a file as it can be stored, written and printed: people look at what could not be taken, too."""

import re

LONGEST_SHOWN = 2_000
UNTAKEABLE = re.compile("[\x00-\x1f\x7f\udc80-\udcff]")
"""Control characters, and the bytes that are no UTF-8 (as `surrogateescape` keeps them)."""
NOT_UTF_8 = re.compile("[\udc80-\udcff]")


def as_shown(text: str) -> str:
    """The text as it was probably meant: other bytes than UTF-8 as Western letters, control characters as spaces."""
    if not UNTAKEABLE.search(text):
        return text
    if NOT_UTF_8.search(text):
        text = text.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
    return UNTAKEABLE.sub(" ", text)
