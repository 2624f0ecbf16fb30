"""The code on a form that was given out, as people copy it from paper, and the sheet to which it leads back."""

import re

from inzage.consents.models import FormSheet
from inzage.consents.papers import GROUP, GROUPS, SIGNS

BETWEEN = re.compile(r"[\W_]+")


def code_in(typed: str) -> str:
    """The code as it stands on the form, whatever was typed between its signs and in whatever case; empty for none."""
    signs = BETWEEN.sub("", typed).upper()
    if len(signs) != GROUP * GROUPS or not set(signs) <= set(SIGNS):
        return ""
    return "-".join(signs[at : at + GROUP] for at in range(0, len(signs), GROUP))


def sheet_coded(typed: str) -> FormSheet | None:
    """The sheet on which that code stands, with its form; nothing where there is none."""
    code = code_in(typed)
    return FormSheet.objects.filter(code=code).select_related("form").first() if code else None
