"""What a use case refuses to a person: a reason as a code, for the screens, and a message that says what to do."""


class Refused(Exception):
    """Nothing was changed. `reason` is a code of the module that refuses."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
