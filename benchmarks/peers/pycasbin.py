"""PyCasbin's two enforcers, with the model that its own papers call ABAC: the matcher reads the facts of the row."""

from datetime import date

from casbin import Enforcer, Model
from casbin.fast_enforcer import FastEnforcer
from casbin.model import FastModel

from benchmarks.peers.fetching import Fetching

MODEL = """
[request_definition]
r = kind, act, right

[policy_definition]
p = kind, act

[policy_effect]
e = some(where (p.eft == allow))

[matchers]
m = r.kind == p.kind && r.act == p.act && r.right.granted && r.right.today <= r.right.last_day
"""
BY_KIND_AND_ACT = [0, 1]
NOT_ASKED = "to find the right, the reason for a no"


class Plain(Fetching):
    """The Enforcer, with one policy line."""

    name, package, licence, not_asked = "PyCasbin Enforcer", "pycasbin", "Apache-2.0", NOT_ASKED

    def __init__(self, address: str, today: date) -> None:
        super().__init__(address, today)
        model = Model()
        model.load_model_from_text(MODEL)
        self._enforcer = Enforcer(model)
        self._enforcer.add_policy("unit", "view")

    def decide(self, dossier: int, unit: int) -> bool:
        """One `enforce` on the facts of one row."""
        return bool(self._enforcer.enforce("unit", "view", self.facts(dossier, unit)))


class Fast(Plain):
    """The FastEnforcer, which finds that line by its key."""

    name = "PyCasbin FastEnforcer"

    def __init__(self, address: str, today: date) -> None:
        Fetching.__init__(self, address, today)
        model = FastModel(BY_KIND_AND_ACT)
        model.load_model_from_text(MODEL)
        self._enforcer = FastEnforcer(model, cache_key_order=BY_KIND_AND_ACT)
        self._enforcer.add_policy("unit", "view")
