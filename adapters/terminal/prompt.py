"""The input line of a real terminal: history with up and down, buttons with right and left.

Rule: picking a button writes its label into the line, where it can be read, changed or sent with
Enter. So a picked button is words like any others, and needs no colour to be seen.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import FileHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

Labels = Callable[[], Sequence[str]]


class History(FileHistory):
    """Typed lines in the data folder, readable by their owner only. Trouble loses only these."""

    def __init__(self, path: Path) -> None:
        with suppress(OSError):
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        super().__init__(str(path))

    def load_history_strings(self) -> Iterable[str]:
        """The lines of earlier chats, newest first; none if the file cannot be read."""
        with suppress(OSError):
            return list(super().load_history_strings())
        return []

    def store_string(self, string: str) -> None:
        """Keep one line, if there is room for it."""
        with suppress(OSError):
            super().store_string(string)


class Chooser:
    """Right and Tab pick the next button, left the one before, while nothing else is typed."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        self._picked = -1

    def bindings(self) -> KeyBindings:
        """The key bindings of an input line."""
        found = KeyBindings()
        free = Condition(self._free)
        found.add("right", filter=free)(lambda event: self._pick(event, +1))
        found.add("tab", filter=free)(lambda event: self._pick(event, +1))
        found.add("left", filter=free)(lambda event: self._pick(event, -1))
        found.add("s-tab", filter=free)(lambda event: self._pick(event, -1))
        return found

    def reset(self) -> None:
        """A new line begins: nothing is picked."""
        self._picked = -1

    def typed(self, text: str) -> bool:
        """Whether the line holds what was picked, or nothing. Called by the bindings' filter."""
        labels = self._labels()
        picked = labels[self._picked] if 0 <= self._picked < len(labels) else ""
        return bool(labels) and text in {"", picked}

    def _free(self) -> bool:
        from prompt_toolkit.application import get_app  # noqa: PLC0415 - only there while a line is read

        return self.typed(get_app().current_buffer.text)

    def _pick(self, event: KeyPressEvent, way: int) -> None:
        labels = self._labels()
        if not event.current_buffer.text:
            self._picked = -1 if way > 0 else 0
        self._picked = (self._picked + way) % len(labels)
        event.current_buffer.text = labels[self._picked]
        event.current_buffer.cursor_position = len(labels[self._picked])


class Prompt:
    """Reads lines from a terminal. Ctrl-C clears a line, and leaves from an empty one."""

    def __init__(self, history: Path, labels: Labels) -> None:
        self._chooser = Chooser(labels)
        self._session: PromptSession[str] = PromptSession(
            history=History(history),
            key_bindings=self._chooser.bindings(),
            enable_open_in_editor=False,
        )

    async def read(self, name: str) -> str | None:
        """The next line, or None when the person leaves."""
        while True:
            self._chooser.reset()
            try:
                return await self._session.prompt_async(f"{name}> ")
            except KeyboardInterrupt:
                if not self._session.default_buffer.text:
                    return None
            except EOFError:
                return None
