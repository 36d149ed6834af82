"""Conditions of decision-table rules, in three-valued logic.

Rule: a fact is true, false or *not known yet*. A condition that is not decided names the facts it
hangs on, and nothing else in Heeldrop decides which question comes next.

An author writes a condition as one short sentence, or as a list of them under `all`, `any` or `none`:

    when = "pop"                          the runner said yes
    when = "not pop"
    when = "side is left, right, one"     one of these values
    when = "side is not both"
    when = "pain_walk >= 3"               also > < <= =
    when = { all = ["pop", { any = ["push_off is not_possible", "gap"] }] }
    when = { none = ["side is both"] }
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Value = bool | int | float | str
Facts = Mapping[str, Value]

DONT_KNOW = "dont_know"
"""The runner was asked and does not know: settled, and no comparison with it holds."""

_COMPARE = re.compile(r"^([a-z][\w.]*)\s*(>=|<=|>|<|=)\s*(-?\d+(?:\.\d+)?)$")
_IS = re.compile(r"^([a-z][\w.]*) is (not )?([\w.]+(?:\s*,\s*[\w.]+)*)$")
_BARE = re.compile(r"^(not )?([a-z][\w.]*)$")
_OPERATORS: Mapping[str, Callable[[float, float], bool]] = {
    ">=": lambda left, right: left >= right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    "<": lambda left, right: left < right,
    "=": lambda left, right: left == right,
}


class ConditionError(ValueError):
    """The text of a condition cannot be read. Raised while loading, so its author sees it."""


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison of one fact."""

    fact: str
    operator: str
    values: tuple[str | float, ...]
    wanted: bool = True

    def holds(self, facts: Facts) -> bool | None:
        """True or false, or None while the fact is not known."""
        value = facts.get(self.fact)
        if value is None:
            return None
        if value == DONT_KNOW:
            return False
        return self._matches(value) is self.wanted

    def _matches(self, value: Value) -> bool:
        if self.operator == "is":
            return value in self.values
        if isinstance(value, str):
            return False
        return _OPERATORS[self.operator](float(value), float(self.values[0]))

    def hangs_on(self, facts: Facts) -> Iterator[str]:
        """The fact, while it is not known."""
        if facts.get(self.fact) is None:
            yield self.fact

    def mentions(self) -> Iterator["Test"]:
        """This test itself; groups yield those of their parts."""
        yield self


@dataclass(frozen=True, slots=True)
class Group:
    """Several conditions of which all, any or none must hold."""

    kind: str
    parts: tuple["Condition", ...]

    def holds(self, facts: Facts) -> bool | None:
        """Kleene's logic: one part can decide the group, otherwise an unknown part leaves it open."""
        stop = self.kind in {"any", "none"}
        unknown = False
        for part in self.parts:
            held = part.holds(facts)
            if held is None:
                unknown = True
            elif held is stop:
                return self.kind == "any"
        if unknown:
            return None
        return self.kind != "any"

    def hangs_on(self, facts: Facts) -> Iterator[str]:
        """The facts of the parts that are still open, if the group is."""
        if self.holds(facts) is None:
            for part in self.parts:
                yield from part.hangs_on(facts)

    def mentions(self) -> Iterator[Test]:
        """Every test in the group."""
        for part in self.parts:
            yield from part.mentions()


Condition = Test | Group
ALWAYS = Group("all", ())


Judge = Callable[[Facts], bool | None]
"""A condition made ready to be asked often."""


def ready(condition: Condition) -> Judge:
    """The same answers as `condition.holds`, several times faster."""
    if isinstance(condition, Test):
        return _ready_test(condition)
    parts = tuple(ready(part) for part in condition.parts)
    decides = condition.kind in {"any", "none"}
    decided, otherwise = condition.kind == "any", condition.kind != "any"

    def holds(facts: Facts) -> bool | None:
        unknown = False
        for part in parts:
            held = part(facts)
            if held is None:
                unknown = True
            elif held is decides:
                return decided
        return None if unknown else otherwise

    return holds


def _ready_test(test: Test) -> Judge:
    name, wanted = test.fact, test.wanted
    if test.operator != "is":
        return test.holds
    if len(test.values) == 1:
        only = test.values[0]

        def is_one(facts: Facts) -> bool | None:
            value = facts.get(name)
            if value is None:
                return None
            return (value == only) is wanted and value != DONT_KNOW

        return is_one
    values = frozenset(test.values)

    def is_among(facts: Facts) -> bool | None:
        value = facts.get(name)
        if value is None:
            return None
        return (value in values) is wanted and value != DONT_KNOW

    return is_among


def parse(raw: Any) -> Condition:
    """Read what an author wrote (see the top of this file). Raises ConditionError."""
    if isinstance(raw, str):
        return _parse_test(raw.strip())
    if isinstance(raw, list):
        return Group("all", tuple(parse(part) for part in raw))
    if isinstance(raw, dict) and raw and set(raw) <= {"all", "any", "none"}:
        groups = tuple(
            Group(kind, tuple(parse(part) for part in parts)) for kind, parts in raw.items()
        )
        return groups[0] if len(groups) == 1 else Group("all", groups)
    raise ConditionError(f"cannot read the condition {raw!r}")


def _parse_test(text: str) -> Condition:
    if found := _COMPARE.match(text):
        return Test(found[1], found[2], (float(found[3]),))
    if found := _IS.match(text):
        values = tuple(value.strip() for value in found[3].split(","))
        return Test(found[1], "is", values, wanted=not found[2])
    if found := _BARE.match(text):
        return Test(found[2], "is", (True,), wanted=not found[1])
    raise ConditionError(f"cannot read the condition {text!r}")
