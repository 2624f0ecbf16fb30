"""The `inzage` command: our own commands under the names that the documentation gives them, errors as sentences."""

import os
import sys
from difflib import get_close_matches
from io import TextIOWrapper

COMMANDS = {
    "demo": ("demo", "a made-up region at work, in one go"),
    "migrate": ("migrate", "prepare the database, or bring it up to date"),
    "import": ("import_register", "take in a folder of register files"),
    "import-ibis": ("import_ibis", "take in training requests of IBIS from a file"),
    "import-references": ("import_references", "take in the known courses and contracts"),
    "rights": ("rights", "print the view rights as they stand at the end of a day"),
    "may-view": ("may_view", "may this partner view this client's dossier on a day?"),
    "explain": ("explain", "why a right stands, until when, and what would move that day"),
    "manual": ("manual", "the manual for partners, from the rules in force"),
    "close": ("close", "close what has ended (the nightly run)"),
    "check-evening": ("check_evening", "hold what would end tonight and must wait for a person"),
    "requests": ("requests", "list requests that wait long and keep a right open"),
    "books": ("books", "list the rule books, and those on their way"),
    "book": ("book", "show one rule book: its rules in words, or its text"),
    "worker": ("worker", "run the closing every night, send mails and messages"),
    "prove": ("prove", "recompute the rights from their facts and compare"),
    "rehearse": ("rehearse", "what a draft of a rule book would do to the rights that stand"),
    "check-book": ("check_book", "can a draft of a rule book be used, and what does it change?"),
    "make-region": ("make_region", "write the files of a made-up region"),
    "serve": ("serve", "start the web application"),
    "balance": ("balance", "match the messages of a day with the other side"),
    "decide": ("decide", "answer other systems: may this person see this dossier?"),
    "as-of": ("as_of", "who could see what on a past day, as known then and as known now"),
    "replay": ("replay", "judge the decisions of a day again, from the facts known then"),
    "caller": ("caller", "which systems may ask for decisions, and what about"),
    "administrator": ("administrator", "the first one, who lets in all others"),
    "simulate": ("simulate", "start a made-up Actiris, IBIS or VDAB, to try and test with"),
}
HELP = ("help", "--help", "-h")
CHECKED_BY_DJANGO = {"migrate", "serve", "decide"}
"""Commands for which Django looks at the database first, in a way that takes a locked one for an old one."""


def main() -> int:
    """Run one command. Exit codes: 0 done, 1 no or not done, 2 wrong use, 3 the surroundings failed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inzage.project.settings")
    _open_what_is_closed()
    arguments = sys.argv[1:]
    if "--traceback" in arguments:
        return _run(arguments)
    try:
        code = _left_with(arguments)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        _say("stopped; what was finished is kept, run it again to go on.")
        return 130
    except BrokenPipeError:
        _write_nowhere()
        return 0
    except Exception as error:
        from inzage.project.failures import sentence

        _say(sentence(error))
        _flush_or_forget()
        return 3


def _left_with(arguments: list[str]) -> int:
    """The exit code, also of a command that leaves by itself."""
    try:
        return _run(arguments)
    except SystemExit as stopped:
        return stopped.code if isinstance(stopped.code, int) else int(stopped.code is not None)


def _run(arguments: list[str]) -> int:
    if arguments[:1] == [] or (arguments[0] in HELP and len(arguments) == 1):
        _overview()
        return 0
    if arguments[0] in HELP:
        arguments = [arguments[1], "--help"]
    name = COMMANDS.get(arguments[0], (arguments[0], ""))[0]

    import django
    from django.core.management import execute_from_command_line, get_commands

    django.setup()
    if name != "--version" and name not in get_commands():
        close = get_close_matches(name, COMMANDS, n=1)
        _say(
            f"there is no command {name!r}.{f' Did you mean {close[0]}?' if close else ''} See `inzage help`."
        )
        return 2
    if name in CHECKED_BY_DJANGO and "--help" not in arguments:
        _touch_database()
    execute_from_command_line(["inzage", name, *arguments[1:]])
    return 0


def _touch_database() -> None:
    """Raises what is wrong with the database, if something is."""
    from django.db import connection, transaction

    with transaction.atomic():
        connection.ensure_connection()


def _overview() -> None:
    print(
        "Inzage, the register of view rights (inzagerechten).\n\n"
        "Usage: inzage COMMAND [options]; inzage help COMMAND\n"
    )
    for shown, (_name, purpose) in COMMANDS.items():
        print(f"  {shown:<18} {purpose}")


def _say(sentence: str) -> None:
    print(f"inzage: {sentence}", file=sys.stderr)


def _open_what_is_closed() -> None:
    """Without an output of its own, the next file that is opened would get what is printed: the register itself."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest number that is free: this one
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))
    if isinstance(sys.stdout, TextIOWrapper):  # the name of a file may hold any bytes
        sys.stdout.reconfigure(errors="surrogateescape")


def _write_nowhere() -> None:
    """Nobody reads on; what is still to be flushed goes nowhere."""
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


def _flush_or_forget() -> None:
    try:
        sys.stdout.flush()
    except OSError:
        _write_nowhere()


if __name__ == "__main__":
    sys.exit(main())
