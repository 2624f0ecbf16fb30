"""Proves every right as of a day: `python -m benchmarks.proving_on 2026-03-10`; the last word is how many differ."""

import sys
from datetime import date

import django


def main() -> None:
    """Prove with as many processes as there are cores, like the command."""
    from inzage.oversight.proving import prove

    proof = prove(today=date.fromisoformat(sys.argv[1]))
    for difference in proof.differences[:5]:
        print(difference)
    print(f"{proof.judged} judged, differing: {len(proof.differences)}")


if __name__ == "__main__":
    django.setup()
    main()
