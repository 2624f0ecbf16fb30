"""Proves every right as of a day: `python -m benchmarks.proving_on 2026-03-10`; the last word is in how many
dossiers something differs.
"""

import sys
from datetime import date

import django


def main() -> None:
    """Prove with as many processes as there are cores, like the command."""
    from inzage.oversight.proving import prove

    proof = prove(today=date.fromisoformat(sys.argv[1]))
    for difference in proof.differences[:5]:
        print(difference)
    dossiers = {difference.dossier for difference in proof.differences}
    print(f"{proof.judged} judged, {len(proof.differences)} differences, in dossiers: {len(dossiers)}")


if __name__ == "__main__":
    django.setup()
    main()
