"""Facts: what can be known about a runner, and how long each stays true.

Rule: a fact is data. Its kind says which values it may have; `stays` says when it must be asked again;
`not_sure` says what "Not sure" means for it (for a red flag: yes); `assume` is what the first advice
takes for granted and says so; `implied` facts follow from others.
"""

from typing import Any, Literal

import msgspec

from bot.content.condition import Condition, Value, parse

Kind = Literal["yes_no", "choice", "number", "date", "set", "text"]


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that can be known. `label` names it to people ("how far you ran")."""

    id: str
    kind: Kind
    label: str
    stays: str = "1d"
    """How long it stays true: "6h", "14d", "until_run", "until_checked" or "always"."""
    values: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    """For a set: its members; each is a yes_no fact called `<id>.<member>`."""
    low: float | None = None
    high: float | None = None
    unit: str = ""
    """"m", "s", "days", "per_week", "cm", "reps" or "" for a plain 0 to 10 score."""
    not_sure: bool | str | float | None = None
    assume: bool | str | float | None = None
    read: dict[str, str] = {}
    """How a value is read back: {"true": "limping", "false": "no limp"}; {"n": "{value} out of 10"}."""
    change: tuple[str, ...] = ()
    """Words a runner may use after "change": ("distance", "miles")."""
    was: tuple[str, ...] = ()
    default: bool = False


class Implied(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Facts that follow when a condition holds, unless they are known already."""

    when: Any
    set: dict[str, bool | str | float]

    def condition(self) -> Condition:
        """The condition, parsed."""
        return parse(self.when)


class Derived(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fact that arithmetic gives (see conversation/derived.py), and the facts it needs."""

    id: str
    needs: tuple[str, ...]
    label: str = ""


def member_ids(fact: Fact) -> tuple[str, ...]:
    """The yes/no facts a fact stands for: a set's members, or the fact itself."""
    if fact.kind == "set":
        return tuple(f"{fact.id}.{member}" for member in fact.members)
    return (fact.id,)


def fits(fact: Fact, value: Value) -> bool:
    """Whether a value may stand in this fact."""
    if fact.kind == "yes_no":
        return isinstance(value, bool)
    if fact.kind == "choice":
        return value in fact.values
    if fact.kind == "number":
        if isinstance(value, (bool, str)):
            return False
        return (fact.low is None or value >= fact.low) and (fact.high is None or value <= fact.high)
    return isinstance(value, str)
