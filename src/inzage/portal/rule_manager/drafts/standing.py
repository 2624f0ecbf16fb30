"""How drafts and proposals stand on a day, and who did what with them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from inzage.portal.language import Word
from inzage.portal.rule_manager.drafts.words import ACTS, FIGURES
from inzage.portal.rule_manager.people import names_of
from inzage.portal.templatetags.days import day
from inzage.rule_books.models import Act, Draft, Proposal, Verdict


class State(NamedTuple):
    """A state: `code` for who decides by it, `look` as the stylesheet names it, and the words."""

    code: str
    look: str
    words: str


class Decided(NamedTuple):
    """A decision on a proposal."""

    words: str
    by: str
    at: datetime
    remark: str


class Told(NamedTuple):
    """A proposal with its state, who proposed it and when, what the rehearsal found, and what was decided."""

    proposal: Proposal
    what: Word
    state: State
    by: str
    decided: list[Decided]
    figures: list[tuple[Word, int]]


class Listed(NamedTuple):
    """A draft, its states and its author."""

    draft: Draft
    states: list[State]
    by: str


def state_of(proposal: Proposal, today: date) -> State:
    """How a proposal stands, by what was decided and by the day on which it has effect."""
    verdicts = {edition.verdict for edition in proposal.editions.all()}
    on = {"day": day(proposal.on)}
    if Verdict.TAKEN_BACK in verdicts:
        return State(
            "taken_back", "refused", _said(proposal, _("invoeren ingetrokken"), _("verschuiven ingetrokken"))
        )
    if Verdict.REFUSED in verdicts:
        return State("refused", "refused", _no_to(proposal))
    if Verdict.APPROVED in verdicts:
        past = proposal.on <= today
        if proposal.act == Act.MIGRATE:
            words = _("termijnen verschoven op %(day)s") if past else _("termijnen verschuiven op %(day)s")
        else:
            words = _("van kracht sinds %(day)s") if past else _("van kracht vanaf %(day)s")
        return State("in_force" if past else "approved", "granted", words % on)
    if proposal.on <= today:
        late = _said(proposal, _("invoeren niet op tijd beslist"), _("verschuiven niet op tijd beslist"))
        return State("lapsed", "refused", late)
    if proposal.act == Act.MIGRATE:
        return State("proposed", "sent_back", _("verschuiven voorgesteld voor %(day)s") % on)
    return State("proposed", "sent_back", _("voorgesteld vanaf %(day)s") % on)


def _said(proposal: Proposal, published: str, moved: str) -> str:
    """Which of the two acts it is about: side by side, the one says nothing of the other."""
    return moved if proposal.act == Act.MIGRATE else published


def _no_to(proposal: Proposal) -> str:
    if any(edition.is_own_no for edition in proposal.editions.all()):
        return _said(
            proposal, _("voorstel tot invoeren teruggenomen"), _("voorstel tot verschuiven teruggenomen")
        )
    return _said(proposal, _("invoeren afgewezen"), _("verschuiven afgewezen"))


def listed(drafts: Iterable[Draft], today: date) -> list[Listed]:
    """Drafts as they stand; their proposals and decisions were fetched with them."""
    drafts = list(drafts)
    names = names_of(draft.author for draft in drafts)
    return [Listed(draft, states_of(draft, today), names[draft.author]) for draft in drafts]


def states_of(draft: Draft, today: date) -> list[State]:
    """The state of its last proposal of each kind; nothing proposed, it is a draft."""
    last = {proposal.act: proposal for proposal in sorted(draft.proposals.all(), key=lambda one: one.pk)}
    found = [state_of(last[act], today) for act in (Act.PUBLISH, Act.MIGRATE) if act in last]
    return found or [State("draft", "", _("ontwerp"))]


def told(draft: Draft, today: date) -> list[Told]:
    """Its proposals, the newest first."""
    proposals = sorted(draft.proposals.all(), key=lambda one: -one.pk)
    signed = [proposal.proposed_by for proposal in proposals]
    signed += [edition.by for proposal in proposals for edition in proposal.editions.all()]
    names = names_of(signed)
    return [
        Told(
            proposal,
            ACTS[proposal.act],
            state_of(proposal, today),
            names[proposal.proposed_by],
            _decided(proposal, names),
            figures_of(proposal.rehearsal),
        )
        for proposal in proposals
    ]


def _decided(proposal: Proposal, names: Mapping[str, str]) -> list[Decided]:
    words = {
        Verdict.APPROVED: _("Goedgekeurd"),
        Verdict.REFUSED: _("Afgewezen"),
        Verdict.TAKEN_BACK: _("Ingetrokken"),
    }
    editions = sorted(proposal.editions.all(), key=lambda one: one.pk)
    return [
        Decided(
            _("Teruggenomen") if one.is_own_no else words[Verdict(one.verdict)],
            names[one.by],
            one.at,
            one.remark,
        )
        for one in editions
    ]


def figures_of(rehearsal: Mapping[str, Any]) -> list[tuple[Word, int]]:
    """What the rehearsal counted, of what is shown here."""
    return [(words, rehearsal[name]) for name, words in FIGURES.items() if name in rehearsal]
