"""Whoever spreads requests hears in one word whether a process is well."""

from django.db import connection, transaction
from django.test import Client as Browser
from pytest_django import Settings

from inzage.view_rights.models import ViewRight
from tests.portal.office import Office, Tab


def test_a_healthy_process_says_only_that_and_nobody_has_to_sign_in(office: Office) -> None:
    response = Browser().get("/gezond")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response.cookies == {}


def test_without_its_register_a_process_is_not_healthy(office: Office) -> None:
    table = ViewRight._meta.db_table
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} RENAME TO {table}_gone")
        with transaction.atomic():
            response = Browser().get("/gezond")
            transaction.set_rollback(True)
        transaction.set_rollback(True)
    assert (response.status_code, response.content) == (503, b"not ok\n")


def test_health_is_told_before_the_proxys_encryption_and_nothing_else_is(
    settings: Settings, office: Office
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert Browser().get("/gezond").status_code == 200
    assert Browser().get("/gezond/x").status_code == 301
    assert Browser().get("/beheer/").status_code == 301


def test_nothing_is_changed_through_the_page_or_the_health(otis: Tab, office: Office) -> None:
    assert otis.post("/gezond").status_code == 405
    assert otis.put("/gezond").status_code == 405
