"""Every address of the portal by its name, with the things that its ids stand for: one line for a new page.

An empty line has no id. `|` stands between kinds of things that one address can show, `+` between the ids of one.
"""

ENTRIES = {
    # the portal itself
    "index": "",
    "sign-in": "",
    "sign-out": "",
    "choose-unit": "",
    "accessibility": "",
    "manual": "",
    # coming in
    "begin-sign-in": "",
    "send-again": "",
    "session-left": "",
    "signed-in": "",
    "signed-out": "",
    "stay": "",
    "told-to-sign-out": "",
    # partner
    "my-dossiers": "",
    "closed-rights": "",
    "export-dossiers": "",
    "export-closed": "",
    "find-client": "",
    "dossier": "dossier",
    "activity": "dossier + step",
    "inform": "dossier",
    "ask": "",
    "ask-way": "draft",
    "asked": "",
    "brussels-form": "Brussels request",
    "print-form": "Brussels request",
    "notices": "",
    "today": "",
    "give-back": "dossier",
    # managing
    "unit-figures": "",
    "unit-people": "",
    "unit-unused": "",
    "give-back-unused": "",
    "export-unused": "",
    "export-unit-rights": "",
    # school
    "pupils": "",
    "pupil": "pupil's dossier",
    # mediator
    "work-list": "",
    "form": "request | Brussels request",
    "record-consent": "",
    "lasting": "",
    "desk-tasks": "",
    "desk-task": "task elsewhere | task in Brussels",
    "desk-find-client": "",
    "desk-client": "dossier",
    "desk-client-grounds": "dossier",
    "desk-client-revoke": "dossier + right",
    "desk-client-assign": "dossier",
    "desk-client-end": "dossier + assignment",
    "desk-client-lift": "dossier + objection",
    "desk-client-consent": "dossier",
    # exchange
    "quarantine": "",
    "message": "message",
    "deliveries": "",
    "balance": "",
    # brussels
    "watched": "",
    "participant": "dossier",
    # client
    "own-dossier": "",
    "who-looked": "",
    "ask-why": "look",
    "client-consents": "",
    "client-code": "",
    "client-form": "request",
    "client-decline": "request",
    "client-withdraw": "consent",
    "client-organisations": "",
    "client-shut-out": "organisation",
    # questions
    "questions": "",
    "question": "question",
    # paper
    "paper": "request | Brussels request",
    "paper-pdf": "request | Brussels request",
    "paper-file": "request + file of the request | request + desk's file of the request"
    " | Brussels request + file of the Brussels request",
    "desk-files": "request | Brussels request",
    "desk-pdf": "request | Brussels request",
    "desk-file": "request + file of the request | request + desk's file of the request"
    " | Brussels request + file of the Brussels request",
    # rule manager
    "rule-book": "",
    "rule-book-of": "rule book",
    "rule-figures": "",
    "runs": "",
    "run": "night",
    "rehearsals": "",
    "rehearsal": "rehearsal",
    "moved-rights": "rehearsal",
    "refused-looks": "rehearsal",
    "drafts": "",
    "new-draft": "",
    "draft": "draft of a rule book",
    "check-draft": "draft of a rule book",
    # held
    "held-rights": "",
    "answer-held": "",
    "held-long": "",
    # restoring
    "desk-client-restore": "dossier + right",
    "restorations": "",
    "restoration": "restoration",
    # protection
    "access-log": "",
    "log-line": "line of the log",
    "log-of-person": "counsellor",
    "log-of-unit": "organisation",
    "rights-of-unit": "organisation",
    "log-of-dossier": "dossier",
    "dossier-on-a-day": "dossier",
    "stated-reasons": "",
    "officer-questions": "",
    "officer-question": "question",
    "log-figures": "",
    # operation
    "state": "",
    "healthy": "",
    # administration
    "people": "",
    "add-person": "",
    "person": "counsellor",
    "organisations": "",
    # account
    "language": "",
    "choose-notices": "",
    "calendar": "",
    "calendar-feed": "calendar",
    "post": "",
    "letter": "mail of the demo",
    "letter-as-html": "mail of the demo",
}


def kinds_of(name: str) -> list[list[str]]:
    """The kinds of things that this address can show, each as the words of its ids; one of none where it has no id."""
    return [
        [words.strip() for words in kind.split("+") if words.strip()] for kind in ENTRIES[name].split("|")
    ]
