"""Cells that a spreadsheet opens safely."""

from typing import Any

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(value: Any) -> str:
    """As text that no spreadsheet takes for a formula: a quote goes before what would begin one (OWASP)."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(BEGINS_A_FORMULA) else text
