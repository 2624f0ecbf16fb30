"""A clock for imports over midnight."""

from datetime import datetime, timedelta

from inzage.rules.days import midnight
from tests.importing.conftest import TODAY

TOMORROW = TODAY + timedelta(days=1)
LATE = midnight(TOMORROW) - timedelta(minutes=10)
AFTER = midnight(TOMORROW) + timedelta(minutes=10)


class Hands:
    """A clock that stands still until somebody moves it."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def move(self) -> None:
        """Midnight passes."""
        self.moment = AFTER

    def move_after_clients(self, what: str, *_done: int) -> None:
        """Midnight passes once clients have come in."""
        if what == "clients":
            self.move()
