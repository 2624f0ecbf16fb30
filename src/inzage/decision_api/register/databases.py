"""The database of the settings, as the decision API asks it."""

from django.db import DEFAULT_DB_ALIAS, connections

from inzage.decision_api.register.in_threads import InThreads
from inzage.decision_api.register.postgres import Postgres
from inzage.decision_api.register.storage import Database


def database(readers: int = 2) -> Database:
    """The one in the settings."""
    return Postgres(readers) if connections[DEFAULT_DB_ALIAS].vendor == "postgresql" else InThreads()
