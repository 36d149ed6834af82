"""Questions: each settles one or more facts for every possible answer.

Rule: a question has no place in a flow. It has an order of priority, and is asked when a decision
hangs on a fact it settles. Its options carry the facts they set; `settles` is checked against them.
"""

from typing import Any, Literal

import msgspec

from bot.content.condition import Condition, Value, parse

QuestionKind = Literal["choice", "screen", "number", "distance", "duration", "multi", "text"]


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One button: its words and the facts it states."""

    id: str
    label: str
    set: dict[str, bool | str | float] = {}
    also: tuple[str, ...] = ()
    """Other words that mean this option when typed."""
    line: str = ""
    """For a screen: the sentence that stands in the list above the buttons."""
    leaves_open: tuple[str, ...] = ()
    """Facts of the question's `otherwise` that this option does not state."""
    was: tuple[str, ...] = ()


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One question. `code` is its number in evidence.md 2.1 ("Q4")."""

    id: str
    code: str
    order: int
    kind: QuestionKind
    ask: str
    settles: tuple[str, ...]
    options: tuple[Option, ...] = msgspec.field(name="option")
    otherwise: dict[str, bool | str | float] = {}
    """What every option states unless it says something else: on a screen, all clear."""
    why: str
    """Why it is asked, for [Why do you ask?]: one or two short sentences."""
    rephrase: str = ""
    """The same question in other words, once, when an answer was not understood."""
    only: Any = None
    """Asked only while this holds (for example only once coaching has begun)."""
    number: str = ""
    """For kinds number, distance, duration: the fact that a typed number answers."""
    sources: tuple[str, ...] = ()
    was: tuple[str, ...] = ()

    def condition(self) -> Condition | None:
        """The parsed `only`, or None."""
        return None if self.only is None else parse(self.only)

    def complete(self) -> "Question":
        """The question with `otherwise` written into every option. Done once, while loading."""
        options = tuple(
            msgspec.structs.replace(option, set=self._stated(option)) for option in self.options
        )
        return msgspec.structs.replace(self, options=options)

    def _stated(self, option: Option) -> dict[str, bool | str | float]:
        merged = {**self.otherwise, **option.set}
        return {name: value for name, value in merged.items() if name not in option.leaves_open}

    def option(self, option_id: str) -> Option | None:
        """The option of this id, or of a former id."""
        for option in self.options:
            if option.id == option_id or option_id in option.was:
                return option
        return None


Answers = dict[str, Value]
