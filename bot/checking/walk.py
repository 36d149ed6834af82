"""Walks every path of the conversation: every option of every question, until advice or a card.

Theory of operation. What happens next depends on the facts alone, never on the order in which they
were told. So paths that meet in the same facts go on alike: the walk visits each set of facts once,
and counts the paths through it. Facts only grow, so the walk ends.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.content.condition import Value
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


def walk(content: Content, told: Facts | None = None) -> Walked:
    """Walk from what a runner told in the first message (nothing, by default)."""
    found = Walked()
    layer: dict[frozenset[tuple[str, Value]], _State] = {}
    _add(layer, dict(told or {}), 1, 0, 0)
    while layer:
        following: dict[frozenset[tuple[str, Value]], _State] = {}
        for state in layer.values():
            _visit(content, state, following, found)
        layer = following
    return found


def _visit(
    content: Content,
    state: _State,
    following: dict[frozenset[tuple[str, Value]], _State],
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
        _add(following, facts, state.ways, state.fewest + 1, state.most + 1)


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


def _add(
    layer: dict[frozenset[tuple[str, Value]], _State],
    facts: dict[str, Value],
    ways_here: int,
    fewest: int,
    most: int,
) -> None:
    key = frozenset(facts.items())
    state = layer.get(key)
    if state is None:
        state = layer[key] = _State(facts)
    state.ways += ways_here
    state.fewest = min(state.fewest, fewest)
    state.most = max(state.most, most)
