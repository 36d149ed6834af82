"""Walks every path of the conversation: every option of every question, until advice or a card.

Theory of operation. What happens next depends on the facts alone, never on the order in which they
were told. So paths that meet in the same facts go on alike: the walk visits each set of facts once,
and counts the paths through it. Two values of a fact that no condition anywhere tells apart ("life"
and "another injury") go on alike too, and count as the same; numbers never do, for arithmetic sees
them. Facts only grow, so the walk ends.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.content.condition import Condition, Test, Value, parse
from bot.content.load import Content
from bot.content.questions import Option, Question
from bot.conversation.answers import CLEAR
from bot.conversation.asking import stated
from bot.conversation.derive import Standing, derive_facts

Facts = Mapping[str, Value]
DEPTH_LIMIT = 60


@dataclass(frozen=True, slots=True)
class Leaf:
    """The end of at least one path: what is known, and where it stands."""

    facts: Facts
    standing: Standing
    fewest: int
    """Taps on the shortest way here."""
    most: int


@dataclass(slots=True)
class Walked:
    """What a walk found. `paths` counts all of them, `fewest`/`most` taps by triage level."""

    paths: int = 0
    states: int = 0
    leaves: list[Leaf] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    fired: set[str] = field(default_factory=set)
    stuck: list[tuple[str, str, Facts]] = field(default_factory=list)
    """(question, option, facts) where an answer settled nothing new."""
    unanswerable: list[tuple[tuple[str, ...], Facts]] = field(default_factory=list)
    """Facts a decision hangs on that no question settles."""

    def taps(self, level: str) -> tuple[int, int]:
        """The fewest and the most taps to an outcome of this triage level."""
        ends = [leaf for leaf in self.leaves if leaf.standing.level == level]
        if not ends:
            return (0, 0)
        return (min(leaf.fewest for leaf in ends), max(leaf.most for leaf in ends))


@dataclass(slots=True)
class _State:
    facts: dict[str, Value]
    ways: int = 0
    fewest: int = 10**6
    most: int = 0


Layer = dict[frozenset[object], _State]


def walk(content: Content, told: Facts | None = None) -> Walked:
    """Walk from what a runner told in the first message (nothing, by default)."""
    found = Walked()
    alike = Alike(content)
    layer: Layer = {}
    _add(layer, alike, dict(told or {}), _State({}, 1, -1, -1))
    while layer:
        following: Layer = {}
        for state in layer.values():
            _visit(content, state, alike, following, found)
        layer = following
    return found


class Alike:
    """Which values of a fact no condition tells apart."""

    def __init__(self, content: Content) -> None:
        """Gather every test of every fact."""
        self._tests: dict[str, list[Test]] = {}
        self._known: dict[tuple[str, Value], object] = {}
        for condition in _conditions(content):
            for test in condition.mentions():
                self._tests.setdefault(test.fact, []).append(test)

    def key(self, facts: Facts) -> frozenset[object]:
        """The same key for facts that go on alike."""
        return frozenset((name, self._class(name, value)) for name, value in facts.items())

    def _class(self, name: str, value: Value) -> object:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return value
        if (name, value) not in self._known:
            held = (test.holds({name: value}) for test in self._tests.get(name, ()))
            self._known[name, value] = tuple(held)
        return self._known[name, value]


def _conditions(content: Content) -> Iterator[Condition]:
    for table in (content.triage, content.causes):
        yield from (row.condition for row in table.rules)
    yield from (condition for condition, _ in content.implied)
    yield from (need.condition for need in content.plan_needs)
    yield from (only for only in content.only.values() if only is not None)
    yield from (parse(case.when) for case in content.safety)


def _visit(
    content: Content,
    state: _State,
    alike: Alike,
    following: Layer,
    found: Walked,
) -> None:
    found.states += 1
    held = derive_facts(content, dict(state.facts))
    found.fired.update(rule.id for rule in (*held.triage.held, *held.causes.held))
    question = held.next
    if question is None or held.locked:
        if question is None and held.hangs_on and not held.locked:
            found.unanswerable.append((held.hangs_on, state.facts))
        found.paths += state.ways
        found.leaves.append(Leaf(state.facts, held, state.fewest, state.most))
        return
    found.asked.add(question.id)
    for option in ways(question):
        facts = answered(question, option, state.facts)
        if len(facts) == len(state.facts) or state.most > DEPTH_LIMIT:
            found.stuck.append((question.id, option.id, state.facts))
            continue
        _add(following, alike, facts, state)


def ways(question: Question) -> Iterator[Option]:
    """The ways to answer that are walked. For a multiple choice: done at once, and done with all."""
    if question.kind != "multi":
        yield from question.options
        return
    done = question.option("done")
    if done is not None:
        yield done
        everything = dict.fromkeys(done.set, True)
        yield Option(id="all", label="", set=dict(everything))


def answered(question: Question, option: Option, facts: Facts) -> dict[str, Value]:
    """The facts after an answer, by the same rules as in the conversation."""
    known = dict(facts)
    said = option.set if option.id == "all" else stated(question, option.id, facts) or {}
    for name, value in said.items():
        if question.kind == "screen" and value in CLEAR and known.get(name, value) not in CLEAR:
            continue
        known[name] = value
    return known


def _add(layer: Layer, alike: Alike, facts: dict[str, Value], before: _State) -> None:
    key = alike.key(facts)
    state = layer.get(key)
    if state is None:
        state = layer[key] = _State(facts)
    state.ways += before.ways
    state.fewest = min(state.fewest, before.fewest + 1)
    state.most = max(state.most, before.most + 1)
