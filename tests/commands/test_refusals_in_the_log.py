"""A refused page is one line in the log, a fault is one with its traceback."""

import logging

import pytest
from django.core.exceptions import BadRequest, PermissionDenied

from inzage.project.logs import without_refusals


@pytest.mark.parametrize(
    ("error", "told"), [(PermissionDenied, False), (BadRequest, False), (KeyError, True)]
)
def test_only_a_fault_tells_where_it_happened(error: type[Exception], told: bool) -> None:
    about = (error, error(), None)
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s", ("/regels/",), about)
    assert without_refusals(record)
    assert bool(record.exc_info) is told
