"""Cedar, in its Rust engine, by cedarpy. Policy and entities are parsed once; days are sent as numbers."""

from datetime import date

from cedarpy import Entities, PolicySet, is_authorized

from benchmarks.peers.fetching import Fetching

POLICY = """
permit(principal is Unit, action == Action::"view", resource is Dossier)
when { context.granted && context.today <= context.last_day };
"""
VIEW = {"type": "Action", "id": "view"}


class Cedar(Fetching):
    """One policy: a unit may view a dossier while the right that was fetched stands."""

    name, package, licence = "cedarpy", "cedarpy", "Apache-2.0"
    not_asked = "to find the right, the reason for a no, to check the request against a schema"

    def __init__(self, address: str, today: date) -> None:
        super().__init__(address, today)
        self._policy, self._entities = PolicySet.from_str(POLICY), Entities.from_json_str("[]")

    def decide(self, dossier: int, unit: int) -> bool:
        """One `is_authorized` on the facts of one row."""
        granted, last_day, today = self.facts(dossier, unit)
        request = {
            "principal": {"type": "Unit", "id": str(unit)},
            "action": VIEW,
            "resource": {"type": "Dossier", "id": str(dossier)},
            "context": {"granted": granted, "last_day": last_day.toordinal(), "today": today.toordinal()},
        }
        return bool(is_authorized(request, self._policy, self._entities).allowed)
