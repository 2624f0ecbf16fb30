"""What the log says of a fault: where it happened, never what the variables held. They hold people and secrets."""

import sys

import structlog
from structlog.dev import ConsoleRenderer, plain_traceback


def without_values() -> None:
    """From now on a traceback in the log is a plain one; structlog's own would show every local variable."""
    *before, _renderer = structlog.get_config()["processors"]
    renderer = ConsoleRenderer(colors=sys.stdout.isatty(), exception_formatter=plain_traceback)
    structlog.configure(processors=[*before, renderer])
