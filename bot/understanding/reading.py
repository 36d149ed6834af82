"""What reading a message gives: facts with the exact words they came from.

Every value here is frozen. Positions count characters of the text as the runner sent it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from bot.understanding.analysis import Analysis

Certainty = Literal["sure", "likely", "possible"]
Standing = Literal["now", "past", "planned", "denied", "feared", "other_person", "considered"]
Value = bool | str | float | int


@dataclass(frozen=True, slots=True)
class Reading:
    """One fact read from the text.

    `fact` is an id of the fact vocabulary; a date is an ISO string; distances are metres and
    durations seconds. `quote` is `text[start:end]`. Only a reading whose standing is "now" speaks
    of the runner's present state; the others are kept so that they can be shown and explained.
    """

    fact: str
    value: Value
    certainty: Certainty
    quote: str
    start: int
    end: int
    standing: Standing = "now"


@dataclass(frozen=True, slots=True)
class Ask:
    """What the runner asks.

    `kind` is can_i_run, is_this_normal, repeat_or_go_on, which_stretches, is_it_the_shoes,
    see_someone, how_long or other.
    """

    kind: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """The question the runner was just asked.

    `kind` says how it is answered: choice, many (several options), yes_no, number (0 to 10 for
    pain), duration, distance, date or text. `options` are (option id, label, synonyms). `unit_m` is
    metres of one of the runner's units, for a bare "7" to a question of distance; 0 if not known.
    """

    facts: tuple[str, ...]
    kind: str = "choice"
    options: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    unit_m: float = 0.0


@dataclass(frozen=True, slots=True)
class Understood:
    """Everything read from one message.

    `denied` are red flags the runner says are not there (value False). `option` is the option of
    the open question that the words name, `options` all of them. `command` is a word to the
    program (back, change:<fact>, why, ...). `correction` is true for "no wait, 3 miles not 5".
    """

    readings: tuple[Reading, ...] = ()
    denied: tuple[Reading, ...] = ()
    asks: tuple[Ask, ...] = ()
    command: str | None = None
    chit_chat: str | None = None
    correction: bool = False
    language: str = "en"
    option: str | None = None
    options: tuple[str, ...] = ()
    analysis: Analysis | None = field(default=None, repr=False, compare=False)

    def of(self, fact: str) -> Reading | None:
        """The reading of a fact as it is now, or None."""
        return next((r for r in self.readings if r.fact == fact and r.standing == "now"), None)
