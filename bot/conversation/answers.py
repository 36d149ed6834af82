"""From answers to facts: what is known now.

Rules:
- Later answers win over earlier ones, so a correction is just another answer.
- Answering a question again replaces the first answer to it.
- "None of these" on a screen never erases a red flag the runner volunteered, or what follows from it.
- A fact lapses when its time is up (`stays` in content/facts.toml).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from bot.content.condition import Value
from bot.content.facts import Fact
from bot.content.load import Content
from bot.conversation.arithmetic_facts import implied
from bot.conversation.log import Log, Run
from bot.conversation.state import Answer

CLEAR = (False, "none", "normal", "easy")
"""What "none of these" makes of a sign."""
_SPAN = re.compile(r"^(\d+)(m|h|d|w)$")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


@dataclass(frozen=True, slots=True)
class Known:
    """The facts that hold now, and for each the answer it came from."""

    facts: Mapping[str, Value]
    origin: Mapping[str, Answer]
    assumed: frozenset[str] = frozenset()


def with_answer(answers: tuple[Answer, ...], new: Answer) -> tuple[Answer, ...]:
    """The answers with one more; an earlier answer to the same question goes."""
    if not new.question:
        return (*answers, new)
    return (*(old for old in answers if old.question != new.question), new)


def known(content: Content, answers: Iterable[Answer], log: Log, now: datetime) -> Known:
    """What the answers say that is still true at `now` (UTC)."""
    facts: dict[str, Value] = {}
    origin: dict[str, Answer] = {}
    answers = tuple(answers)
    checked_at = _checked_at(answers)
    ran_at = max((run.at for run in log.entries if isinstance(run, Run)), default=None)
    for answer in answers:
        follows = implied(content, facts) if _is_screen(content, answer) else {}
        for name, value in answer.facts.items():
            fact = content.facts.get(name)
            if fact is None or _lapsed(fact, answer, value, now, ran_at, checked_at):
                continue
            if value in CLEAR and follows.get(name, value) not in CLEAR:
                continue
            facts[name] = value
            origin[name] = answer
    return Known(facts, origin)


def _is_screen(content: Content, answer: Answer) -> bool:
    question = content.question_by_id.get(answer.question)
    return question is not None and question.kind == "screen"


def _checked_at(answers: Iterable[Answer]) -> datetime | None:
    times = [
        answer.at for answer in answers if str(answer.facts.get("checked", "no")).startswith("yes")
    ]
    return max(times, default=None)


def _lapsed(
    fact: Fact,
    answer: Answer,
    value: Value,
    now: datetime,
    ran_at: datetime | None,
    checked_at: datetime | None,
) -> bool:
    if fact.stays == "always":
        return False
    if fact.stays == "until_run":
        return ran_at is not None and ran_at > answer.at
    if fact.stays == "until_checked":
        if value in CLEAR:
            return now - answer.at > timedelta(hours=12)
        return checked_at is not None and checked_at >= answer.at
    return now - answer.at > span(fact.stays)


@lru_cache(maxsize=64)
def span(text: str) -> timedelta:
    """A text such as "12h" as a length of time. Raises ValueError for anything else."""
    found = _SPAN.match(text)
    if not found:
        raise ValueError(f"not a length of time: {text!r}")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})
