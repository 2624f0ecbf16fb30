"""The decision API as a Django application: its callers are rows."""

from django.apps import AppConfig
from django.core.checks import register

from inzage.decision_api.checks import callers_can_be_known


class DecisionApiConfig(AppConfig):
    """Says with `inzage check --deploy` where nobody can ask."""

    name = "inzage.decision_api"

    def ready(self) -> None:
        """Once everything is loaded."""
        register(callers_can_be_known, deploy=True)
