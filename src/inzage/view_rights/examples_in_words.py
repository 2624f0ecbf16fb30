"""What a draft of a rule book opens, lengthens or shortens, each by its smallest example: facts, days and rules."""

from collections.abc import Iterator
from datetime import date

from inzage.rules.comparing import Example
from inzage.rules.facts import Execution, Grant, Ownership
from inzage.rules.history import Right
from inzage.rules.names import Ground
from inzage.rules.telling import UNKNOWN
from inzage.view_rights.explaining import in_words, sentences


def example_in_words(example: Example, language: str) -> list[str]:
    """What changes, the facts of the example, the last day now, and the last day by the draft.

    Where the draft takes days off a term that ran already, also until when that one ran.
    """
    text, promised = sentences(language)["compared"], example.promised
    return [
        text[example.change],
        *facts_in_words(example, language),
        *([text["promised"].format(day=in_words(promised, language))] if promised else []),
        _ending("now", example.now, example.day, language),
        _ending("then", example.then, example.day, language),
    ]


def facts_in_words(example: Example, language: str) -> Iterator[str]:
    """One sentence a fact."""
    text = sentences(language)["compared"]
    (grants, ownerships, executions, died_on), registered_on = example.combination
    yield from (_grant(grant, text, language) for grant in grants if grant.ground is not Ground.ASSIGNMENT)
    yield from (_ownership(ownership, language) for ownership in ownerships)
    yield from (_execution(execution, text, language) for execution in executions)
    if died_on:
        yield text["died"].format(on=in_words(died_on, language))
    if registered_on:
        yield text["registered"].format(on=in_words(registered_on, language))


def _grant(grant: Grant, text: dict[str, str], language: str) -> str:
    on = in_words(grant.granted_on, language)
    if grant.withdrawn_on is None:
        return text["consent"].format(on=on)
    return text["withdrawn"].format(on=on, withdrawn=in_words(grant.withdrawn_on, language))


def _ownership(ownership: Ownership, language: str) -> str:
    """The end as the first day without the ownership: "until" that day."""
    said = sentences(language)
    text, end = said["compared"], said["ends"].get(ownership.ended_by, "")
    service = text["unknown_service"] if ownership.service == UNKNOWN else ownership.service
    assert ownership.ended_on is not None
    return text["owned_end" if end else "owned"].format(
        service=service,
        begun=in_words(ownership.assigned_on, language),
        ended=in_words(ownership.ended_on, language),
        end=end,
    )


def _execution(execution: Execution, text: dict[str, str], language: str) -> str:
    begun = in_words(execution.begun_on, language)
    if execution.ended_on is None:
        return text["runs"].format(begun=begun)
    said = text[execution.ended_by or "never_ran"].format(
        begun=begun, ended=in_words(execution.ended_on, language)
    )
    return f"{said} {text['trajectory']}" if execution.trajectory else said


def _ending(when: str, right: Right | None, day: date, language: str) -> str:
    text = sentences(language)["compared"]
    if right is None:
        return text[f"{when}_none"].format(day=in_words(day, language))
    rule, last_day = right.outcome.verdict.rule, right.outcome.last_day
    return text[when].format(
        day=in_words(last_day, language) if last_day else text["open"],
        rule=rule.id,
        version=in_words(rule.since, language),
    )
