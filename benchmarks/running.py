"""Commands of Inzage, and scripts with Django at their disposal, run to their end in processes of their own."""

import subprocess
import sys
from collections.abc import Mapping

SET_UP = "import sys, django\ndjango.setup()\n"


def command(environment: Mapping[str, str], *arguments: str) -> None:
    """Run a command of Inzage; RuntimeError where it fails."""
    _run([sys.executable, "-m", "inzage.project.cli", *arguments], environment, "")


def script(environment: Mapping[str, str], text: str, *arguments: str, given: str = "") -> str:
    """Run a script with `given` on its standard input; what it printed. RuntimeError where it fails."""
    settings = {**environment, "DJANGO_SETTINGS_MODULE": "inzage.project.settings"}
    return _run([sys.executable, "-c", SET_UP + text, *arguments], settings, given)


def _run(arguments: list[str], environment: Mapping[str, str], given: str) -> str:
    done = subprocess.run(
        arguments, env=environment, input=given, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout
