"""`python -m tests.authzen --port N`: the layer on loopback with the fixture's policy, for a runner of cases."""

import argparse
from datetime import UTC, datetime

import uvicorn

from inzage.decision_api.authzen.application import application
from tests.authzen.fixture import Fixture
from tests.authzen.layer import PAGE_KEY, PUBLIC_URL, Kept, OpenGate


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(prog="python -m tests.authzen")
    parser.add_argument("--port", type=int, required=True)
    app = application(
        provider=Fixture(),
        ledger=Kept(),
        gate=OpenGate(),
        clock=lambda: datetime.now(UTC),
        public_url=PUBLIC_URL,
        page_key=PAGE_KEY,
    )
    uvicorn.run(
        app, host="127.0.0.1", port=parser.parse_args().port, log_level="warning", server_header=False
    )


if __name__ == "__main__":
    main()
