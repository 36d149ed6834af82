"""Answering typed lines: words, button numbers and scene commands.

Rule: a line never ends the chat except :quit, and what cannot be followed is answered with what to
type instead.
"""

import asyncio
from collections.abc import Awaitable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol, TypeVar

from adapters.terminal import words
from adapters.terminal.clean import clean
from adapters.terminal.commands import Do, File, Go, Puzzled, Say, Skip, parse
from adapters.terminal.keys import Key
from adapters.terminal.moment import NotAMoment
from adapters.terminal.saved_files import keep
from adapters.terminal.scene import NoSuchFile, Scene
from adapters.terminal.shown import Shown, local
from adapters.terminal.state_lines import state_lines
from bot.content.problem import ContentError
from bot.store.errors import StoreError

T = TypeVar("T")
PATIENCE_S = 0.3
"""How long something may take before a sign of work is shown."""


class Screen(Protocol):
    """Where the words go."""

    def show(self, shown: Shown, me: str, here: str, saved: str = "") -> None:
        """Write one message."""

    def note(self, lines: Iterable[str]) -> None:
        """Write words of the terminal itself."""

    def working(self) -> AbstractContextManager[object]:
        """A sign that something takes long, while it does."""


class Talk:
    """A typed chat on a scene, shown on a screen. `files` is where files from the bot are kept."""

    def __init__(self, scene: Scene, screen: Screen, files: Path) -> None:
        self.scene = scene
        self._screen = screen
        self._files = files
        self._turn = asyncio.Lock()

    async def welcome(self) -> None:
        """Greet someone who has been here before, and show what fell due meanwhile."""
        await self._show(self.scene.return_())

    async def line(self, typed: str) -> bool:
        """Follow one typed line. False when it asks to leave."""
        command = parse(clean(typed))
        if command == Do("quit"):
            return False
        try:
            await self._follow(command)
        except (NotAMoment, NoSuchFile, StoreError, ContentError) as refused:
            self._screen.note([str(refused)])
        return True

    async def tick(self) -> None:
        """Show what fell due by itself."""
        async with self._turn:
            self._write(await self.scene.tick())

    async def _follow(self, command: Any) -> None:
        match command:
            case Say(text):
                await self._show(self.scene.type(text))
            case Skip(how_far):
                await self._skip(how_far)
            case File(path):
                await self._show(self.scene.file(path))
            case Go(name, place):
                await self._go(name, place)
            case Do("restart"):
                await self._restart()
            case Do("state"):
                self._screen.note(state_lines(await self.scene.state()))
            case Do(_):
                self._screen.note(words.help_lines())
            case Puzzled(why):
                self._screen.note([why])

    async def _skip(self, how_far: str) -> None:
        came = await self._show(self.scene.skip(how_far))
        now = f"It is now {local(self.scene.now, self.scene.zone)}."
        self._screen.note([now if came else f"{words.NOTHING_CAME} {now}"])

    async def _restart(self) -> None:
        came = await self._show(self.scene.restart())
        self._screen.note([words.RESTARTED])
        if not came:
            await self.welcome()

    async def _go(self, name: str, place: str) -> None:
        self.scene.go(name, place)
        lines = [f"Now: {self.scene.me} in {self.scene.here}."]
        if self.scene.board:
            lines.append("Buttons here: " + button_row(self.scene.board))
        self._screen.note(lines)

    async def _show(self, deed: Awaitable[list[Shown]]) -> bool:
        async with self._turn:
            came = await watched(deed, self._screen)
            self._write(came)
        return bool(came)

    def _write(self, came: Iterable[Shown]) -> None:
        for shown in came:
            saved = keep(shown.message.attachment, self._files)
            self._screen.show(shown, self.scene.me, self.scene.here, saved)


def button_row(board: Iterable[Key]) -> str:
    """Buttons in one line: "1[Right]  2[Fix]"."""
    return "  ".join(f"{key.key}[{clean(key.button.label)}]" for key in board)


async def watched(deed: Awaitable[T], screen: Screen, patience_s: float = PATIENCE_S) -> T:
    """Wait for a deed; show a sign of work once it takes longer than `patience_s`."""
    task = asyncio.ensure_future(deed)
    try:
        await asyncio.wait({task}, timeout=patience_s)
        if not task.done():
            with screen.working():
                await asyncio.wait({task})
        return task.result()
    except asyncio.CancelledError:
        task.cancel()
        raise
