"""A form sent in time or too late, and what can be sent again."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.test import Client as Browser

from tests.coming_in.conftest import Clock
from tests.portal.office import Office
from tests.portal.reading import address

AGAIN, MINUTE = "/aanmelden/verder/", timedelta(minutes=1)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def sends(browser: Browser, office: Office, new: Mapping[str, Any]) -> Any:
    """The form on Anna's dossier."""
    return browser.post(address(office.anna), new)


def too_late(browser: Browser, office: Office, new: Mapping[str, Any], time: Clock) -> Any:
    """The same, half an hour after the last thing she did."""
    time.ahead += 30 * MINUTE
    return sends(browser, office, new)


def hidden_in(page: str) -> dict[str, str]:
    """The fields of the form that can be sent again, as a browser reads them."""
    form = page[page.index('class="entry"') :].partition("</form>")[0]
    return {name: value.replace("&amp;", "&").replace("&quot;", '"') for name, value in HIDDEN.findall(form)}
