"""How a rule book that was written here stands, in plain English, for the commands."""

from datetime import date

from inzage.rule_books.models import Act, Draft, Proposal, Verdict


def stage_of(draft: Draft, today: date) -> str:
    """What became of its last proposal of each kind."""
    last = {proposal.act: proposal for proposal in sorted(draft.proposals.all(), key=lambda one: one.pk)}
    if Act.PUBLISH not in last:
        return "draft"
    stages = [_stage(last[Act.PUBLISH], today)]
    if Act.MIGRATE in last:
        moving = last[Act.MIGRATE]
        stages.append(f"moving terms on {moving.on}: {_stage(moving, today)}")
    return "; ".join(stages)


def _stage(proposal: Proposal, today: date) -> str:
    verdicts = {edition.verdict for edition in proposal.editions.all()}
    if Verdict.TAKEN_BACK in verdicts:
        return "taken back"
    if Verdict.REFUSED in verdicts:
        is_own = any(edition.is_own_no for edition in proposal.editions.all())
        return "proposal taken back" if is_own else "refused"
    if Verdict.APPROVED in verdicts:
        return "in force" if proposal.on <= today else "approved"
    return "lapsed" if proposal.on <= today else "proposed"
