"""Pages in Dutch from templates, with headers that let nothing of them be kept or mixed with anything else."""

from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

NEVER_KEPT = {"Cache-Control": "no-store"}
HEADERS = {
    **NEVER_KEPT,
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


def page(template: str, status: HTTPStatus = HTTPStatus.OK, **values: Any) -> HTMLResponse:
    """A whole page."""
    return HTMLResponse(filled_in(template, **values), status, HEADERS)


def filled_in(template: str, **values: Any) -> str:
    """A template with these values; whatever they hold is text, never markup."""
    return TEMPLATES.get_template(template).render(**values)


def in_words(day: date) -> str:
    """A day as it is written in Dutch."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.filters["in_words"] = in_words
