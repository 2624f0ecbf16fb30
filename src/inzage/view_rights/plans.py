"""How PostgreSQL is told to plan what a process asks, beside what the operator says."""

from typing import Any

ALONE = "-c jit=off -c max_parallel_workers_per_gather=0"
"""For whoever asks much, or one of many that ask: to compile a question, or to start processes of the server for it,
takes longer than its answer, and the other cores are busy already."""


def plan_as(plans: str, database: dict[str, Any]) -> None:
    """Let the connections that this process still opens be planned for so; not on SQLite, which has no such thing."""
    if database["ENGINE"] == "django.db.backends.postgresql":
        options = database["OPTIONS"]
        options["options"] = (
            f"{plans} {options.get('options', '')}".strip()
        )  # what the operator says comes last
