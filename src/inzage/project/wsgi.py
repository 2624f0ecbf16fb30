"""The web application, for any WSGI server."""

import os
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

PLANS = "-c jit=off -c max_parallel_workers_per_gather=0 -c random_page_cost=1.1"
"""How PostgreSQL plans what pages ask: short questions, many at once.

To compile one, or to start processes for it, takes longer than its answer, and its rows are read by an index.
"""
KEPT_SECONDS = 60


def ask_as_pages_do(database: dict[str, Any]) -> None:
    """Let the connections of this process be kept from one page to the next, and be planned for as `PLANS` says."""
    if database["ENGINE"] != "django.db.backends.postgresql":
        return
    database |= {"CONN_MAX_AGE": KEPT_SECONDS, "CONN_HEALTH_CHECKS": True}
    options = database["OPTIONS"]
    options["options"] = f"{PLANS} {options.get('options', '')}".strip()  # what the operator says comes last


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inzage.project.settings")
application = get_wsgi_application()
ask_as_pages_do(settings.DATABASES["default"])
