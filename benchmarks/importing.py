"""`inzage import` of a made-up region into an empty register: lines a second, and memory at two sizes."""

import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import psycopg

from benchmarks.measuring import Memory, Row
from benchmarks.population import inzage, server
from inzage.region.writing import make_region

SIZES = (20_000, 100_000)
SLOWEST = 10_000
GROWTH = 1.2
EMPTY = "inzage_bench_import"


def measure() -> list[Row]:
    """Two regions, the second five times the first."""
    found = [_import(dossiers) for dossiers in SIZES]
    (_lines, _seconds, small), (lines, seconds, big) = found
    return [
        Row(
            f"import of {lines:,} lines",
            f"{lines / seconds:,.0f} lines a second",
            "",
            f"≥ {SLOWEST:,}",
            lines / seconds >= SLOWEST,
        ),
        Row(
            "its memory",
            f"{big / 1e6:.0f} MB",
            f"{small / 1e6:.0f} MB for a fifth of the lines",
            "does not grow",
            big <= small * GROWTH,
        ),
    ]


def _import(dossiers: int) -> tuple[int, float, float]:
    """Lines, seconds, and the most memory that its processes held together (bytes)."""
    address = f"{server()}/{EMPTY}"
    with psycopg.connect(f"{server()}/postgres", autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {EMPTY} WITH (FORCE)")
        admin.execute(f"CREATE DATABASE {EMPTY}")
    inzage(address, "migrate", "-v0")
    with tempfile.TemporaryDirectory(prefix="inzage-bench-") as folder:
        make_region(Path(folder) / "region", dossiers=dossiers, seed=1, until=date(2026, 3, 9))
        lines = sum(_lines_of(path) for path in (Path(folder) / "region").iterdir())
        environment = {**os.environ, "INZAGE_DATABASE_URL": address, "INZAGE_VAR": folder}
        command = [sys.executable, "-m", "benchmarks.importing", str(Path(folder) / "region")]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        watch = Memory(process.pid)
        out, _err = process.communicate()
        most = watch.stop()
    with psycopg.connect(f"{server()}/postgres", autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {EMPTY} WITH (FORCE)")
    return lines, float(out.splitlines()[-1]), most


def _lines_of(path: Path) -> int:
    with path.open("rb") as file:
        return sum(1 for _line in file) - 1


if __name__ == "__main__":
    import time

    sys.argv = ["inzage", "import", sys.argv[1]]
    from inzage.project.cli import main

    start = time.perf_counter()
    main()
    print(time.perf_counter() - start)
