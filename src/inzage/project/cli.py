"""The `inzage` command: our own commands under the names that the documentation gives them, errors as sentences."""

import os
import sys

COMMANDS = {
    "demo": ("demo", "a made-up region at work, in one go"),
    "migrate": ("migrate", "prepare the database, or bring it up to date"),
    "import": ("import_register", "take in a folder of register files"),
    "rights": ("rights", "print the view rights as they stand at the end of a day"),
    "may-view": ("may_view", "may this partner view this client's dossier on a day?"),
    "explain": ("explain", "why a right stands, until when, and what would move that day"),
    "close": ("close", "close what has ended (the nightly run)"),
    "requests": ("requests", "list requests that wait long and keep a right open"),
    "worker": ("worker", "run the closing every night, and send mails"),
    "prove": ("prove", "recompute the rights from their facts and compare"),
    "make-region": ("make_region", "write the files of a made-up region"),
    "serve": ("serve", "start the web application"),
}


def main() -> int:
    """Run one command. Exit codes: 0 done, 1 no or not done, 2 wrong use, 3 the surroundings failed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inzage.project.settings")
    arguments = sys.argv[1:]
    if not arguments or arguments[0] in ("help", "--help", "-h"):
        _overview()
        return 0
    if "--traceback" in arguments:
        _run(arguments)
        return 0
    try:
        _run(arguments)
    except KeyboardInterrupt:
        print("inzage: stopped; what was finished is kept, run it again to go on.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:
        from inzage.project.failures import sentence

        print(f"inzage: {sentence(error)}", file=sys.stderr)
        return 3
    return 0


def _run(arguments: list[str]) -> None:
    from django.core.management import execute_from_command_line

    name = COMMANDS.get(arguments[0], (arguments[0], ""))[0]
    execute_from_command_line(["inzage", name, *arguments[1:]])


def _overview() -> None:
    print(
        "Inzage, the register of view rights (inzagerechten).\n\n"
        "Usage: inzage COMMAND [options]; inzage COMMAND --help\n"
    )
    for shown, (_name, purpose) in COMMANDS.items():
        print(f"  {shown:<12} {purpose}")


if __name__ == "__main__":
    sys.exit(main())
