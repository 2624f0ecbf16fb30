"""The process in which a file from outside is read: it may use so much memory and time, and write nothing.

The file comes on standard input; what was found goes out as JSON. Knows nothing of the register.
"""

import json
import resource
import sys
import warnings

from inzage.consents.form_files.unfit import PDF, Unfit, Why

MOST_MEMORY = 1 << 30
MOST_SECONDS = 10


def main(content_type: str) -> None:
    """Print the fields that are filled in, or why the file is not taken."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    warnings.simplefilter("ignore")
    try:
        print(json.dumps({"fields": _inspected(sys.stdin.buffer.read(), content_type)}))
    except Unfit as unfit:
        print(json.dumps({"unfit": unfit.why}))
    except MemoryError:
        print(json.dumps({"unfit": Why.TOO_COMPLEX}))


def _inspected(data: bytes, content_type: str) -> dict[str, str]:
    """Whatever a reader stumbles over in a file from outside is damage of that file."""
    from inzage.consents.form_files.inspecting_image import look_at
    from inzage.consents.form_files.inspecting_pdf import fields_of

    if content_type != PDF:
        look_at(data, content_type)
        return {}
    try:
        return fields_of(data)
    except (Unfit, MemoryError):
        raise
    except Exception:
        raise Unfit(Why.DAMAGED) from None


if __name__ == "__main__":
    main(sys.argv[1])
