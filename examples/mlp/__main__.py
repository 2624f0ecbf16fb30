"""`python -m examples.mlp`: the application for one person, on this machine only."""

from argparse import ArgumentParser

import uvicorn

from examples.mlp.app import application
from inzage.client import PARTNER_USER, AsyncInzage, Subject

parser = ArgumentParser(prog="python -m examples.mlp", description=__doc__)
parser.add_argument("--inzage", default="http://127.0.0.1:8000", help="where Inzage decides")
parser.add_argument("--subject", default="counsellor-1", help="the subject of the sign-in of whoever looks")
parser.add_argument("--unit", default="OE1001", help="the OE number of the unit that they act for")
parser.add_argument("--port", type=int, default=8100)
given = parser.parse_args()

person = Subject(PARTNER_USER, given.subject, unit=given.unit)
app = application(AsyncInzage(given.inzage), person)
print(f"Mijn Loopbaan voor Partners, an example: http://127.0.0.1:{given.port}/")
uvicorn.run(app, host="127.0.0.1", port=given.port, log_level="warning")
