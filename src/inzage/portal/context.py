"""What every page shows around its own content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def surroundings(_request: HttpRequest) -> dict[str, Any]:
    """Whether this is the demo."""
    return {"demo": settings.DEMO}
