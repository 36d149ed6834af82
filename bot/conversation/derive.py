"""Deriving: where things stand, computed again at every turn from what is known.

Theory of operation. Facts go through the decision tables in a fixed order: triage, causes, then what
the plan needs. Each is either decided or hangs on unknown facts. The next question is the first one
in priority that settles a fact the first undecided table hangs on. So a question is asked exactly as
long as its answer can still change the outcome, triage comes first by itself, and nothing the runner
volunteered is asked.

Emergency and same-day rules are acted on as soon as they hold (evidence.md 1.2: highest level wins).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.content.condition import Value
from bot.content.load import Content
from bot.content.questions import Question
from bot.content.tables import Level, Rule, Verdict
from bot.conversation.answers import Known, known
from bot.conversation.arithmetic_facts import complete
from bot.conversation.memory import remembered
from bot.conversation.state import Answer, Conversation, Runner

LOCKED: frozenset[Level] = frozenset({"emergency", "same_day", "this_week"})
DEFAULT_PATHWAY = "strength_flex"
"""When nothing else explains the soreness (evidence.md 2.1)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything that can be said from what is known at one moment."""

    known: Known
    triage: Verdict
    causes: Verdict
    level: Level | None
    """The triage level, or None while it can still change."""
    pathways: tuple[str, ...]
    """In order of application; for a locked level, those of the triage rules."""
    hangs_on: tuple[str, ...]
    next: Question | None

    @property
    def facts(self) -> Mapping[str, Value]:
        """The facts that hold."""
        return self.known.facts

    @property
    def locked(self) -> bool:
        """Whether coaching waits until the runner has been checked."""
        return self.level in LOCKED

    @property
    def settled(self) -> bool:
        """Whether advice can be given: no question is left to ask."""
        return self.level is not None and self.next is None

    @property
    def fired(self) -> tuple[Rule, ...]:
        """The rules behind the outcome: triage rules of the deciding level, then causes."""
        if self.locked:
            return self.deciding
        return (*self.deciding, *self.causes.held)

    @property
    def deciding(self) -> tuple[Rule, ...]:
        """The triage rules that hold at the deciding level."""
        held = self.triage.held
        if not held:
            return ()
        return tuple(rule for rule in held if rule.level == held[0].level)


def standing(
    content: Content, conversation: Conversation, runner: Runner, now: datetime
) -> Standing:
    """Where one conversation stands at `now` (UTC)."""
    return derive(content, conversation.answers, runner, now)


def derive(content: Content, answers: Iterable[Answer], runner: Runner, now: datetime) -> Standing:
    """Where these answers lead."""
    base = known(content, answers, runner.log, now)
    facts = dict(base.facts)
    for name, value in remembered(runner, facts, content.coaching, now).items():
        facts.setdefault(name, value)
    return derive_facts(content, facts, base.origin)


def derive_facts(
    content: Content, facts: dict[str, Value], origin: Mapping[str, Answer] | None = None
) -> Standing:
    """Where these facts lead; the pure heart, also behind `heeldrop decide` and `check`."""
    assumed = complete(content, facts)
    held = Known(facts, origin or {}, assumed)
    triage = content.triage.verdict(facts)
    causes = content.causes.verdict(facts, _enough(facts))
    level = triage.held[0].level if triage.held and triage.decided else None
    if level is None or level in LOCKED:
        hangs = triage.hangs_on
    else:
        hangs = (*causes.hangs_on, *(name for name in content.needs(facts) if name not in facts))
    return Standing(
        known=held,
        triage=triage,
        causes=causes,
        level=level,
        pathways=_pathways(content, triage, causes, level, facts),
        hangs_on=hangs,
        next=next_question(content, facts, hangs),
    )


def _enough(facts: Mapping[str, Value]) -> int:
    return 1 + int(facts.get("wants_more_causes", 0) or 0)


def _pathways(
    content: Content,
    triage: Verdict,
    causes: Verdict,
    level: Level | None,
    facts: Mapping[str, Value],
) -> tuple[str, ...]:
    if level in LOCKED:
        rules = [rule for rule in triage.held if rule.level == triage.held[0].level]
        return tuple(dict.fromkeys(name for rule in rules for name in rule.pathways))
    found = list(dict.fromkeys(name for rule in causes.held for name in rule.pathways))
    found.sort(key=lambda name: content.flows[name].order if name in content.flows else 99)
    explained = any(not rule.companion for rule in causes.held)
    if not explained and facts.get("sore") and level == "self_manage" and causes.decided:
        found.append(DEFAULT_PATHWAY)
    return tuple(dict.fromkeys(found))


def next_question(
    content: Content, facts: Mapping[str, Value], hangs_on: Iterable[str]
) -> Question | None:
    """The first question in priority that settles one of these facts and may be asked now."""
    wanted = _inputs(content, facts, hangs_on)
    seen: set[str] = set()
    possible: dict[str, Question] = {}
    while wanted:
        fact = wanted.pop()
        if fact in seen:
            continue
        seen.add(fact)
        for question in content.settled_by.get(fact, ()):
            only = content.only[question.id]
            allowed = True if only is None else only.holds(facts)
            if allowed:
                possible[question.id] = question
            elif allowed is None and only is not None:
                wanted += _inputs(content, facts, only.hangs_on(facts))
    return min(possible.values(), key=lambda question: question.order, default=None)


def _inputs(content: Content, facts: Mapping[str, Value], hangs_on: Iterable[str]) -> list[str]:
    wanted: list[str] = []
    for name in hangs_on:
        needs = content.derived_needs.get(name)
        if needs is None:
            wanted.append(name)
        else:
            wanted.extend(need for need in needs if need not in facts)
    return wanted
