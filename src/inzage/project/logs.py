"""What the log says of a fault: where it happened, never what the variables held. They hold people and secrets."""

import logging
import sys

import structlog
from django.core.exceptions import BadRequest, PermissionDenied
from structlog.dev import ConsoleRenderer, plain_traceback


def without_values() -> None:
    """From now on a traceback in the log is a plain one; structlog's own would show every local variable."""
    *before, _renderer = structlog.get_config()["processors"]
    renderer = ConsoleRenderer(colors=sys.stdout.isatty(), exception_formatter=plain_traceback)
    structlog.configure(processors=[*before, renderer])


def without_refusals(record: logging.LogRecord) -> bool:
    """A page that was refused is one line in the log: where the refusal stands in the code, is no news."""
    if record.exc_info and isinstance(record.exc_info[1], (PermissionDenied, BadRequest)):
        record.exc_info = record.exc_text = None
    return True
