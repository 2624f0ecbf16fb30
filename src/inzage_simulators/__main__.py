"""`python -m inzage_simulators NAME --port N --storage FILE`; people type `inzage simulate NAME`."""

import argparse
import os
import sys
from importlib import import_module

from inzage_simulators.failing import Failures
from inzage_simulators.serving import Setup, serve

SIMULATORS = {"actiris": "Actiris", "ibis": "IBIS", "vdab": "VDAB"}
"""By the name of the module, which has `make(setup)`: the application."""


def main() -> None:
    """Start one of them. The secret it shares with us comes from the environment, never from the command line."""
    parser = argparse.ArgumentParser(
        prog="inzage simulate", description="The other side, made up, on loopback."
    )
    parser.add_argument("name", choices=SIMULATORS)
    parser.add_argument("--port", type=int, default=0, help="0, the default, takes a free one")
    parser.add_argument(
        "--storage", required=True, metavar="FILE", help="where it keeps what it holds (SQLite)"
    )
    parser.add_argument("--to", default="", metavar="URL", help="where it pushes to, if it does")
    given = parser.parse_args()
    name = f"INZAGE_{given.name.upper()}_SECRET"
    secret = os.environ.get(name, "")
    if not secret:
        sys.exit(f"{name} is not set: give the secret that it shares with Inzage, whsec_ and then base64.")
    setup = Setup(given.storage, secret, Failures(), given.to)
    app = import_module(f"inzage_simulators.{given.name}").make(setup)
    serve(SIMULATORS[given.name], app, setup.failures, given.port)


if __name__ == "__main__":
    main()
