"""The small page of a simulator, which shows a person what it holds."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any, NamedTuple

from starlette.responses import HTMLResponse

STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%;margin-bottom:2rem}"
    "caption{font-weight:bold;text-align:left;padding:.5rem 0}"
    "th,td{border-bottom:1px solid #999;padding:.3rem .6rem;text-align:left;vertical-align:top;"
    "overflow-wrap:anywhere}"
)


class Held(NamedTuple):
    """A table of the page: its title, and rows of which the keys are the headings."""

    title: str
    rows: Iterable[Mapping[str, Any]]


class Form(NamedTuple):
    """A form of the page, which is posted to the page itself: its title, and labels by the names of its fields.

    `values` are what stands in the fields at first.
    """

    title: str
    labels: Mapping[str, str]
    values: Mapping[str, str]


def page(name: str, explained: str, *held: Held | Form, form: str = "") -> HTMLResponse:
    """The page of the simulator `name`. Everything on it is made up. `form` is markup that stands before the rest."""
    parts = form + "".join(_table(each) if isinstance(each, Held) else _form(each) for each in held)
    title = f"{escape(name)} (simulator)"
    return HTMLResponse(
        f'<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head>'
        f"<body><h1>{title}</h1><p>{escape(explained)}</p>{parts}</body></html>",
        headers={
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
            "Cache-Control": "no-store",
        },
    )


def _table(table: Held) -> str:
    rows = [dict(row) for row in table.rows]
    if not rows:
        return f"<h2>{escape(table.title)}</h2><p>Nog niets.</p>"
    headings = "".join(f'<th scope="col">{escape(str(key))}</th>' for key in rows[0])
    lines = "".join(f"<tr>{''.join(f'<td>{_said(cell)}</td>' for cell in row.values())}</tr>" for row in rows)
    return (
        f"<table><caption>{escape(table.title)}</caption><thead><tr>{headings}</tr></thead>"
        f"<tbody>{lines}</tbody></table>"
    )


def _form(form: Form) -> str:
    fields = "".join(
        f'<p><label>{escape(label)} <input name="{escape(name)}" value="{escape(form.values.get(name, ""))}">'
        "</label></p>"
        for name, label in form.labels.items()
    )
    return f'<h2>{escape(form.title)}</h2><form method="post">{fields}<button>Doorgeven</button></form>'


def _said(cell: Any) -> str:
    return "" if cell is None else escape(str(cell))
