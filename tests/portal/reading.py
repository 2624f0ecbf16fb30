"""What a page says, as its reader sees it."""

import csv
import re
from html import unescape
from io import StringIO

from django.http import HttpResponse
from django.test import Client as Browser
from django.urls import reverse

from inzage.access_log.models import AccessLine
from inzage.dossiers.models import Dossier

TAGS = re.compile(r"<[^>]+>")
NEXT = re.compile(r'href="\?([^"]*na=[^"]*)"')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


def text(response: object) -> str:
    """The words on the page."""
    return " ".join(unescape(TAGS.sub(" ", markup(response))).split())


def markup(response: object) -> str:
    """The page without its CSRF tokens, which are new each time."""
    assert isinstance(response, HttpResponse)
    return TOKEN.sub("", response.content.decode())


def goes_to(response: object) -> str:
    """Where the answer sends the browser."""
    assert isinstance(response, HttpResponse)
    return response.headers["Location"]


def address(dossier: Dossier) -> str:
    """Where the dossier is."""
    return reverse("dossier", args=[dossier.reference])


def lines(kind: str) -> list[set[int]]:
    """The lines of one kind in the access log, each as the dossiers that it names."""
    return [
        set(line.shown.values_list("dossier_id", flat=True))
        for line in AccessLine.objects.filter(kind=kind).order_by("pk")
    ]


def opens(browser: Browser, dossier: Dossier) -> bool:
    """Whether the dossier's page shows the client."""
    response = browser.get(address(dossier))
    return response.status_code == 200 and str(dossier.client) in text(response)


def saved(response: object) -> list[list[str]]:
    """The rows of a file that was saved, the columns first."""
    content = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(StringIO(content), delimiter=";"))
