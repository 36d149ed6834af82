"""One turn in the making: what is known, what is said, what is to be done.

Rule: a Talk lives for one call of `step` and is the only thing in the core that changes. It gathers
answers and effects; `turn()` hands them over as values.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property

import msgspec

from bot.content.condition import Value
from bot.content.load import Content
from bot.conversation import token
from bot.conversation.answers import known, with_answer
from bot.conversation.derive import Standing, standing
from bot.conversation.event import Event
from bot.conversation.log import Entry
from bot.conversation.message import Button, Message, message
from bot.conversation.speaking import Voice, voice
from bot.conversation.state import Answer, Conversation, Runner, Via
from bot.conversation.turn import Effect, Record, Say, Turn


class Talk:
    """Everything one turn needs, and what it will leave behind."""

    def __init__(
        self,
        content: Content,
        conversation: Conversation,
        runner: Runner,
        event: Event,
        now: datetime,
    ) -> None:
        """Start from the state as it was stored."""
        self.content = content
        self.conversation = conversation
        self.runner = runner
        self.event = event
        self.now = now
        self.effects: list[Effect] = []
        self.changed: list[str] = []
        """Facts that a correction changed in this turn."""
        self.answered: dict[str, Value] = {}
        """Facts that answered a question in this turn."""

    @cached_property
    def voice(self) -> Voice:
        """How to speak to this runner."""
        return voice(self.content, self.runner, self.now)

    @cached_property
    def standing(self) -> Standing:
        """Where the conversation stands with what is known so far in this turn."""
        return standing(self.content, self.conversation, self.runner, self.now)

    def _moved(self) -> None:
        self.__dict__.pop("standing", None)
        self.__dict__.pop("voice", None)

    # What changes the state

    def update(self, **changes: object) -> None:
        """Change fields of the conversation."""
        self.conversation = msgspec.structs.replace(self.conversation, **changes)
        self._moved()

    def answer(
        self,
        facts: Mapping[str, Value],
        via: Via,
        question: str = "",
        option: str = "",
        words: str = "",
    ) -> None:
        """The runner stated something."""
        before = known(self.content, self.conversation.answers, self.runner.log, self.now)
        self.changed += [
            name
            for name, value in facts.items()
            if name in before.origin and before.facts[name] != value
        ]
        if question:
            self.answered |= facts
        new = Answer(dict(facts), self.now, via, question, option, words)
        self.update(answers=with_answer(self.conversation.answers, new), misses=0)

    def settings(self, **changes: Value) -> None:
        """Keep a lasting choice of the runner."""
        merged = {**self.runner.settings, **changes}
        self.runner = msgspec.structs.replace(self.runner, settings=merged)
        self._moved()

    def set(self, name: str, value: Value) -> None:
        """Keep one lasting choice whose name holds a dot ("run_days.mon")."""
        self.settings(**{name: value})

    def record(self, entry: Entry) -> None:
        """Add to the runner's log."""
        self.record_all((entry,))

    def record_all(self, entries: Sequence[Entry]) -> None:
        """Add all of these to the runner's log."""
        log = self.runner.log.with_entries(entries)
        self.runner = msgspec.structs.replace(self.runner, log=log)
        self.effects.extend(Record(entry) for entry in entries)
        self._moved()

    def new_id(self, kind: str) -> str:
        """An id for a log entry: the same event gives the same id, so a double changes nothing."""
        return f"{kind}-{self.event.id}"

    # What is said

    def say(self, words: Message) -> None:
        """Say a message. Where others can see, it is for this runner only."""
        if not self.event.where.private and words.audience == "private_chat":
            words = msgspec.structs.replace(words, audience="only_you_here")
        self.effects.append(Say(words))
        if words.buttons:
            self.update(recent=words.buttons)

    def say_words(self, words_id: str, *buttons: Button, kind: str = "", **values: object) -> None:
        """Say a sentence of content/words.toml."""
        self.say_text(self.voice.say(words_id, **values), *buttons, kind=kind or words_id)

    def say_text(self, text: str, *buttons: Button, kind: str = "") -> None:
        """Say words that are already filled in."""
        self.say(msgspec.structs.replace(message(text, *buttons), kind=kind))

    def do(self, *effects: Effect) -> None:
        """Have something done."""
        self.effects.extend(effects)

    def button(self, words_id: str, action: str, argument: str = "") -> Button:
        """A button whose label is in content/words.toml as `button_<words_id>`."""
        return Button(self.voice.say(f"button_{words_id}"), token.action(action, argument))

    def buttons(self, names: Iterable[str]) -> tuple[Button, ...]:
        """Buttons whose action has the same name as their label."""
        return tuple(self.button(name, name) for name in names)

    def turn(self) -> Turn:
        """The finished turn."""
        done = msgspec.structs.replace(
            self.conversation, last_at=self.now, turns=self.conversation.turns + 1
        )
        return Turn(done, self.runner, tuple(self.effects))
