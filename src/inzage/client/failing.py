"""When there is no answer: neither yes nor no, and so nothing may be shown."""


class NoAnswer(Exception):
    """It could not be asked, or what came back can't be used. This is no yes: show nothing.

    The message repeats nothing of the answer, which may be about a person. `status` is the HTTP status, where there
    was one; `wait` the seconds after which to ask again, where the other side said so; `said` its one line of text,
    for whoever mends it; `request_id` finds the request back in the logs of both sides.
    """

    def __init__(
        self,
        why: str,
        *,
        status: int | None = None,
        wait: float | None = None,
        said: str = "",
        request_id: str = "",
    ) -> None:
        super().__init__(why)
        self.status, self.wait, self.said, self.request_id = status, wait, said, request_id
