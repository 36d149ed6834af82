"""What the stages find: one value per field, with the words it came from.

Fields have the names of the label structure (run.distance_km, soreness.site, ...), because they
say what a runner's message can hold; facts and labels are both made from them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.understanding.reading import Certainty, Standing

Value = bool | str | float | int


@dataclass(frozen=True, slots=True)
class Found:
    """A value and the tokens i to j it was read from."""

    value: Value
    i: int
    j: int
    certainty: Certainty = "sure"
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """A warning sign the text names, and how it stands."""

    fact: str
    value: Value
    i: int
    j: int
    standing: Standing
    certainty: Certainty = "sure"


@dataclass(slots=True)
class Findings:
    """All fields found. Stages add to it in their order; a later stage never overwrites.

    `points` are those an amount had for its part in the story, with its tokens, for explaining.
    """

    fields: dict[str, Found] = field(default_factory=dict)
    flags: list[Flag] = field(default_factory=list)
    characters: dict[str, Found] = field(default_factory=dict)
    other_sites: dict[str, Found] = field(default_factory=dict)
    sore_sentences: set[int] = field(default_factory=set)
    points: dict[str, list[tuple[float, int, int]]] = field(default_factory=dict)

    def add(self, name: str, found: Found) -> None:
        """Note a field, unless it is known already."""
        self.fields.setdefault(name, found)

    def value(self, name: str) -> Value | None:
        """The value of a field, or None."""
        found = self.fields.get(name)
        return None if found is None else found.value

    def number(self, name: str) -> float | None:
        """The value of a field as a number, or None."""
        value = self.value(name)
        return float(value) if isinstance(value, (int, float)) and value is not True else None
