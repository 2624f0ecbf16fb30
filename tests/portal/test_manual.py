"""The manual's page: everybody reads it, in three languages, and it says what is in force."""

import re

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from inzage.portal.manual.as_html import as_html
from inzage.rule_books.in_force import books
from inzage.view_rights.explaining import LANGUAGES
from inzage.view_rights.manual.composing import manual
from tests.portal.office import TODAY, Office, signed_in_as
from tests.portal.reading import text


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_signing_in_it_is_read_whole_in_each_language(office: Office, language: str) -> None:
    page = text(Browser(headers={"accept-language": language}).get("/handleiding/"))
    for sentence in manual(books(), TODAY, language).sentences():
        assert sentence.text in page
        assert sentence.example in page


def test_each_part_can_be_pointed_at(office: Office) -> None:
    page = Browser().get("/handleiding/").content.decode()
    for section in manual(books(), TODAY, "nl").sections:
        for anchor in (section.id, *(part.id for part in section.parts)):
            assert f'href="#{anchor}"' in page
            assert page.count(f'id="{anchor}"') == 1


def test_it_asks_the_database_for_no_more_than_the_books(office: Office) -> None:
    browser = Browser()
    with CaptureQueriesContext(connection) as asked:
        assert browser.get("/handleiding/").status_code == 200
    assert len(asked) <= 2


def test_every_page_leads_to_it(office: Office) -> None:
    assert 'href="/handleiding/"' in signed_in_as(office.carla).get("/dossiers/").content.decode()
    assert 'href="/handleiding/"' in Browser().get("/aanmelden/").content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_standing_alone_it_says_what_the_page_says(office: Office, language: str) -> None:
    """One composition: within its heading and its sources the two are alike to the letter."""
    page = Browser(headers={"accept-language": language}).get("/handleiding/").content.decode()
    alone = as_html(manual(books(), TODAY, language))
    assert f'<html lang="{language}">' in alone
    assert alone[alone.index("<h1>") : alone.index("</main>")].rstrip() in page


def test_standing_alone_it_runs_no_script_and_asks_nothing_from_elsewhere(office: Office) -> None:
    alone = as_html(manual(books(), TODAY, "nl"))
    assert "<script" not in alone
    assert not re.search(r"https?:|@import|url\(|\ssrc=|\sstyle=|\son\w+=", alone)
    addresses = re.findall(r'href="([^"]*)"', alone)
    assert addresses
    assert all(address.startswith("#") for address in addresses)
    assert "@media print" in alone
    for address in addresses:
        assert alone.count(f'id="{address[1:]}"') == 1
