"""The settings of Inzage with django-guardian beside it, so that both are asked in one process."""

from inzage.project.settings import *  # noqa: F403
from inzage.project.settings import INSTALLED_APPS as OURS

INSTALLED_APPS = [*OURS, "guardian"]
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = GUARDIAN_MONKEY_PATCH_GROUP = False
