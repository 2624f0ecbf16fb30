"""The connections of the web application: kept between pages, and planned for short questions."""

from typing import Any

from inzage.project.wsgi import PLANS, ask_as_pages_do


def _database(engine: str, **options: str) -> dict[str, Any]:
    return {"ENGINE": f"django.db.backends.{engine}", "OPTIONS": dict(options)}


def test_what_the_operator_says_of_plans_counts_more() -> None:
    """PostgreSQL believes the last of two: that of the address comes after ours."""
    own = "-c lock_timeout=30s -c random_page_cost=4"
    database = _database("postgresql", options=own)
    ask_as_pages_do(database)
    assert database["OPTIONS"]["options"] == f"{PLANS} {own}"


def test_a_connection_is_kept_and_looked_at_before_it_is_used_again() -> None:
    """One that broke meanwhile is made anew, and nobody sees a page fail for it."""
    database = _database("postgresql")
    ask_as_pages_do(database)
    assert database["CONN_MAX_AGE"] > 0
    assert database["CONN_HEALTH_CHECKS"] is True


def test_sqlite_stays_as_it_is() -> None:
    """A file is opened at once, and knows none of these words."""
    database = _database("sqlite3", init_command="PRAGMA foreign_keys=ON;")
    ask_as_pages_do(database)
    assert database == _database("sqlite3", init_command="PRAGMA foreign_keys=ON;")
