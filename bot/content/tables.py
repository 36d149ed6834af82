"""Decision tables in the terms of DMN: rules over facts, with a hit policy.

Rule: a table decides nothing by itself; `verdict` evaluates it over known facts and says which rules
hold, whether the outcome can still change, and which unknown facts it hangs on.

Hit policies: `first` (rules stand most serious first; the first that holds decides), `collect` (all that
hold count; `enough` of them end the asking), `unique` (exactly one may hold).
"""

from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from bot.content.condition import Condition, Facts, Judge, parse, ready

HitPolicy = Literal["first", "collect", "unique"]
Level = Literal["emergency", "same_day", "this_week", "self_manage"]
LEVELS: tuple[Level, ...] = ("emergency", "same_day", "this_week", "self_manage")


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row: when it holds, what follows, what is said about it, and where it comes from."""

    id: str
    when: Any
    says: str
    """What the receipt says of this rule, in a short sentence."""
    level: Level | None = None
    pathways: tuple[str, ...] = ()
    card: str = ""
    """For triage: the care card to show."""
    then: dict[str, bool | str | float] = {}
    """For other tables: the outputs of this row."""
    sources: tuple[str, ...] = ()
    strength: str = ""
    """The strength of the evidence in words: strong, moderate, weak, tradition."""
    stop_running: bool = False
    act_at_once: bool = False
    """Shown as soon as it holds, without asking the rest."""
    companion: bool = False
    """For causes: tells what it is, not why, so it does not end the search for a cause."""
    default: bool = False
    reviewed_by: str = ""


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its condition parsed."""

    rule: Rule
    condition: Condition
    holds: Judge
    """`condition.holds`, made ready."""


@dataclass(frozen=True, slots=True)
class Table:
    """A named decision table."""

    id: str
    policy: HitPolicy
    rules: tuple[CompiledRule, ...]
    enough: int = 0
    """For `collect`: how many rules that hold end the asking; 0 means none do."""

    def verdict(self, facts: Facts, enough: int | None = None) -> "Verdict":
        """What holds, what is open, and what it hangs on."""
        held: list[Rule] = []
        open_rules: list[CompiledRule] = []
        for row in self.rules:
            holds = row.holds(facts)
            if holds is None:
                open_rules.append(row)
            elif holds:
                held.append(row.rule)
        still_open = self._that_matter(held, open_rules, self.enough if enough is None else enough)
        return Verdict(tuple(held), tuple(still_open), facts)

    def _that_matter(
        self, held: list[Rule], open_rules: list[CompiledRule], enough: int
    ) -> list[CompiledRule]:
        if self.policy == "collect":
            causes = sum(not rule.companion for rule in held)
            return [] if enough and causes >= enough else open_rules
        if not held:
            return open_rules
        if self.policy == "unique" or any(rule.act_at_once for rule in held):
            return []
        best = rank(held[0])
        return [row for row in open_rules if rank(row.rule) < best]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The state of one table over some facts: rules that hold, in order, and rows still open."""

    held: tuple[Rule, ...]
    open: tuple[CompiledRule, ...]
    facts: Facts

    @property
    def decided(self) -> bool:
        """Whether no further answer can change the outcome."""
        return not self.open

    @property
    def hangs_on(self) -> tuple[str, ...]:
        """The unknown facts the open rows hang on, in the order of the rows."""
        names = (name for row in self.open for name in row.condition.hangs_on(self.facts))
        return tuple(dict.fromkeys(names))


def rank(rule: Rule) -> int:
    """How serious a triage rule is: 0 is emergency."""
    return LEVELS.index(rule.level) if rule.level else len(LEVELS)


def compiled(table_id: str, policy: HitPolicy, rules: tuple[Rule, ...], enough: int = 0) -> Table:
    """A table ready to evaluate. Raises ConditionError for a condition that cannot be read."""
    conditions = [parse(rule.when) for rule in rules]
    rows = tuple(
        CompiledRule(rule, condition, ready(condition))
        for rule, condition in zip(rules, conditions, strict=True)
    )
    return Table(table_id, policy, rows, enough)
