"""What stands on a form, in its language."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def sentences(language: str) -> dict[str, str]:
    """The sentences of one language (form_pdf/sentences)."""
    own = files("inzage.consents.form_pdf") / "sentences" / f"{language}.toml"
    return tomllib.loads(own.read_text("utf-8"))
