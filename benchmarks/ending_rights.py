"""Rights of one unit that end on days that are chosen, written straight into a register: a dossier for each."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from uuid import UUID

from benchmarks.running import script

GRANTED_ON = date(2023, 7, 1)
INSZ = "60010199944"
"""Made up, with a day counter that belongs to nobody. A register may know one person under many client numbers."""
AT_ONCE = 1000
FILL = """
from datetime import date
from benchmarks.ending_rights import fill
fill([date.fromisoformat(line.strip()) for line in sys.stdin])
"""


def fill_register(environment: Mapping[str, str], rights: Sequence[date]) -> None:
    """Write a right for each of these days, its last, in the migrated register of that environment."""
    script(environment, FILL, given="\n".join(map(str, rights)))


def reference_of(number: int) -> str:
    """The reference of the dossier on which the right with that number was written."""
    return str(UUID(int=number))


def number_of(reference: str) -> int:
    """The number of the right on the dossier with that reference."""
    return UUID(reference).int


def fill(rights: Sequence[date]) -> None:
    """Unit OE1, its counsellor, and a right for each of these days. Needs Django to be set up."""
    from inzage.dossiers.models import Client, Dossier
    from inzage.partners.models import Membership, Person, Unit
    from inzage.view_rights.models import ViewRight

    unit = Unit.objects.create(oe_number="OE1", name="Spoor", kind="partner")
    person = Person.objects.create(issuer="test", subject="counsellor", name="Iemand", role="counsellor")
    Membership.objects.create(person=person, unit=unit)
    clients = Client.objects.bulk_create(
        [
            Client(client_number=f"K{number}", insz=INSZ, family_name="Verzonnen", given_name="Klant")
            for number in range(len(rights))
        ],
        AT_ONCE,
    )
    dossiers = Dossier.objects.bulk_create(
        [Dossier(client=client, reference=UUID(int=number)) for number, client in enumerate(clients)], AT_ONCE
    )
    state = {
        "relation": "none",
        "rule": "closing.no-activity",
        "rule_version": "2000-01-01",
        "rule_status": "verified",
        "anchor_event": "granted",
        "anchor_on": GRANTED_ON,
        "ends_by": "term",
        "granted_on": GRANTED_ON,
        "opened_at": datetime(2023, 7, 1, 10, tzinfo=UTC),
    }
    ViewRight.objects.bulk_create(
        [
            ViewRight(dossier=dossier, unit=unit, last_day=last_day, **state)
            for dossier, last_day in zip(dossiers, rights, strict=True)
        ],
        AT_ONCE,
    )
