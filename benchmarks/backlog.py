"""Pages beside a backlog: what a partner and the Brussels desk wait for, while messages pile up and a worker tries."""

import json
import subprocess
import sys
from statistics import median
from time import perf_counter

from django.test import Client

from benchmarks.measuring import Row, shown

READER = (sys.executable, "-m", "benchmarks.backlog")
REPETITIONS = 31
SLOWER = 1.5
"""Times as slow as without a backlog: beyond that it is felt."""
PAGES = {"my dossiers": "/dossiers/", "deliveries": "/uitwisseling/verzonden/?stapel=waiting"}


def rows(without: dict[str, float], with_backlog: dict[str, float], messages: int) -> list[Row]:
    """Each page with the backlog, beside the same page without. The list of waiting messages has a page to fill."""
    return [
        Row(
            f"page {name}, {messages:,} messages waiting, a worker at work",
            shown(with_backlog[name]),
            f"nothing waiting {shown(without[name])}",
            f"≤ {SLOWER} ×, or ≤ {shown(0.05)}",
            with_backlog[name] <= max(SLOWER * without[name], 0.05),
        )
        for name in PAGES
    ]


def read(environment: dict[str, str]) -> dict[str, float]:
    """The median seconds of each page, by a process on that environment's register."""
    said = subprocess.run(READER, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    seconds: dict[str, float] = json.loads(said)
    return seconds


def main() -> None:
    """Read the pages, and print how long they took."""
    import django

    django.setup()
    from django.test.utils import override_settings

    from inzage.partners.models import Membership, Person, Unit

    unit, _new = Unit.objects.get_or_create(oe_number="OE1", defaults={"name": "Een", "kind": "partner"})
    people = {"my dossiers": Person.Role.COUNSELLOR, "deliveries": Person.Role.BRUSSELS_DESK}
    took = {}
    with override_settings(SECURE_SSL_REDIRECT=False, ALLOWED_HOSTS=["testserver"]):
        for name, role in people.items():
            person, _new = Person.objects.get_or_create(issuer="bench", subject=name, defaults={"role": role})
            Membership.objects.get_or_create(person=person, unit=unit)
            browser = Client()
            browser.force_login(person)
            assert browser.get(PAGES[name]).status_code == 200
            took[name] = median(_seconds(browser, PAGES[name]) for _ in range(REPETITIONS))
    print(json.dumps(took))


def _seconds(browser: Client, page: str) -> float:
    start = perf_counter()
    browser.get(page)
    return perf_counter() - start


if __name__ == "__main__":
    main()
