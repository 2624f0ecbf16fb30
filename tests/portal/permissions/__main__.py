"""Writes docs/permissions.md anew, from what everyone is answered."""

import logging
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inzage.project.settings")
os.environ["INZAGE_DATABASE_URL"] = "sqlite://:memory:"
django.setup()

from django.test.utils import setup_databases, setup_test_environment, teardown_databases  # noqa: E402

from tests.portal.permissions.asking import asked_of, row  # noqa: E402
from tests.portal.permissions.entries import ENTRIES  # noqa: E402
from tests.portal.permissions.page import PAGE, Line, page  # noqa: E402
from tests.portal.permissions.world import the_world  # noqa: E402

setup_test_environment()
databases = setup_databases(verbosity=0, interactive=False)
logging.disable()
with the_world() as world:
    lines = [
        Line(name, asked.about, row(world, asked, name))
        for name in ENTRIES
        for asked in asked_of(name, world)
    ]
teardown_databases(databases, verbosity=0)
PAGE.write_text(page(lines), "utf-8")
print(f"{PAGE.name}: {len(lines)} lines, {sum(len(line.cells) for line in lines)} cells")
