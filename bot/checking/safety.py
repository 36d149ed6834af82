"""Safety cases: what a physio wrote must hold on every path that meets the condition.

    [[case]]
    id = "swollen-leg"
    says = "One leg newly swollen never reaches an exercise."
    when = "swelling is one_leg"
    never = ["exercise", "run", "stretch"]
    always = ["level:same_day", "card:dvt"]

What may stand in `never`: exercise, plan, run, nudge (any coaching at all), stretch, roll (the words),
diagnosis ("you have"), says:<words>, level:<level>, pathway:<id>.
In `always`: level:<level>, at_least:<level>, card:<id>, pathway:<id>, only_card, safety_net,
says:<words>, reviewed (the "not yet" line of the receipt).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.checking.render import ending, exercises_at, talk_at
from bot.checking.walk import Leaf
from bot.content.condition import Condition, Judge, Value, parse, ready
from bot.content.flows import SafetyCase
from bot.content.load import Content
from bot.content.tables import LEVELS
from bot.conversation.message import Message
from bot.conversation.outcome import outcome
from bot.conversation.receipt import why_advised
from bot.conversation.talk import Talk

DIAGNOSIS = re.compile(
    r"\byou (have|'ve got|have got) (a|an|got|torn|broken|strained|dvt)\b|it is nothing",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Broken:
    """A safety case that does not hold on some path."""

    case: str
    what: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class End:
    """The end of one path as it is seen."""

    talk: Talk
    message: Message
    exercises: tuple[str, ...]
    judged: dict[str, bool] = field(default_factory=dict)
    """What was found of this message before; the same for all ends that look alike."""

    @property
    def locked(self) -> bool:
        """Whether coaching waits."""
        return self.talk.standing.locked


Check = Callable[[End, str], bool]


class Endings:
    """Renders path ends. Ends that a runner cannot tell apart are rendered once."""

    def __init__(self, content: Content) -> None:
        """Nothing rendered yet."""
        self._content = content
        self._known: dict[tuple[object, ...], tuple[Message, tuple[str, ...], dict[str, bool]]] = {}

    def seen(self, leaf: Leaf) -> End:
        """A path's end, as it is shown."""
        talk = talk_at(self._content, leaf)
        key = look(talk)
        if key not in self._known:
            self._known[key] = (ending(talk), exercises_at(talk), {})
        return End(talk, *self._known[key])

    @property
    def rendered(self) -> int:
        """How many different endings there were."""
        return len(self._known)


def look(talk: Talk) -> tuple[object, ...]:
    """All that the card or the advice is made from."""
    standing = talk.standing
    if standing.locked:
        return tuple(rule.id for rule in standing.deciding)
    shown = ("sore", "break_days", "days_since", "heel_raises_left", "heel_raises_right")
    facts = tuple(standing.facts.get(name) for name in shown)
    kit = tuple(sorted(name for name in standing.facts if name.startswith("kit.")))
    return (standing.pathways, outcome(talk).mark, facts, kit)


def compiled_cases(content: Content) -> list[tuple[SafetyCase, Condition, Judge]]:
    """The cases with their conditions parsed and made ready."""
    parsed = [(case, parse(case.when)) for case in content.safety]
    return [(case, condition, ready(condition)) for case, condition in parsed]


def told(condition: Condition) -> dict[str, Value]:
    """The facts of a runner who says in words just what a case is about."""
    facts: dict[str, Value] = {"sore": True, "side": "left"}
    for test in condition.mentions():
        if test.wanted and test.operator == "is":
            facts.setdefault(test.fact, test.values[0])
    return facts


def broken(
    cases: list[tuple[SafetyCase, Condition, Judge]], end: End, met: dict[str, int]
) -> Iterator[Broken]:
    """The cases that this end breaks; counts in `met` how many paths met each case."""
    facts = end.talk.standing.facts
    for case, _, holds in cases:
        if holds(facts) is not True:
            continue
        met[case.id] = met.get(case.id, 0) + 1
        for wanted in case.always:
            if not _holds(wanted, end):
                yield Broken(case.id, f"always {wanted}", dict(facts))
        for unwanted in case.never:
            if _holds(unwanted, end):
                yield Broken(case.id, f"never {unwanted}", dict(facts))


def known_checks() -> frozenset[str]:
    """The words that may stand in `never` and `always`."""
    return frozenset(_CHECKS)


def _holds(text: str, end: End) -> bool:
    if text not in end.judged:
        name, _, argument = text.partition(":")
        end.judged[text] = _CHECKS[name](end, argument)
    return end.judged[text]


def _level(end: End, argument: str) -> bool:
    return end.talk.standing.level == argument


def _at_least(end: End, argument: str) -> bool:
    level = end.talk.standing.level
    return level is not None and LEVELS.index(level) <= LEVELS.index(argument)


def _only_card(end: End, _: str) -> bool:
    return end.message.kind.startswith("card:") and not end.exercises


def _safety_net(end: End, _: str) -> bool:
    return end.talk.voice.say("safety_net") in end.message.text


def _says(end: End, argument: str) -> bool:
    return bool(re.search(rf"\b{re.escape(argument)}", end.message.text, re.IGNORECASE))


def _reviewed(end: End, _: str) -> bool:
    return end.talk.voice.say("not_reviewed") in why_advised(end.talk.standing, end.talk.voice).text


def _word(pattern: str) -> Check:
    wanted = re.compile(pattern, re.IGNORECASE)

    def found(end: End, _: str) -> bool:
        return bool(wanted.search(end.message.text))

    return found


_CHECKS: Mapping[str, Check] = {
    "level": _level,
    "at_least": _at_least,
    "card": lambda end, argument: end.message.kind == f"card:{argument}",
    "pathway": lambda end, argument: argument in end.talk.standing.pathways,
    "only_card": _only_card,
    "safety_net": _safety_net,
    "reviewed": _reviewed,
    "says": _says,
    "exercise": lambda end, _: bool(end.exercises),
    "plan": lambda end, _: not end.locked,
    "run": lambda end, _: bool(re.search(r"first run|\bjog\b", end.message.text, re.IGNORECASE)),
    "nudge": lambda end, _: not end.locked,
    "stretch": _word(r"(?<!do not )\bstretch (the|your|against|it out|gently)"),
    "roll": _word(r"\broll your\b|\buse a (foam )?roller\b"),
    "diagnosis": lambda end, _: bool(DIAGNOSIS.search(end.message.text)),
}
