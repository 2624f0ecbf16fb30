"""Which pages stand in docs/gallery, under which heading."""

from tests.consistency.reading import ROOT
from tests.portal.pages.every import STATES
from tests.portal.pages.visiting import State

GALLERY = ROOT / "docs/gallery"
INDEX = GALLERY / "README.md"
SHOWN = {
    "Everybody": ("manual/manual: before signing in",),
    "Counsellor": (
        "partner/day/today: something of each",
        "partner/day/dossiers: some end soon",
        "partner/dossier: with lines",
        "partner/day/ask_way: form or mediator",
        "partner/activity: under way",
        "calendar/calendar: just made",
    ),
    "Who manages a unit": ("managing/figures: something of each", "managing/unused: some"),
    "Mediator and VDAB Brussel": (
        "mediator/form: not complete",
        "mediator/clients/rights: rights now and past",
        "brussels/watched: one to enrol",
    ),
    "Client": (
        "client/own_dossier: rights that stand, one unsure, and one that ended",
        "client/who_looked: looks, lists, a yes, and questions in every state",
        "client/give: to read",
        "client/withdraw: it ends",
    ),
    "Rule manager": (
        "rule_manager/book: in force",
        "rule_manager/drafts/one: one term shorter, proposed by a colleague",
        "rule_manager/rehearsal: rights and looks moved",
        "held/listing: one right",
        "held/answer: about an organisation",
    ),
    "Data protection officer, operator, administrator": (
        "protection/past_day: something was registered late",
        "operation/state: all is well",
        "operation/state: rights differ and a canary overran",
        "administration/people: everyone",
    ),
}


def state_of(name: str) -> State:
    """The state of that name."""
    return next(state for state in STATES if str(state) == name)


def index_of() -> str:
    """The page that shows the pictures."""
    lines = [
        "# The pages",
        "",
        "Each as the tests show it, on a laptop and on a phone; `make gallery` makes them anew.",
    ]
    for heading, names in SHOWN.items():
        lines += ["", f"## {heading}"]
        for name in names:
            file = state_of(name).file_name
            lines += ["", f"### {name}", "", f"![On a laptop: {name}]({file}-wide.png)", ""]
            lines += [f"![On a phone: {name}]({file}-phone.png)"]
    return "\n".join(lines) + "\n"
