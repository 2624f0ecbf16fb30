"""The web application, for any WSGI server."""

import os
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from inzage.view_rights.plans import ALONE, plan_as

PLANS = f"{ALONE} -c random_page_cost=1.1"
"""How PostgreSQL plans what pages ask: short questions, many at once, of which the rows are read by an index."""
KEPT_SECONDS = 60


def ask_as_pages_do(database: dict[str, Any]) -> None:
    """Let the connections of this process be kept from one page to the next, and be planned for as `PLANS` says."""
    plan_as(PLANS, database)
    if database["ENGINE"] == "django.db.backends.postgresql":
        database |= {"CONN_MAX_AGE": KEPT_SECONDS, "CONN_HEALTH_CHECKS": True}


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inzage.project.settings")
application = get_wsgi_application()
ask_as_pages_do(settings.DATABASES["default"])
