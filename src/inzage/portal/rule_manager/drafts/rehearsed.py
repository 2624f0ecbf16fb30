"""What a rehearsal of a draft found: the one place where these pages ask for it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from inzage.rule_books.models import Draft


def rehearsal_of(_draft: Draft, _on: date) -> Mapping[str, Any]:
    """The figures of the last rehearsal of this draft in which running terms moved on that day; empty without one."""
    return {}
