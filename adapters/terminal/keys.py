"""What to type for a button: its number, or a letter where a number would be an answer.

Rule: "2" must never mean "3 to 5" because that button happens to be the second one. Where a label
holds a digit, or the message expects a number, the buttons are lettered and a typed number goes to
the bot as it stands. Buttons keep their keys until newer buttons come.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from bot.conversation.message import Button, Message


@dataclass(frozen=True, slots=True)
class Key:
    """One button and what to type for it."""

    key: str
    button: Button


def keys(messages: Iterable[Message]) -> tuple[Key, ...]:
    """Keys for all buttons of one turn's messages, in the order they are shown."""
    shown = list(messages)
    buttons = [button for message in shown for button in message.buttons]
    lettered = len(buttons) <= len(ascii_lowercase) and any(map(_wants_a_number, shown))
    numbers = [str(n + 1) for n in range(len(buttons))]
    names: Sequence[str] = ascii_lowercase if lettered else numbers
    return tuple(Key(name, button) for name, button in zip(names, buttons, strict=False))


def pressed(typed: str, board: Sequence[Key]) -> Button | None:
    """The button a typed line names: by key ("1", "1.", "[1]", "a)") or by its whole label."""
    wanted = typed.strip().casefold()
    for key in board:
        if wanted == key.button.label.strip().casefold():
            return key.button
    bare = wanted.strip("[]().")
    return next((key.button for key in board if bare == key.key), None)


def _wants_a_number(message: Message) -> bool:
    if not message.buttons:
        return False
    digits = any(char.isdigit() for button in message.buttons for char in button.label)
    return digits or message.expects == "number"
